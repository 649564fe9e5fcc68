//! `cargo xtask bench`: how fast Kazi is, as ratios to something measured in the same run, on the same machine.
//! Each server measured is one that was started here, and is proved to be (`Server::prove_ours`).

mod load;
mod matching;
mod peers;

use crate::server::{self, Server};
use crate::{Result, build, process, workspace};
use load::{Ask, Connection, Figures};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

#[derive(clap::Args)]
pub struct Options {
    /// Organisations behind the API benchmark
    #[arg(long, default_value_t = 100_000)]
    organisations: u64,
    /// Seconds for each measurement over HTTP
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Only the parts whose name contains one of these words: matching, peers, search, api, writes
    only: Vec<String>,
}

type Part = (&'static str, fn(&Options) -> Result<bool>);

/// The demo's buyer, as `kazi demo` makes her.
const BUYER: (&str, &str) = ("buyer@kazi.example", "try-kazi-with-this");
const CONNECTIONS: usize = 8;
const WRITERS: usize = 64;

pub fn run(options: &Options) -> Result {
    let parts: [Part; 5] = [
        ("matching", |_| matching::run()),
        ("peers", |_| peers::run()),
        ("search", |_| run_cargo(&["run", "--release", "--quiet", "--package", "kazi-api", "--example", "directory_search"])),
        ("api", api),
        ("writes", writes),
    ];
    let mut within = true;
    for (name, part) in parts {
        if options.only.is_empty() || options.only.iter().any(|word| name.contains(word.as_str())) {
            println!("# {name}");
            within &= part(options)?;
        }
    }
    if within { Ok(()) } else { Err("not every ratio is within its limit".into()) }
}

/// A benchmark of cargo's; it prints its own `ratio` lines and says where one is beyond its limit.
fn run_cargo(arguments: &[&str]) -> Result<bool> {
    let mut cargo = Command::new("cargo");
    cargo.args(arguments).current_dir(workspace::root()).stdin(Stdio::null());
    let status = cargo.status().map_err(|error| format!("cargo: {error}"))?;
    Ok(status.success())
}

fn ratio(name: &str, value: f64, limit: &str, within: bool) -> bool {
    println!("ratio {name}: {value:.2} (limit: {limit}){}", if within { "" } else { "  BEYOND ITS LIMIT" });
    within
}

/// Shows what a benchmark says for us, and answers its `time NAME MILLISECONDS ms` lines.
fn told(output: &str) -> BTreeMap<String, f64> {
    let mut times = BTreeMap::new();
    for line in output.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["time", name, time, "ms"] => {
                times.insert(name.to_owned(), time.parse().unwrap_or(f64::NAN));
            }
            ["info" | "value" | "ratio", ..] => println!("{line}"),
            _ => {}
        }
    }
    times
}

fn show(name: &str, figures: &Figures) {
    let (p50, p99) = (figures.p(50.0).as_secs_f64() * 1e3, figures.p(99.0).as_secs_f64() * 1e3);
    println!("  {name}: {:.0} a second, p50 {p50:.2} ms, p99 {p99:.2} ms", figures.per_second);
}

struct House {
    server: Server,
    token: String,
    buyer: String,
    _data: tempfile::TempDir,
}

/// A release server on demo data, with the buyer signed in.
fn house(kazi: &Path, organisations: u64, environment: &[(&str, &str)]) -> Result<House> {
    let data = tempfile::Builder::new().prefix("kazi-bench-").tempdir().map_err(|error| error.to_string())?;
    server::kazi(kazi, data.path(), &["migrate"])?;
    println!("  filling a fresh database with {organisations} organisations");
    server::kazi(kazi, data.path(), &["demo", "--organisations", &organisations.to_string()])?;
    let mut all = vec![("KAZI_REQUESTS_PER_MINUTE", "0")];
    all.extend(environment);
    let server = Server::start(kazi, data.path(), &all)?;
    for _ in 0..1200 {
        if matches!(server::get(server.port, "/readyz"), Ok((200, _))) {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let session = serde_json::json!({ "email": BUYER.0, "password": BUYER.1, "cookie": false });
    let tokens = ask(server.port, &Ask::post("/api/v1/identity/sessions", session.to_string(), 200))?;
    let token = text(&tokens["access_token"])?;
    let me = ask(server.port, &Ask::get("/api/v1/me").by(&token))?;
    let buyer = text(&me["memberships"][0]["organisation"])?;
    Ok(House { server, token, buyer, _data: data })
}

fn ask(port: u16, ask: &Ask) -> Result<serde_json::Value> {
    let mut connection = Connection::open(port)?;
    let (status, body) = connection.send(ask)?;
    if status != ask.wants {
        return Err(format!("{} {} answered {status}: {}", ask.method, ask.path, String::from_utf8_lossy(body)));
    }
    serde_json::from_slice(body).map_err(|error| format!("{}: {error}", ask.path))
}

fn text(value: &serde_json::Value) -> Result<String> {
    value.as_str().map(str::to_owned).ok_or_else(|| format!("text expected, not {value}"))
}

fn api(options: &Options) -> Result<bool> {
    let kazi = build::kazi(true)?;
    let yardstick = empty_handler()?;
    let time = Duration::from_secs(options.seconds);
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut empty = Server::start(&yardstick, folder.path(), &[])?;
    let mut house = house(&kazi, options.organisations, &[])?;
    let (port, token) = (house.server.port, house.token.clone());

    let list = ask(port, &Ask::get("/api/v1/organisations?limit=100").by(&token))?;
    let ids: Vec<String> =
        list["items"].as_array().into_iter().flatten().filter_map(|item| item["id"].as_str()).map(str::to_owned).collect();
    if ids.is_empty() {
        return Err("the list of organisations is empty".into());
    }
    let need = serde_json::json!({ "organisation": house.buyer, "wanted": all_twelve() });
    let need = text(&ask(port, &Ask::post("/api/v1/needs", need.to_string(), 201).by(&token))?["id"])?;

    let ranked = ask(port, &Ask::get(format!("/api/v1/needs/{need}/matches")).by(&token))?;
    let length = |name: &str| ranked["ranking"][name].as_array().map_or(0, Vec::len);
    if (length("asked"), length("ranked")) != (12, 20) {
        return Err(format!("the need asks for {} criteria and finds {}; 12 and 20 are measured", length("asked"), length("ranked")));
    }
    println!("  the need asks for 12 criteria; {} meet it", ranked["ranking"]["total_passing"]);

    let by_turn = |at: u64| ids[at as usize % ids.len()].as_str();
    let nothing = load::run(empty.port, CONNECTIONS, time, |_| Ask::get("/"))?;
    let health = load::run(port, CONNECTIONS, time, |_| Ask::get("/healthz"))?;
    let one = load::run(port, CONNECTIONS, time, |at| Ask::get(format!("/api/v1/organisations/{}", by_turn(at))).by(&token))?;
    let twenty = load::run(port, CONNECTIONS, time, |_| Ask::get("/api/v1/organisations?limit=20").by(&token))?;
    let matches = load::run(port, CONNECTIONS, time, |_| Ask::get(format!("/api/v1/needs/{need}/matches")).by(&token))?;
    empty.prove_ours()?;
    house.server.prove_ours()?;
    for (name, figures) in
        [("empty handler", &nothing), ("/healthz", &health), ("one by id", &one), ("list of 20", &twenty), ("match", &matches)]
    {
        show(name, figures);
    }
    let (one, twenty) = (one.per_second / nothing.per_second, twenty.per_second / nothing.per_second);
    let slow = matches.p(99.0).as_secs_f64() / health.p(99.0).as_secs_f64();
    let mut within = ratio("one by id, of the empty handler's rate", one, "at least 0.33", one >= 1.0 / 3.0);
    within &= ratio("list of 20, of the empty handler's rate", twenty, "at least 0.33", twenty >= 1.0 / 3.0);
    within &= ratio("match p99, in /healthz p99", slow, "at most 25", slow <= 25.0);
    Ok(within)
}

/// Many writers at once, with commits grouped and one by one.
fn writes(options: &Options) -> Result<bool> {
    let kazi = build::kazi(true)?;
    let time = Duration::from_secs(options.seconds);
    let mut rates = [0.0; 2];
    for (at, (grouped, name)) in [("true", "commits grouped"), ("false", "one commit at a time")].into_iter().enumerate() {
        let mut house = house(&kazi, 1_000, &[("KAZI_GROUP_COMMITS", grouped)])?;
        let wanted = serde_json::json!({ "title": "Benchmark", "service_line": "data_annotation", "visibility": "matched" });
        let body = serde_json::json!({ "organisation": house.buyer, "wanted": wanted }).to_string();
        let figures = load::run(house.server.port, WRITERS, time, |_| Ask::post("/api/v1/needs", body.clone(), 201).by(&house.token))?;
        house.server.prove_ours()?;
        show(name, &figures);
        rates[at] = figures.per_second;
    }
    let gain = rates[0] / rates[1];
    Ok(ratio("writes with grouped commits, of one at a time", gain, "at least 2", gain >= 2.0))
}

/// A need that asks for every criterion, of what the demo's providers have.
fn all_twelve() -> serde_json::Value {
    serde_json::json!({
        "title": "Benchmark", "service_line": "data_annotation", "visibility": "matched",
        "fte_from": 5.0, "fte_to": 60.0, "start_by": "2027-03-01", "duration_months": 12,
        "languages": [{ "language": "en", "level": "b2" }],
        "skills_required": ["bounding boxes"], "skills_wished": ["segmentation", "lidar"],
        "overlap": { "time_zone": "Europe/Berlin", "from_minute": 540, "until_minute": 1020, "hours": 4.0 },
        "certificates_required": ["iso_27001"],
        "budget_per_hour": { "from_minor": 500, "to_minor": 2500, "currency": "USD" },
        "target_groups": ["women", "youth"], "minimum_impact_share": 0.2
    })
}

fn empty_handler() -> Result<PathBuf> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--release", "--package", "kazi-api", "--example", "empty_handler"]).current_dir(workspace::root());
    process::run("building the yardstick", Duration::from_secs(2400), &mut cargo)?.check()?;
    Ok(workspace::target().join("release/examples/empty_handler"))
}
