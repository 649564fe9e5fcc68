//! The twelve criteria: each a pure function of what is asked and one candidate to a value in 0..=1,
//! or unknown. `docs/matching.md` has every formula.

mod certificates;
mod engagement;
mod languages;
mod service;
mod skills;
mod workforce;

pub use super::evidence::evidence;
use super::{Candidate, Criterion, Terms, Values};
pub use certificates::certificates;
pub use engagement::{capacity, price, ready_day, start, time_overlap};
pub use languages::{Mastery, languages, mastery};
pub(super) use languages::{level_value, meets};
pub use service::{RELATED_FIT, line_fit, service_fit};
pub use skills::skills;
pub(super) use skills::value as skills_value;
pub use workforce::{impact_share, responsiveness, target_group};

/// One criterion's value; `None` is unknown. What the need does not ask for has none.
pub fn value(criterion: Criterion, terms: &Terms, candidate: &Candidate) -> Option<f32> {
    if !terms.asked.has(criterion) {
        return None;
    }
    match criterion {
        Criterion::ServiceFit => service_fit(terms, candidate),
        Criterion::Skills => skills(terms, candidate),
        Criterion::Languages => languages(terms, candidate),
        Criterion::Capacity => capacity(terms, candidate),
        Criterion::Price => price(terms, candidate),
        Criterion::TimeOverlap => time_overlap(terms, candidate),
        Criterion::Start => start(terms, candidate),
        Criterion::Certificates => certificates(terms, candidate),
        Criterion::ImpactShare => impact_share(terms, candidate),
        Criterion::TargetGroup => target_group(terms, candidate),
        Criterion::Evidence => evidence(terms, candidate),
        Criterion::Responsiveness => responsiveness(candidate),
    }
}

/// All twelve.
pub fn values(terms: &Terms, candidate: &Candidate) -> Values {
    let mut out = Values::default();
    for c in Criterion::ALL {
        out[c.ordinal()] = value(*c, terms, candidate);
    }
    out
}
