//! Keeps strangers from filling somebody's mailbox: a few letters of a kind to one address, then silence for a while.

use moka::ops::compute::Op;
use moka::sync::Cache;
use std::time::Duration;

const MOST: u32 = 5;
const WHILE: Duration = Duration::from_secs(600);

pub struct Letters {
    sent: Cache<(&'static str, String), u32>,
}

impl Default for Letters {
    fn default() -> Self {
        Self { sent: Cache::builder().max_capacity(100_000).time_to_live(WHILE).build() }
    }
}

impl Letters {
    /// Counts a letter; false when it should not go.
    pub fn may_go(&self, kind: &'static str, email: &str) -> bool {
        let mut may = false;
        self.sent.entry((kind, email.to_owned())).and_compute_with(|known| {
            let count = known.map_or(0, |k| k.into_value());
            may = count < MOST;
            if may { Op::Put(count + 1) } else { Op::Nop }
        });
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_of_a_kind_and_no_more() {
        let letters = Letters::default();
        let gone = (0..9).filter(|_| letters.may_go("reset", "ada@example.org")).count();
        assert_eq!(gone, MOST as usize);
        assert!(letters.may_go("reset", "ben@example.org") && letters.may_go("confirm", "ada@example.org"));
    }
}
