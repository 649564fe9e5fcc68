//! Keeps strangers from filling somebody's mailbox: a few letters of a kind to one address, then none for a while. They are
//! counted for each place that asks, so that who asks too often does not use up what somebody else may ask for.

use crate::http::limits::folded;
use crate::http::{Answer, Fail};
use moka::ops::compute::Op;
use moka::sync::Cache;
use std::net::IpAddr;
use std::time::Duration;

/// From one place.
const MOST: u32 = 5;
/// From everywhere.
const MOST_IN_ALL: u32 = 15;
const WHILE: Duration = Duration::from_secs(600);

pub struct Letters {
    /// By kind, recipient and, unless from everywhere, the place that asks.
    sent: Option<Cache<(&'static str, String, Option<u128>), u32>>,
}

impl Letters {
    /// Without limits everything goes.
    pub fn new(limited: bool) -> Self {
        Self { sent: limited.then(|| Cache::builder().max_capacity(200_000).time_to_live(WHILE).build()) }
    }

    /// Counts a letter, or says how long to wait. The same whether or not the address has an account.
    pub fn count(&self, kind: &'static str, email: &str, from: Option<IpAddr>) -> Answer<()> {
        let place = Some(from.map_or(0, folded));
        if self.may_go((kind, email.to_owned(), place), MOST) && self.may_go((kind, email.to_owned(), None), MOST_IN_ALL) {
            return Ok(());
        }
        Err(Fail::TooMany(WHILE.as_secs()))
    }

    fn may_go(&self, key: (&'static str, String, Option<u128>), most: u32) -> bool {
        let Some(sent) = &self.sent else { return true };
        let mut may = false;
        sent.entry(key).and_compute_with(|known| {
            let count = known.map_or(0, |k| k.into_value());
            may = count < most;
            if may { Op::Put(count + 1) } else { Op::Nop }
        });
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_of_a_kind_from_a_place_and_no_more() {
        let letters = Letters::new(true);
        let from = |text: &str| text.parse().ok();
        let gone = (0..9).filter(|_| letters.count("reset", "ada@example.org", from("192.0.2.1")).is_ok()).count();
        assert_eq!(gone, MOST as usize);
        assert!(letters.count("reset", "ada@example.org", from("192.0.2.2")).is_ok(), "somebody else's asking is hers");
        assert!(letters.count("reset", "ben@example.org", from("192.0.2.1")).is_ok());
        assert!(letters.count("register", "ada@example.org", from("192.0.2.1")).is_ok());
        let everywhere = (0..40).filter(|n| letters.count("reset", "eve@example.org", from(&format!("198.51.100.{n}"))).is_ok());
        assert_eq!(everywhere.count(), MOST_IN_ALL as usize);
        assert!((0..40).all(|_| Letters::new(false).count("reset", "ada@example.org", None).is_ok()));
    }
}
