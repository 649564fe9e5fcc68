//! A closed-loop load on loopback: each connection sends its next request when the answer to the last has arrived.
//! Bounded by time; counts only answers of the wanted status.

use crate::Result;
use std::io::{Read, Write};
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
                    String::from_utf8_lossy(&body[..body.len().min(300)])
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

/// Bytes of an answer that there is room for from the start.
const ROOM: usize = 1 << 20;

/// One kept-alive connection. It does as little as it can for an answer: its work comes out of the same processors as the
/// server's.
pub struct Connection {
    port: u16,
    stream: TcpStream,
    request: Vec<u8>,
    /// Room for an answer, and how much of it has arrived.
    got: Vec<u8>,
    length: usize,
}

/// Where an answer's body lies.
struct Head {
    status: u16,
    begins: usize,
    length: usize,
}

impl Connection {
    pub fn open(port: u16) -> Result<Connection> {
        let open = || -> std::io::Result<TcpStream> {
            let stream = TcpStream::connect(("127.0.0.1", port))?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(Duration::from_secs(30)))?;
            Ok(stream)
        };
        let stream = open().map_err(|error| format!("port {port}: {error}"))?;
        Ok(Connection { port, stream, request: Vec::new(), got: vec![0; ROOM], length: 0 })
    }

    /// The status and the body.
    pub fn send(&mut self, ask: &Ask) -> Result<(u16, &[u8])> {
        let head = self.exchange(ask).map_err(|error| format!("{} {}: {error}", ask.method, ask.path))?;
        Ok((head.status, &self.got[head.begins..head.begins + head.length]))
    }

    fn exchange(&mut self, ask: &Ask) -> std::io::Result<Head> {
        self.request.clear();
        write!(self.request, "{} {} HTTP/1.1\r\nHost: localhost:{}\r\n", ask.method, ask.path, self.port)?;
        if let Some(token) = &ask.token {
            write!(self.request, "Authorization: Bearer {token}\r\n")?;
        }
        match &ask.body {
            Some(body) => write!(self.request, "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len())?,
            None => self.request.extend_from_slice(b"\r\n"),
        }
        self.stream.write_all(&self.request)?;
        self.length = 0;
        let head = loop {
            self.receive()?;
            if let Some(head) = head(&self.got[..self.length])? {
                break head;
            }
        };
        while self.length < head.begins + head.length {
            self.receive()?;
        }
        Ok(head)
    }

    /// What has arrived since.
    fn receive(&mut self) -> std::io::Result<()> {
        if self.length == self.got.len() {
            self.got.resize(2 * self.length, 0);
        }
        let arrived = self.stream.read(&mut self.got[self.length..])?;
        self.length += arrived;
        if arrived == 0 { Err(std::io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }
}

/// The head of an answer, once it is there; answers of a stated length are all that is measured.
fn head(got: &[u8]) -> std::io::Result<Option<Head>> {
    let mut headers = [httparse::EMPTY_HEADER; 48];
    let mut answer = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(begins) = answer.parse(got).map_err(std::io::Error::other)? else { return Ok(None) };
    let length = answer.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
    let length = length.and_then(|header| std::str::from_utf8(header.value).ok()?.parse().ok());
    let length = length.ok_or_else(|| std::io::Error::other("the answer states no length"))?;
    Ok(Some(Head { status: answer.code.unwrap_or_default(), begins, length }))
}
