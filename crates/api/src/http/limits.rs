//! How much one address, person or key may send: a bucket each (governor, in this process), stated in
//! `RateLimit` headers, refused with 429 and `Retry-After`. Memory is bounded whatever comes.

use super::Fail;
use actix_web::HttpMessage;
use actix_web::dev::ServiceRequest;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use ipnet::IpNet;
use kazi_core::identity::Caller;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

/// Seconds of the window that the limit is stated for.
const WINDOW: u32 = 60;
/// The most callers remembered at once; beyond, those not yet known share one bucket.
const MOST: usize = 200_000;
/// An address may send so many times the limit where each request bears a token: those have buckets of their own.
const BEARERS: u32 = 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Address,
    Person,
    Key,
    /// All tokens from one address.
    Bearers,
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

/// The buckets of one server.
pub struct Limits {
    limit: u32,
    buckets: Option<(Buckets, Buckets)>,
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
        let buckets = (limit > 0).then(|| (buckets(limit), buckets(limit.saturating_mul(BEARERS))));
        Self { limit, buckets, since_swept: AtomicU32::new(0), trusted }
    }

    /// Charges the address before anybody knows who calls.
    pub fn arrive(&self, req: &ServiceRequest) -> Result<(), (Fail, Standing)> {
        let Some(address) = self.address(req.peer_addr().map(|a| a.ip()), req.headers()) else { return Ok(()) };
        let bearer = req.headers().contains_key("authorization");
        if let Some(standing) = self.charge(if bearer { Kind::Bearers } else { Kind::Address }, folded(address))?
            && !bearer
        {
            req.extensions_mut().insert(standing);
        }
        Ok(())
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
        let Some((single, many)) = &self.buckets else { return Ok(None) };
        let (buckets, limit) = match kind {
            Kind::Bearers | Kind::Rest => (many, self.limit.saturating_mul(BEARERS)),
            _ => (single, self.limit),
        };
        self.sweep(single, many);
        let key = if buckets.len() >= MOST { (Kind::Rest, 0) } else { (kind, who) };
        let kind = match kind {
            Kind::Address | Kind::Bearers => "address",
            Kind::Person => "person",
            Kind::Key => "key",
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
    fn sweep(&self, single: &Buckets, many: &Buckets) {
        let often = if single.len().max(many.len()) >= MOST { 4096 } else { 65_536 };
        if self.since_swept.fetch_add(1, Ordering::Relaxed) >= often {
            self.since_swept.store(0, Ordering::Relaxed);
            single.retain_recent();
            many.retain_recent();
        }
    }

    /// The caller's address: the connection's, or what a trusted proxy says, nearest first.
    pub fn address(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<IpAddr> {
        let peer = peer?;
        let trusts = |address: &IpAddr| self.trusted.iter().any(|net| net.contains(address));
        if !trusts(&peer) {
            return Some(peer);
        }
        let lines: Vec<&str> = headers.get_all("x-forwarded-for").filter_map(|v| v.to_str().ok()).collect();
        let hops = lines.iter().rev().flat_map(|line| line.rsplit(',')).map_while(|hop| hop.trim().parse().ok());
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

/// One key an IPv4 address, one a /64 of IPv6, which is what one household has.
fn folded(address: IpAddr) -> u128 {
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
        assert!(limits.buckets.as_ref().unwrap().0.len() <= MOST + 1);
    }
}
