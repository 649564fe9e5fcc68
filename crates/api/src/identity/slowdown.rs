//! Slows guessing at passwords. Waiting times grow per account *and* address that asks, so a stranger who guesses keeps
//! waiting, while the owner at another address is not held up: nobody can lock somebody else's account.

use crate::http::{Answer, Fail};
use moka::ops::compute::{CompResult, Op};
use moka::sync::Cache;
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use std::time::{Duration, Instant};

/// Wrong passwords that cost no waiting.
const FREE: u32 = 4;
const LONGEST: Duration = Duration::from_secs(900);

#[derive(Debug, Clone, Copy)]
struct Guesses {
    count: u32,
    not_before: Instant,
}

/// In memory and per server: a restart forgives, which only costs an attacker's waiting time.
pub struct Slowdown {
    guesses: Cache<[u8; 32], Guesses>,
}

impl Default for Slowdown {
    fn default() -> Self {
        Self { guesses: Cache::builder().max_capacity(100_000).time_to_live(Duration::from_secs(3600)).build() }
    }
}

/// An account name at an address; IPv6 by its /64, which one customer has.
pub fn pair(email: &str, address: Option<IpAddr>) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(email.as_bytes());
    match address.map(|a| a.to_canonical()) {
        Some(IpAddr::V4(v4)) => digest.update(v4.octets()),
        Some(IpAddr::V6(v6)) => digest.update(&v6.octets()[..8]),
        None => {}
    }
    digest.finalize().into()
}

impl Slowdown {
    /// Counts a guess before it is checked, so that many at once do not slip through; refuses while it has to wait.
    pub fn guess(&self, pair: [u8; 32]) -> Answer<()> {
        let now = Instant::now();
        let outcome = self.guesses.entry(pair).and_compute_with(|known| {
            let earlier = known.map(|k| k.into_value());
            match earlier {
                Some(g) if g.not_before > now => Op::Nop,
                _ => {
                    let count = earlier.map_or(1, |g| g.count.saturating_add(1));
                    Op::Put(Guesses { count, not_before: now + wait_after(count) })
                }
            }
        });
        match outcome {
            CompResult::Unchanged(entry) => {
                let left = entry.value().not_before.saturating_duration_since(now);
                Err(Fail::TooMany(left.as_secs() + 1))
            }
            _ => Ok(()),
        }
    }

    pub fn succeeded(&self, pair: [u8; 32]) {
        self.guesses.invalidate(&pair);
    }
}

fn wait_after(count: u32) -> Duration {
    if count < FREE { Duration::ZERO } else { Duration::from_secs(1 << (count - FREE).min(12)).min(LONGEST) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_for_the_guesser_and_not_for_the_owner_elsewhere() {
        let slow = Slowdown::default();
        let (guesser, owner) = (pair("ada@example.org", "192.0.2.1".parse().ok()), pair("ada@example.org", "192.0.2.2".parse().ok()));
        for _ in 0..FREE {
            slow.guess(guesser).unwrap();
        }
        assert!(matches!(slow.guess(guesser), Err(Fail::TooMany(1..=2))));
        slow.guess(owner).unwrap();
        slow.succeeded(guesser);
        slow.guess(guesser).unwrap();
        assert_eq!((wait_after(3), wait_after(6), wait_after(60)), (Duration::ZERO, Duration::from_secs(4), LONGEST));
    }

    #[test]
    fn one_customer_of_ipv6_is_one_address() {
        let at = |text: &str| pair("a", text.parse().ok());
        assert_eq!(at("2001:db8:0:1::1"), at("2001:db8:0:1:ffff::2"));
        assert_ne!(at("2001:db8:0:1::1"), at("2001:db8:0:2::1"));
    }

    #[test]
    fn an_ipv4_caller_is_the_same_on_a_socket_for_both_families() {
        let at = |text: &str| pair("a", text.parse().ok());
        assert_eq!(at("::ffff:192.0.2.1"), at("192.0.2.1"));
        assert_ne!(at("::ffff:192.0.2.1"), at("::ffff:192.0.2.2"), "all of IPv4 is one /64 there");
    }
}
