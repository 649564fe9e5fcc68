//! A closed-loop load on loopback: each connection sends its next request when the answer to the last has arrived.
//! Bounded by time; counts only answers of the wanted status.

use crate::Result;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What is asked, again and again.
#[derive(Clone)]
pub struct Ask {
    pub method: &'static str,
    pub path: String,
    pub token: Option<String>,
    pub body: Option<String>,
    pub wants: u16,
}

impl Ask {
    pub fn get(path: impl Into<String>) -> Ask {
        Ask { method: "GET", path: path.into(), token: None, body: None, wants: 200 }
    }

    pub fn post(path: impl Into<String>, body: String, wants: u16) -> Ask {
        Ask { method: "POST", path: path.into(), token: None, body: Some(body), wants }
    }

    pub fn by(mut self, token: &str) -> Ask {
        self.token = Some(token.to_owned());
        self
    }
}

pub struct Figures {
    pub per_second: f64,
    /// sorted
    times: Vec<Duration>,
}

impl Figures {
    pub fn p(&self, percent: f64) -> Duration {
        let at = ((self.times.len() as f64 - 1.0) * percent / 100.0).round() as usize;
        self.times.get(at).copied().unwrap_or_default()
    }
}

/// Asks from `connections` connections for `time`, after a warm-up of a fifth of it.
pub fn run(port: u16, connections: usize, time: Duration, ask: impl Fn(u64) -> Ask + Sync) -> Result<Figures> {
    let number = AtomicU64::new(0);
    let next = || ask(number.fetch_add(1, Ordering::Relaxed));
    let warm = Instant::now() + time / 5;
    let end = warm + time;
    let worker = || -> Result<Vec<Duration>> {
        let mut connection = Connection::open(port)?;
        let mut times = Vec::new();
        loop {
            let ask = next();
            let began = Instant::now();
            if began > end {
                return Ok(times);
            }
            let (status, body) = connection.send(&ask)?;
            if status != ask.wants {
                return Err(format!(
                    "{} {} answered {status} instead of {}: {}",
                    ask.method,
                    ask.path,
                    ask.wants,
                    body.chars().take(300).collect::<String>()
                ));
            }
            if began > warm {
                times.push(began.elapsed());
            }
        }
    };
    let results: Vec<Result<Vec<Duration>>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..connections).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| Err("a load worker ended badly".into()))).collect()
    });
    let mut times = Vec::new();
    for result in results {
        times.extend(result?);
    }
    times.sort_unstable();
    Ok(Figures { per_second: times.len() as f64 / time.as_secs_f64(), times })
}

/// One kept-alive connection.
pub struct Connection {
    port: u16,
    stream: BufReader<TcpStream>,
}

impl Connection {
    pub fn open(port: u16) -> Result<Connection> {
        let open = || -> std::io::Result<TcpStream> {
            let stream = TcpStream::connect(("127.0.0.1", port))?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(Duration::from_secs(30)))?;
            Ok(stream)
        };
        Ok(Connection { port, stream: BufReader::with_capacity(1 << 16, open().map_err(|error| format!("port {port}: {error}"))?) })
    }

    pub fn send(&mut self, ask: &Ask) -> Result<(u16, String)> {
        self.exchange(ask).map_err(|error| format!("{} {}: {error}", ask.method, ask.path))
    }

    fn exchange(&mut self, ask: &Ask) -> std::io::Result<(u16, String)> {
        let mut request = format!("{} {} HTTP/1.1\r\nHost: localhost:{}\r\n", ask.method, ask.path, self.port);
        if let Some(token) = &ask.token {
            request.push_str(&format!("Authorization: Bearer {token}\r\n"));
        }
        match &ask.body {
            Some(body) => request.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len())),
            None => request.push_str("\r\n"),
        }
        self.stream.get_mut().write_all(request.as_bytes())?;

        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split_whitespace().nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let (mut length, mut chunked) = (0, false);
        loop {
            line.clear();
            if self.stream.read_line(&mut line)? == 0 || line == "\r\n" {
                break;
            }
            let header = line.to_ascii_lowercase();
            if let Some(text) = header.strip_prefix("content-length:") {
                length = text.trim().parse().unwrap_or(0);
            }
            chunked |= header.starts_with("transfer-encoding:") && header.contains("chunked");
        }
        let mut body = Vec::new();
        if chunked {
            loop {
                line.clear();
                self.stream.read_line(&mut line)?;
                let size = usize::from_str_radix(line.trim(), 16).unwrap_or(0);
                let start = body.len();
                body.resize(start + size, 0);
                self.stream.read_exact(&mut body[start..])?;
                self.stream.read_exact(&mut [0; 2])?;
                if size == 0 {
                    break;
                }
            }
        } else {
            body.resize(length, 0);
            self.stream.read_exact(&mut body)?;
        }
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    }
}
