//! A PostgreSQL of our own: a throwaway cluster on a free port, gone when the value is dropped.

use crate::{Result, process, server, tools, workspace};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub struct Cluster {
    server: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Cluster {
    pub fn start() -> Result<Cluster> {
        let bin = binaries()?;
        let folder = tempfile::Builder::new().prefix("kazi-postgres-").tempdir().map_err(|error| error.to_string())?;
        let data = folder.path().join("data");
        let root = process::is_root();
        if root {
            workspace::output(Command::new("chown").arg("postgres").arg(folder.path()))?;
        }
        let mut initdb = as_postgres(root, &bin.join("initdb"));
        initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D"]).arg(&data);
        workspace::output(initdb.current_dir(folder.path()))?;

        let port = server::free_port()?;
        let log_file = std::fs::File::create(log()).map_err(|error| error.to_string())?;
        let mut postgres = as_postgres(root, &bin.join("postgres"));
        postgres.arg("-D").arg(&data).args(["-p", &port.to_string(), "-h", "127.0.0.1", "-k", ""]);
        // nobody will miss these data, so nothing waits for the disk
        for setting in ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300", "log_statement=ddl"] {
            postgres.args(["-c", setting]);
        }
        let server = postgres
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log_file)
            .spawn()
            .map_err(|error| format!("postgres: {error}"))?;
        let mut cluster = Cluster { server, port, _folder: folder };
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if began.elapsed() > Duration::from_secs(30) || cluster.server.try_wait().is_ok_and(|ended| ended.is_some()) {
                return Err(format!("the throwaway PostgreSQL did not start: see {}", log().display()));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(cluster)
    }

    /// The server; whoever uses it makes a database of its own there.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}", self.port)
    }

    /// How many databases were made on it so far: the proof that tests came here.
    pub fn databases_made(&self) -> usize {
        std::fs::read_to_string(log()).unwrap_or_default().matches("statement: CREATE DATABASE kazi_").count()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGQUIT: at once; the data are thrown away
        let _ = Command::new("kill").args(["-QUIT", &self.server.id().to_string()]).status();
        let _ = self.server.wait();
    }
}

/// PostgreSQL refuses to run as root, so root runs it as the user that Debian's package makes.
/// It dies with its parent, however that ends.
fn as_postgres(root: bool, program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "QUIT"]);
    if root {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    }
    command.arg("--").arg(program);
    command
}

fn log() -> PathBuf {
    workspace::scratch().join("postgres.log")
}

fn binaries() -> Result<PathBuf> {
    if let Some(found) = installed() {
        return Ok(found);
    }
    tools::install_debian("postgresql", "PostgreSQL")?;
    installed().ok_or_else(|| "PostgreSQL's initdb is not under /usr/lib/postgresql after installing it".into())
}

fn installed() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file())
        .collect();
    versions.sort();
    versions.pop().map(|(_, bin)| bin).or_else(|| {
        let bin = workspace::output(Command::new("pg_config").arg("--bindir")).ok()?;
        let bin = PathBuf::from(bin.trim());
        bin.join("initdb").is_file().then_some(bin)
    })
}
