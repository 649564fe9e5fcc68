//! The real binary as a process of its own: for what only a process can prove (signals, kills, replicas).

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// A running `kazi serve`; killed when it goes away.
pub struct Process {
    pub address: String,
    /// What its log line said; `/healthz` must say the same.
    pub instance: String,
    child: Child,
    lines: mpsc::Receiver<String>,
}

impl Process {
    pub fn start(data_dir: &Path, database_url: &str, flags: &[&str]) -> Self {
        Self::start_in(data_dir, database_url, flags, &[])
    }

    /// With more in its environment.
    #[expect(clippy::zombie_processes, reason = "`ended`, `kill` and drop wait for it; only a failing test leaves before")]
    pub fn start_in(data_dir: &Path, database_url: &str, flags: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kazi"))
            .args(["serve", "--listen", "127.0.0.1:0", "--requests-per-minute", "0", "--workers", "2", "--log-json"])
            .arg("--data-dir")
            .arg(data_dir)
            .args(["--database-url", database_url])
            .args(flags)
            .env("KAZI_LOG", "info")
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the binary starts");
        let output = child.stdout.take().expect("a pipe");
        let (send, lines) = mpsc::channel();
        std::thread::spawn(move || BufReader::new(output).lines().map_while(Result::ok).all(|line| send.send(line).is_ok()));
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let line = lines.recv_timeout(left).expect("the server says where it listens");
            let Ok(line) = serde_json::from_str::<serde_json::Value>(&line) else { continue };
            let message = line["fields"]["message"].as_str().unwrap_or_default();
            if let Some(address) = message.strip_prefix("listening on ") {
                let instance = line["fields"]["instance"].as_str().expect("it names itself").to_owned();
                return Self { address: address.to_owned(), instance, child, lines };
            }
        }
    }

    /// Asks it to stop, as an operator or a container runtime does.
    pub fn terminate(&self) {
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("kill runs");
        assert!(sent.success());
    }

    /// Waits until it logs that.
    pub fn says(&self, part: &str, most: Duration) {
        let deadline = Instant::now() + most;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let line = self.lines.recv_timeout(left).unwrap_or_else(|_| panic!("it should have said: {part}"));
            if line.contains(part) {
                return;
            }
        }
    }

    /// Ends it at once, in the middle of whatever it does.
    pub fn kill(&mut self) {
        self.child.kill().expect("it is ours to kill");
        self.child.wait().expect("it has ended");
    }

    /// Waits for its end; whether it ended well, and what it had still to say.
    pub fn ended(mut self, most: Duration) -> (bool, Vec<String>) {
        let deadline = Instant::now() + most;
        loop {
            if let Some(status) = self.child.try_wait().expect("its state") {
                return (status.success(), self.lines.iter().collect());
            }
            assert!(Instant::now() < deadline, "it should have ended");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits until it is ready to serve.
    pub async fn ready(&self) {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let answer = reqwest::get(format!("{}/readyz", self.address)).await;
            if answer.is_ok_and(|a| a.status() == 200) {
                return;
            }
            assert!(Instant::now() < deadline, "it should be ready");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
