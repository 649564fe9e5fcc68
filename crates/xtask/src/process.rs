//! Runs a long command: quiet while it goes well, a heartbeat so that nobody wonders, its log when it fails.

use crate::{Result, workspace};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

pub struct Finished {
    pub success: bool,
    pub output: String,
    pub log: PathBuf,
}

impl Finished {
    /// The command's output, or the end of its log as the reason of failure.
    pub fn check(self) -> Result<String> {
        if self.success { Ok(self.output) } else { Err(format!("{}\n  whole log: {}", self.tail(60), self.log.display())) }
    }

    pub fn tail(&self, lines: usize) -> String {
        let all: Vec<&str> = self.output.lines().collect();
        all[all.len().saturating_sub(lines)..].iter().map(|line| format!("  | {line}")).collect::<Vec<_>>().join("\n")
    }
}

/// Runs `command` with no input, for at most `limit`; `waiting_for` is what the heartbeat says.
pub fn run(waiting_for: &str, limit: Duration, command: &mut Command) -> Result<Finished> {
    let program = command.get_program().to_string_lossy().into_owned();
    let log = workspace::scratch().join(format!("{}.log", waiting_for.replace(|c: char| !c.is_alphanumeric(), "-")));
    let file = std::fs::File::create(&log).map_err(|error| format!("{}: {error}", log.display()))?;
    let sink = Arc::new(Mutex::new((String::new(), file)));
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{program} does not start: {error}"))?;
    let out = collect(child.stdout.take().expect("piped"), &sink);
    let err = collect(child.stderr.take().expect("piped"), &sink);

    let began = Instant::now();
    let mut said = began;
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|error| format!("{program}: {error}"))? {
            break Some(status);
        }
        if began.elapsed() > limit {
            end_with_children(child.id());
            let _ = child.wait();
            break None;
        }
        if said.elapsed() > Duration::from_secs(20) {
            said = Instant::now();
            let last = sink.lock().expect("not poisoned").0.lines().last().unwrap_or_default().trim().chars().take(90).collect::<String>();
            println!("    … {waiting_for}, {} s: {last}", began.elapsed().as_secs());
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    let _ = (out.join(), err.join());
    let output = std::mem::take(&mut sink.lock().expect("not poisoned").0);
    match status {
        Some(status) => Ok(Finished { success: status.success(), output, log }),
        None => Err(format!("{waiting_for} took longer than {} s and was stopped; its log: {}", limit.as_secs(), log.display())),
    }
}

/// Reads a pipe to its end, line by line, into the memory and the log.
fn collect(pipe: impl Read + Send + 'static, sink: &Arc<Mutex<(String, std::fs::File)>>) -> std::thread::JoinHandle<()> {
    let sink = Arc::clone(sink);
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).split(b'\n').map_while(std::result::Result::ok) {
            let line = String::from_utf8_lossy(&line).into_owned();
            let mut sink = sink.lock().expect("not poisoned");
            let _ = writeln!(sink.1, "{line}");
            sink.0.push_str(&line);
            sink.0.push('\n');
        }
    })
}

/// Ends a process that we started and everything it started, leaves first.
fn end_with_children(pid: u32) {
    let children = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    for child in children.split_whitespace().filter_map(|child| child.parse().ok()) {
        end_with_children(child);
    }
    let _ = Command::new("kill").args(["-KILL", &pid.to_string()]).status();
}

pub fn is_root() -> bool {
    workspace::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
