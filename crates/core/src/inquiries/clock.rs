//! The response clock: how a provider answers what it is asked. Pure arithmetic over its threads.

use super::InquiryState;
use crate::Instant;
use crate::directory::Responsiveness;
use crate::ids::OrganisationId;

/// What the clock reads of one thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Who asked. Organisations that share a member with the provider are left out before.
    pub sender: OrganisationId,
    pub sent_at: Instant,
    pub reply_by: Instant,
    /// When it was first answered or declined with a reason.
    pub replied_at: Option<Instant>,
}

impl Asked {
    fn in_time(&self) -> bool {
        self.replied_at.is_some_and(|at| at <= self.reply_by)
    }
    fn hours(&self) -> Option<f32> {
        Some(self.replied_at?.since(self.sent_at).num_seconds().max(0) as f32 / 3600.0)
    }
}

/// Whether a thread is overdue: its reply-by moment has passed without a reply, and a reply is still waited for.
/// Once the inquiry is closed none is.
pub fn is_overdue(inquiry: InquiryState, reply_by: Instant, replied_at: Option<Instant>, now: Instant) -> bool {
    inquiry == InquiryState::Open && replied_at.is_none() && now > reply_by
}

/// Over the threads of one provider. A thread counts once it was answered or its time has run out; `None` while
/// none counts. A reply after the reply-by moment counts as received, not as answered. Of one sender at most one
/// thread a day counts, the one that speaks best for the provider: nobody's standing can be worn down, or
/// polished, by asking often.
pub fn responsiveness(threads: &[Asked], now: Instant) -> Option<Responsiveness> {
    let mut counted: Vec<&Asked> = threads.iter().filter(|t| t.replied_at.is_some() || now > t.reply_by).collect();
    let speaks = |t: &Asked| (!t.in_time(), t.replied_at.is_none(), t.hours().map_or(i64::MAX, |h| (h * 3600.0) as i64));
    counted.sort_by_key(|t| (t.sender, t.sent_at.day(), speaks(t)));
    counted.dedup_by_key(|t| (t.sender, t.sent_at.day()));
    if counted.is_empty() {
        return None;
    }
    let answered = counted.iter().filter(|t| t.in_time()).count();
    let mut hours: Vec<f32> = counted.iter().filter_map(|t| t.hours()).collect();
    hours.sort_unstable_by(f32::total_cmp);
    let median_hours = match hours.len() {
        0 => None,
        n if n % 2 == 1 => Some(hours[n / 2]),
        n => Some((hours[n / 2 - 1] + hours[n / 2]) / 2.0),
    };
    Some(Responsiveness { received: counted.len() as u32, answered: answered as u32, median_hours })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;

    /// Hours after midnight.
    fn at(hours: i64) -> Instant {
        Instant::from_micros(1_789_948_800_000_000).plus(Duration::hours(hours))
    }
    fn asked(sender: u128, replied: Option<i64>) -> Asked {
        Asked { sender: uuid::Uuid::from_u128(sender).into(), sent_at: at(0), reply_by: at(100), replied_at: replied.map(at) }
    }

    #[test]
    fn nothing_counts_before_it_is_due() {
        assert_eq!(responsiveness(&[], at(1)), None);
        assert_eq!(responsiveness(&[asked(1, None)], at(100)), None);
        assert_eq!(responsiveness(&[asked(1, None)], at(101)).unwrap().received, 1);
    }

    #[test]
    fn late_is_received_and_not_answered() {
        let threads = [asked(1, Some(2)), asked(2, Some(120)), asked(3, None), asked(4, Some(10))];
        let clock = responsiveness(&threads, at(130)).unwrap();
        assert_eq!((clock.received, clock.answered, clock.median_hours), (4, 2, Some(10.0)));
        let clock = responsiveness(&[asked(1, Some(2)), asked(2, Some(5)), asked(3, None)], at(50)).unwrap();
        assert_eq!((clock.received, clock.answered, clock.median_hours), (2, 2, Some(3.5)));
        assert_eq!(responsiveness(&[asked(1, None)], at(500)).unwrap().median_hours, None);
    }

    #[test]
    fn a_sender_counts_once_a_day_by_what_was_answered_best() {
        let flood: Vec<Asked> = (0..40).map(|_| asked(1, None)).chain([asked(1, Some(30)), asked(1, Some(9)), asked(2, Some(5))]).collect();
        let clock = responsiveness(&flood, at(200)).unwrap();
        assert_eq!((clock.received, clock.answered, clock.median_hours), (2, 2, Some(7.0)));
        let next_day = Asked { sent_at: at(24), ..asked(1, None) };
        assert_eq!(responsiveness(&[asked(1, Some(9)), next_day], at(200)).unwrap().received, 2);
        assert_eq!(responsiveness(&[asked(1, None), asked(1, Some(150))], at(200)).unwrap().answered, 0);
    }

    #[test]
    fn a_closed_inquiry_waits_for_nobody() {
        let overdue = |state, replied, hour| is_overdue(state, at(100), replied, at(hour));
        assert!(overdue(InquiryState::Open, None, 101));
        assert!(!overdue(InquiryState::Open, None, 100) && !overdue(InquiryState::Open, Some(at(3)), 101));
        assert!(!overdue(InquiryState::Closed, None, 101));
    }
}
