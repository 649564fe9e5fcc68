//! The response clock: how a provider answers what it is asked. Pure arithmetic over its threads.

use crate::Instant;
use crate::directory::Responsiveness;

/// What the clock reads of one thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    pub sent_at: Instant,
    pub reply_by: Instant,
    /// When it was first answered or declined with a reason.
    pub replied_at: Option<Instant>,
}

impl Asked {
    /// The reply-by moment has passed and nothing came.
    pub fn is_overdue(&self, now: Instant) -> bool {
        self.replied_at.is_none() && now > self.reply_by
    }
}

/// Over all threads of one provider. A thread counts once it was answered or its time has run out;
/// `None` while none counts. A reply after the reply-by moment counts as received, not as answered.
pub fn responsiveness(threads: &[Asked], now: Instant) -> Option<Responsiveness> {
    let counted = threads.iter().filter(|t| t.replied_at.is_some() || t.is_overdue(now)).count();
    if counted == 0 {
        return None;
    }
    let answered = threads.iter().filter(|t| t.replied_at.is_some_and(|at| at <= t.reply_by)).count();
    let mut hours: Vec<f32> =
        threads.iter().filter_map(|t| Some(t.replied_at?.since(t.sent_at).num_seconds().max(0) as f32 / 3600.0)).collect();
    hours.sort_unstable_by(f32::total_cmp);
    let median_hours = match hours.len() {
        0 => None,
        n if n % 2 == 1 => Some(hours[n / 2]),
        n => Some((hours[n / 2 - 1] + hours[n / 2]) / 2.0),
    };
    Some(Responsiveness { received: counted as u32, answered: answered as u32, median_hours })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;

    fn at(hours: i64) -> Instant {
        Instant::from_micros(1_790_000_000_000_000).plus(Duration::hours(hours))
    }
    fn asked(replied: Option<i64>) -> Asked {
        Asked { sent_at: at(0), reply_by: at(100), replied_at: replied.map(at) }
    }

    #[test]
    fn nothing_counts_before_it_is_due() {
        assert_eq!(responsiveness(&[], at(1)), None);
        assert_eq!(responsiveness(&[asked(None)], at(100)), None);
        assert_eq!(responsiveness(&[asked(None)], at(101)).unwrap().received, 1);
    }

    #[test]
    fn late_is_received_and_not_answered() {
        let clock = responsiveness(&[asked(Some(2)), asked(Some(120)), asked(None), asked(Some(10))], at(130)).unwrap();
        assert_eq!((clock.received, clock.answered, clock.median_hours), (4, 2, Some(10.0)));
        let clock = responsiveness(&[asked(Some(2)), asked(Some(5)), asked(None)], at(50)).unwrap();
        assert_eq!((clock.received, clock.answered, clock.median_hours), (2, 2, Some(3.5)));
        assert_eq!(responsiveness(&[asked(None)], at(500)).unwrap().median_hours, None);
    }
}
