//! A `kazi` of our own: on a free port, in a folder of its own, ended when the value is dropped.

use crate::{Result, workspace};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub struct Server {
    process: Child,
    pub port: u16,
    pub data: PathBuf,
}

pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    listener.local_addr().map(|address| address.port()).map_err(|error| error.to_string())
}

/// Runs one of kazi's short commands on a data folder and answers what it printed.
pub fn kazi(binary: &Path, data: &Path, arguments: &[&str]) -> Result<String> {
    workspace::output(Command::new(binary).args(arguments).env("KAZI_DATA_DIR", data).current_dir(workspace::root()))
}

impl Server {
    /// Starts `kazi serve` and waits until it answers `/healthz`, as itself.
    pub fn start(binary: &Path, data: &Path, environment: &[(&str, &str)]) -> Result<Server> {
        let port = free_port()?;
        let log = std::fs::File::create(data.join("serve.log")).map_err(|error| error.to_string())?;
        let address = format!("127.0.0.1:{port}");
        let process = Command::new(binary)
            .arg("serve")
            .env("KAZI_LISTEN", &address)
            .env("KAZI_DATA_DIR", data)
            .env("KAZI_PUBLIC_URL", format!("http://{address}"))
            .envs(environment.iter().copied())
            .current_dir(workspace::root())
            .stdin(Stdio::null())
            .stdout(log.try_clone().map_err(|error| error.to_string())?)
            .stderr(log)
            .spawn()
            .map_err(|error| format!("{}: {error}", binary.display()))?;
        let mut server = Server { process, port, data: data.to_path_buf() };
        let began = Instant::now();
        loop {
            if let Ok((200, _)) = get(port, "/healthz") {
                break;
            }
            if server.process.try_wait().is_ok_and(|ended| ended.is_some()) || began.elapsed() > Duration::from_secs(120) {
                return Err(format!("kazi serve did not come up:\n{}", server.log()));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        server.prove_ours()?;
        Ok(server)
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.data.join("serve.log")).unwrap_or_default()
    }

    /// Asks the API for JSON, which has to be a success.
    pub fn ask(&self, method: &str, path: &str, token: Option<&str>, body: Option<&serde_json::Value>) -> Result<serde_json::Value> {
        let body = body.map(ToString::to_string).unwrap_or_default();
        let token = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        let (port, length) = (self.port, body.len());
        let request = format!(
            "{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n{token}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        let (status, answer) = exchange(port, &request).map_err(|error| format!("{method} {path}: {error}"))?;
        if !(200..300).contains(&status) {
            return Err(format!("{method} {path} answered {status}: {answer}"));
        }
        serde_json::from_str(&answer).map_err(|error| format!("{method} {path}: {error}"))
    }

    /// Whoever answers on the port is the process that we started, and not one that was there before:
    /// it is alive, and the socket that listens on the port is one of its open files.
    pub fn prove_ours(&mut self) -> Result {
        if self.process.try_wait().map_err(|error| error.to_string())?.is_some() {
            return Err(format!("the server on port {} is not ours: ours has ended\n{}", self.port, self.log()));
        }
        let listening = std::fs::read_to_string("/proc/net/tcp").map_err(|error| error.to_string())?;
        let wanted = format!("0100007F:{:04X}", self.port);
        let inode = listening
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>())
            .find(|fields| fields.get(1) == Some(&wanted.as_str()) && fields.get(3) == Some(&"0A"))
            .and_then(|fields| fields.get(9).map(|inode| format!("socket:[{inode}]")))
            .ok_or_else(|| format!("nobody listens on 127.0.0.1:{}", self.port))?;
        let open = std::fs::read_dir(format!("/proc/{}/fd", self.process.id())).map_err(|error| error.to_string())?;
        let ours = open.flatten().filter_map(|file| std::fs::read_link(file.path()).ok()).any(|link| link.to_string_lossy() == inode);
        if ours { Ok(()) } else { Err(format!("the server on port {} is not the one that was started here", self.port)) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status();
        for _ in 0..50 {
            if self.process.try_wait().is_ok_and(|ended| ended.is_some()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A GET on loopback: status and body.
pub fn get(port: u16, path: &str) -> Result<(u16, String)> {
    exchange(port, &format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"))
        .map_err(|error| format!("GET {path} on port {port}: {error}"))
}

fn exchange(port: u16, request: &str) -> Result<(u16, String)> {
    let asked = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    let answer = asked().map_err(|error| error.to_string())?;
    let status = answer.split_whitespace().nth(1).and_then(|code| code.parse().ok()).ok_or("not HTTP")?;
    Ok((status, answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default()))
}
