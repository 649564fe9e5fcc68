//! One row scored exactly from the columns: the formulas of `criteria` and `constraint` on the very numbers
//! that they get from a `Candidate`. A property test holds the two together.

use super::plan::Plan;
use super::segment::{LANGUAGES_STATED, SKILLS_STATED, Segment};
use super::{Index, Place, whereabouts};
use crate::codes::ServiceLine;
use crate::matching::{Criterion, NEAR_FAILURES, Values, criteria, evidence};

/// Failures and values; `None` for who is too far off to be told of.
pub(super) fn exact(index: &Index, plan: &Plan, at: Place) -> Option<(u8, Values)> {
    let (which, row) = whereabouts(at);
    let (s, i) = (&index.segments[which], row as usize);
    let t = plan.terms;
    let asked = |c: Criterion| t.asked.has(c);
    let stated = |x: f32| (!x.is_nan()).then_some(x);
    let mut failures = plan.parts.iter().find(|p| p.segment == which)?.failures;
    let mut fails = |fails: bool| failures += u8::from(fails);
    let mut values = Values::default();
    let mut value = |c: Criterion, v: Option<f32>| values[c.ordinal()] = v;

    value(Criterion::ServiceFit, ServiceLine::ALL.get(which).map(|line| criteria::line_fit(t.service_line, *line)));
    if t.restricts_countries() {
        fails(plan.by_countries.get(s.countries[i]) < 0.0);
    }
    if asked(Criterion::Skills) && s.flags[i] & SKILLS_STATED != 0 {
        let has = |n: u32| s.skills.get(n as usize).is_some_and(|list| list.has(row));
        let required = plan.required.iter().flatten().filter(|n| has(**n)).count();
        let wished = plan.wished.iter().filter(|n| has(**n)).count();
        fails(required < plan.required.len());
        value(Criterion::Skills, Some(criteria::skills_value(t, 2 * required + wished)));
    }
    if asked(Criterion::Languages) && s.flags[i] & LANGUAGES_STATED != 0 {
        let (fail, mean) = languages(plan, s, row);
        fails(fail);
        value(Criterion::Languages, mean);
    }
    let (available, all) = (s.available[i], s.capacity[i]);
    if let Some(team) = t.largest_team() {
        fails(s.minimum[i] > team);
        fails(t.fte_from.is_some_and(|from| available < from || (available.is_nan() && all < from)));
        value(Criterion::Capacity, stated(available).map(|x| t.capacity.at(x)));
    }
    if let Some(budget) = &t.budget
        && plan.currency == Some(s.currency[i])
    {
        fails(s.price_low[i] > budget.to);
        value(Criterion::Price, Some(budget.curve.at(s.price_middle[i])));
    }
    if let Some(overlap) = &t.overlap
        && s.shift[i] != 0
        && let Some(minutes) = overlap.minutes_shared(index.shifts.get(s.shift[i] - 1))
    {
        fails(minutes < overlap.minutes);
        value(Criterion::TimeOverlap, Some(overlap.curve.at(minutes)));
    }
    if let Some(day) = t.start_by {
        let (from, ramp) = (s.from_day[i], s.ramp_days[i]);
        fails(from > day as f32);
        value(Criterion::Start, stated(from).zip(stated(ramp)).map(|(from, ramp)| t.start.at(from.max(t.today as f32) + ramp)));
    }
    let mut backed = evidence::sum(s.grades[i] & t.evidence.mask);
    if plan.certificates != 0 && s.stated[i] != 0 {
        let held = s.stated[i] & !index.expired(at, t.today) & plan.certificates;
        let grades = index.certificate_grades(at);
        backed +=
            t.certificates.iter().filter(|k| held >> **k as u16 & 1 == 1).map(|k| evidence::certificate_quarters(grades, *k)).sum::<u32>();
        fails(held != plan.certificates);
        value(Criterion::Certificates, Some(held.count_ones() as f32 / plan.certificates.count_ones() as f32));
    }
    fails(t.minimum_share.is_some_and(|least| s.share[i] < least));
    value(Criterion::ImpactShare, stated(s.share[i]).map(|x| t.impact_share.at(x)));
    if plan.groups != 0 && s.groups[i] != 0 {
        let employed = (s.groups[i] & plan.groups).count_ones();
        value(Criterion::TargetGroup, Some(employed as f32 / plan.groups.count_ones() as f32));
    }
    value(Criterion::Evidence, t.evidence.value(backed));
    value(Criterion::Responsiveness, stated(s.responsiveness[i]));
    (usize::from(failures) <= NEAR_FAILURES).then_some((failures, values))
}

/// Whether one of them fails, and the mean, unknown as long as one level is.
fn languages(plan: &Plan, s: &Segment, row: u32) -> (bool, Option<f32>) {
    let (mut fails, mut unclear, mut sum) = (false, false, 0.0f32);
    for asked in &plan.languages {
        let codes = asked.tags.iter().map(|tag| s.languages.get(*tag as usize).map_or(0, |l| l.code(row)));
        sum += match (codes.max().unwrap_or(0), asked.level) {
            (0, _) => {
                fails = true;
                0.0
            }
            (_, None) => 1.0,
            (1, Some(_)) => {
                unclear = true;
                0.0
            }
            (code, Some(wanted)) => {
                let has = crate::codes::CefrLevel::ALL[usize::from(code) - 2];
                fails |= has < wanted;
                criteria::level_value(has, wanted)
            }
        };
    }
    (fails, (!unclear).then(|| sum / plan.languages.len() as f32))
}
