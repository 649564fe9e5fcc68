//! How much one address, person or key may send: a bucket each (governor, in this process), stated in
//! `RateLimit` headers, refused with 429 and `Retry-After`. Memory is bounded whatever comes.

use super::Fail;
use crate::state::State;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use ipnet::IpNet;
use kazi_core::identity::Caller;
use std::future::{Ready, ready};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

/// Seconds of the window that the limit is stated for.
const WINDOW: u32 = 60;
/// The most callers remembered at once; beyond, those not yet known share one bucket.
const MOST: usize = 200_000;
/// An address may send so many times the limit where each request bears a token: those have buckets of their own.
const BEARERS: u32 = 10;
/// Of the limit, what an address may spend on operations that hash a password, within these bounds: far fewer than the
/// places that hashing has, so that one address can't fill them.
const HASHES: u32 = 20;
const FEWEST_HASHES: u32 = 10;
const MOST_HASHES: u32 = 30;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Address,
    Person,
    Key,
    /// All tokens from one address.
    Bearers,
    /// Passwords that one address lets us hash.
    Hashes,
    /// Everybody beyond `MOST`.
    Rest,
}

type Key = (Kind, u128);
type Buckets = RateLimiter<Key, DashMapStateStore<Key>, DefaultClock, StateInformationMiddleware>;

/// Where a caller stands after a request, for the headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    kind: &'static str,
    limit: u32,
    left: u32,
}

impl Standing {
    pub fn write(self, headers: &mut HeaderMap) {
        let Self { kind, limit, left } = self;
        let whole_again = u64::from(limit - left.min(limit)) * u64::from(WINDOW) / u64::from(limit.max(1));
        let texts = [
            ("ratelimit-policy", format!("\"{kind}\";q={limit};w={WINDOW}")),
            ("ratelimit", format!("\"{kind}\";r={left};t={whole_again}")),
        ];
        for (name, text) in texts {
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
}

/// Buckets by their size.
struct Sizes {
    one: Buckets,
    many: Buckets,
    few: Buckets,
}

/// The buckets of one server.
pub struct Limits {
    limit: u32,
    buckets: Option<Sizes>,
    since_swept: AtomicU32,
    trusted: Vec<IpNet>,
}

impl Limits {
    /// `limit` requests a minute; 0 is without limit. `trusted` proxies may say whom they speak for.
    pub fn new(limit: u32, trusted: Vec<IpNet>) -> Self {
        let buckets = |n: u32| {
            let quota = Quota::per_minute(NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN));
            RateLimiter::dashmap(quota).with_middleware::<StateInformationMiddleware>()
        };
        let sizes = || Sizes { one: buckets(limit), many: buckets(limit.saturating_mul(BEARERS)), few: buckets(hashes(limit)) };
        let buckets = (limit > 0).then(sizes);
        Self { limit, buckets, since_swept: AtomicU32::new(0), trusted }
    }

    /// Charges the address before anybody knows who calls.
    pub fn arrive(&self, req: &ServiceRequest) -> Result<(), (Fail, Standing)> {
        let Some(address) = self.of(req.request()) else { return Ok(()) };
        let bearer = req.headers().contains_key("authorization") && asks_who_calls(req.path());
        if let Some(standing) = self.charge(if bearer { Kind::Bearers } else { Kind::Address }, folded(address))?
            && !bearer
        {
            req.extensions_mut().insert(standing);
        }
        Ok(())
    }

    /// Charges the address for a token that is none of ours: it was let in on the word that a person or key would be charged.
    pub fn unknown(&self, req: &HttpRequest) -> Result<(), Fail> {
        self.charge_address(req, Kind::Address)
    }

    fn charge_address(&self, req: &HttpRequest, kind: Kind) -> Result<(), Fail> {
        let Some(address) = self.of(req) else { return Ok(()) };
        self.charge(kind, folded(address)).map(drop).map_err(|(fail, standing)| {
            req.extensions_mut().insert(standing);
            fail
        })
    }

    /// Charges the person or key, as soon as it is known.
    pub fn known(&self, extensions: &mut actix_web::dev::Extensions, caller: &Caller) -> Result<(), Fail> {
        let (kind, id) = match caller {
            Caller::Nobody => return Ok(()),
            Caller::Person(person) => (Kind::Person, person.id.0),
            Caller::Partner(partner) => (Kind::Key, partner.key.0),
        };
        let (outcome, standing) = match self.charge(kind, id.as_u128()) {
            Ok(standing) => (Ok(()), standing),
            Err((fail, standing)) => (Err(fail), Some(standing)),
        };
        if let Some(standing) = standing {
            extensions.insert(standing);
        }
        outcome
    }

    fn charge(&self, kind: Kind, who: u128) -> Result<Option<Standing>, (Fail, Standing)> {
        let Some(sizes) = &self.buckets else { return Ok(None) };
        let (buckets, limit) = match kind {
            Kind::Bearers | Kind::Rest => (&sizes.many, self.limit.saturating_mul(BEARERS)),
            Kind::Hashes => (&sizes.few, hashes(self.limit)),
            _ => (&sizes.one, self.limit),
        };
        self.sweep(sizes);
        let key = if buckets.len() >= MOST { (Kind::Rest, 0) } else { (kind, who) };
        let kind = match kind {
            Kind::Address | Kind::Bearers => "address",
            Kind::Person => "person",
            Kind::Key => "key",
            Kind::Hashes => "passwords",
            Kind::Rest => "all",
        };
        match buckets.check_key(&key) {
            Ok(state) => Ok(Some(Standing { kind, limit, left: state.remaining_burst_capacity() })),
            Err(not_yet) => {
                let wait = not_yet.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
                Err((Fail::TooMany(wait), Standing { kind, limit, left: 0 }))
            }
        }
    }

    /// Forgets the callers whose buckets are whole again.
    fn sweep(&self, sizes: &Sizes) {
        let all = [&sizes.one, &sizes.many, &sizes.few];
        let often = if all.iter().any(|buckets| buckets.len() >= MOST) { 4096 } else { 65_536 };
        if self.since_swept.fetch_add(1, Ordering::Relaxed) >= often {
            self.since_swept.store(0, Ordering::Relaxed);
            all.iter().for_each(|buckets| buckets.retain_recent());
        }
    }

    /// The address of whoever sent this.
    pub fn of(&self, req: &HttpRequest) -> Option<IpAddr> {
        self.address(req.peer_addr().map(|a| a.ip()), req.headers())
    }

    /// The caller's address: the connection's, or what a trusted proxy says, nearest first. One of IPv4 is told as such,
    /// also where a socket for both families maps it into IPv6.
    fn address(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<IpAddr> {
        let peer = peer?.to_canonical();
        let trusts = |address: &IpAddr| self.trusted.iter().any(|net| net.contains(address));
        if !trusts(&peer) {
            return Some(peer);
        }
        let lines: Vec<&str> = headers.get_all("x-forwarded-for").filter_map(|v| v.to_str().ok()).collect();
        let hops = lines.iter().rev().flat_map(|line| line.rsplit(',')).map_while(|hop| hop.trim().parse().ok());
        let hops = hops.map(|hop: IpAddr| hop.to_canonical());
        let mut nearest = peer;
        for hop in hops {
            nearest = hop;
            if !trusts(&hop) {
                break;
            }
        }
        Some(nearest)
    }
}

/// The operation hashes a password: what the caller's address may have hashed is counted apart.
pub struct Hashing;

impl FromRequest for Hashing {
    type Error = Fail;
    type Future = Ready<Result<Self, Fail>>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(state) = req.app_data::<web::Data<State>>() else { return ready(Ok(Self)) };
        ready(state.limits.charge_address(req, Kind::Hashes).map(|()| Self))
    }
}

fn hashes(limit: u32) -> u32 {
    (limit / HASHES).clamp(FEWEST_HASHES, MOST_HASHES).min(limit)
}

/// Whether the operations there ask for a token at all, so that a person or key is charged as well. An address that is
/// written with `%` may be any.
fn asks_who_calls(path: &str) -> bool {
    path.starts_with("/api/v1/") && !path.starts_with("/api/v1/identity/") && !path.contains('%')
}

/// One key an IPv4 address, one a /64 of IPv6, which is what one household has.
pub fn folded(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(four) => u128::from(four.to_bits()),
        IpAddr::V6(six) => six.to_bits() >> 64 << 64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(line: &str) -> HeaderMap {
        let mut map = HeaderMap::new();
        map.insert(HeaderName::from_static("x-forwarded-for"), HeaderValue::from_str(line).unwrap());
        map
    }

    #[test]
    fn only_a_trusted_proxy_may_say_whom_it_speaks_for() {
        let limits = Limits::new(1, vec!["10.0.0.0/8".parse().unwrap()]);
        let ask = |peer: &str, line: &str| limits.address(peer.parse().ok(), &headers(line)).unwrap().to_string();
        assert_eq!(ask("192.0.2.1", "198.51.100.7"), "192.0.2.1", "a stranger can't");
        assert_eq!(ask("10.0.0.1", "198.51.100.7"), "198.51.100.7");
        assert_eq!(ask("10.0.0.1", "1.1.1.1, 198.51.100.7, 10.0.0.2"), "198.51.100.7", "what came before is the stranger's own tale");
        assert_eq!(ask("10.0.0.1", "nonsense"), "10.0.0.1");
        assert_eq!(ask("::ffff:10.0.0.1", "::ffff:198.51.100.7, ::ffff:10.0.0.2"), "198.51.100.7", "a proxy on a socket for both families");
    }

    #[test]
    fn a_token_widens_the_limit_only_where_it_is_asked_for() {
        for path in ["/api/v1/needs", "/api/v1/organisations/x"] {
            assert!(asks_who_calls(path), "{path}");
        }
        for path in ["/", "/providers", "/api/v1/identity/sessions", "/api/v1/%69dentity/sessions", "/api/openapi.json"] {
            assert!(!asks_who_calls(path), "{path}");
        }
    }

    #[test]
    fn one_address_cant_fill_the_places_of_hashing() {
        let limits = Limits::new(6000, vec![]);
        let hashed = (0..200).filter(|_| limits.charge(Kind::Hashes, 1).is_ok()).count();
        assert_eq!(hashed, MOST_HASHES as usize);
        assert!(limits.charge(Kind::Address, 1).is_ok() && limits.charge(Kind::Hashes, 2).is_ok());
        assert_eq!((hashes(3), hashes(30), hashes(400)), (3, 10, 20));
    }

    #[test]
    fn each_address_has_its_own_bucket_and_zero_is_without_limit() {
        let limits = Limits::new(3, vec![]);
        for _ in 0..3 {
            assert!(limits.charge(Kind::Address, 1).is_ok());
        }
        let (fail, standing) = limits.charge(Kind::Address, 1).unwrap_err();
        assert!(matches!(fail, Fail::TooMany(seconds) if (1..=21).contains(&seconds)), "{fail:?}");
        assert_eq!((standing.limit, standing.left), (3, 0));
        assert!(limits.charge(Kind::Address, 2).is_ok());
        assert_eq!(Limits::new(0, vec![]).charge(Kind::Address, 1).unwrap(), None);
    }

    #[test]
    fn a_flood_of_addresses_takes_bounded_memory() {
        let limits = Limits::new(1, vec![]);
        for n in 0..(MOST as u128 + 50_000) {
            let _ = limits.charge(Kind::Address, n);
        }
        assert!(limits.buckets.as_ref().unwrap().one.len() <= MOST + 1);
    }
}
