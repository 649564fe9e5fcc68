//! What one provider could change, one thing at a time, to stand higher for a need.
//!
//! Every gain is measured by making the change and scoring again, never estimated.

use super::constraint::standings;
use super::criteria::{Mastery, mastery};
use super::{Candidate, Constraint, Criterion, Grades, Price, Shares, Terms, criteria, score};
use crate::codes::{CefrLevel, CertificateKind, Currency, Language, TargetGroup, code_list};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

code_list! {
    /// What is to be changed.
    pub enum LiftKind: "a change such as lower_price" {
        AddSkill = "add_skill", AddLanguage = "add_language", RaiseLanguageLevel = "raise_language_level",
        RaiseCapacity = "raise_capacity", LowerMinimumEngagement = "lower_minimum_engagement", LowerPrice = "lower_price",
        PriceInCurrency = "price_in_currency", ShareHours = "share_hours", StartEarlier = "start_earlier",
        ShortenRampUp = "shorten_ramp_up", ObtainCertificate = "obtain_certificate", RenewCertificate = "renew_certificate",
        RaiseImpactShare = "raise_impact_share", EmployTargetGroup = "employ_target_group",
        ImproveEvidence = "improve_evidence", AnswerInquiries = "answer_inquiries",
    }
}

/// A single change and what it brings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lift {
    pub kind: LiftKind,
    pub criterion: Criterion,
    /// The fact is not stated now: state it, and gain up to this much.
    pub unstated: bool,
    /// The first of `codes`.
    pub code: Option<String>,
    /// Skills, languages, certificates, target groups, or the currency. Several where the list is not stated
    /// at all, since what is not on a stated list is not there.
    pub codes: Vec<String>,
    pub level: Option<CefrLevel>,
    /// FTE, price in minor units per hour, hours, weeks or share to reach.
    pub to: Option<f32>,
    /// Day to reach.
    pub by: Option<NaiveDate>,
    /// Points that the score would rise by; exact, or at most where the fact is not stated now.
    pub gain: f32,
    /// Hard constraints that it would no longer fail or leave unconfirmed.
    pub resolves: Vec<Constraint>,
}

/// A change that can be made to a candidate.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    Skill(String),
    Language(Language, Option<CefrLevel>),
    Capacity(f32),
    MinimumEngagement(f32),
    Price(f32, Currency),
    /// Works round the clock as far as this need is concerned.
    Hours(Box<crate::directory::HoursCovered>),
    AvailableFrom(i32),
    RampUp(i32),
    Certificate(CertificateKind),
    ImpactShare(f32),
    TargetGroup(TargetGroup),
    /// Everything stated is audited.
    Evidence,
    Responsiveness,
    /// A list stated at once, since what is not on a stated list is not there.
    Whole(Vec<Change>),
}

/// The candidate after the change.
pub fn apply(change: &Change, terms: &Terms, candidate: &Candidate) -> Candidate {
    let mut c = candidate.clone();
    match change {
        Change::Skill(skill) => {
            if let Err(place) = c.skills.binary_search(skill) {
                c.skills.insert(place, skill.clone());
            }
        }
        Change::Language(language, level) => match c.languages.iter_mut().find(|(tag, _)| tag == language) {
            Some(known) => known.1 = known.1.max(*level),
            None => {
                c.languages.push((language.clone(), *level));
                c.languages.sort();
            }
        },
        Change::Capacity(fte) => {
            c.available_fte = Some(*fte);
            c.capacity_fte = c.capacity_fte.map(|all| all.max(*fte));
        }
        Change::MinimumEngagement(fte) => c.minimum_fte = Some(*fte),
        Change::Price(minor, currency) => {
            let low = c.price.filter(|p| p.currency == *currency).map_or(*minor, |p| p.low.min(*minor));
            c.price = Some(Price { low, middle: *minor, currency: *currency });
        }
        Change::Hours(hours) => c.hours = Some((**hours).clone()),
        Change::AvailableFrom(day) => c.available_from = Some(*day),
        Change::RampUp(weeks) => c.ramp_up_weeks = Some(*weeks),
        Change::Certificate(kind) => {
            c.certificates.retain(|(k, _)| k != kind);
            c.certificates.push((*kind, Some(terms.today + 365)));
            c.certificates.sort_unstable_by_key(|(kind, _)| *kind);
        }
        Change::ImpactShare(share) => c.impact_share = Some(*share),
        Change::TargetGroup(group) => {
            if !c.target_groups.contains(group) {
                c.target_groups.push(*group);
                c.target_groups.sort_unstable();
            }
        }
        Change::Evidence => c.grades = Grades::audited(candidate),
        Change::Responsiveness => c.responsiveness = Some(1.0),
        Change::Whole(changes) => c = changes.iter().fold(c, |c, change| apply(change, terms, &c)),
    }
    c.grades = c.grades.after(candidate, &c);
    c
}

/// The single changes that bring most, best first: those that resolve a hard constraint before the
/// others, then by gain. Changes that bring nothing are left out.
pub fn lift(terms: &Terms, shares: &Shares, candidate: &Candidate) -> Vec<Lift> {
    let before = score(&criteria::values(terms, candidate), shares).0;
    let open = open_constraints(terms, candidate);
    let mut lifts: Vec<Lift> = possible(terms, candidate)
        .into_iter()
        .filter_map(|(kind, criterion, change)| {
            let after = apply(&change, terms, candidate);
            let gain = score(&criteria::values(terms, &after), shares).0 - before;
            let still = open_constraints(terms, &after);
            let resolves: Vec<_> = open.iter().copied().filter(|c| !still.contains(c)).collect();
            let useful = gain > 0.0 || !resolves.is_empty();
            useful.then(|| describe(kind, criterion, &change, terms, candidate, gain, resolves))
        })
        .collect();
    lifts.sort_by(|a, b| (b.resolves.len().min(1)).cmp(&a.resolves.len().min(1)).then(b.gain.total_cmp(&a.gain)));
    lifts
}

fn open_constraints(terms: &Terms, candidate: &Candidate) -> Vec<Constraint> {
    let (mut failed, unconfirmed) = standings(terms, candidate);
    failed.extend(unconfirmed);
    failed
}

/// Every single change that the need gives a reason for, each just large enough for full value.
pub fn possible(terms: &Terms, c: &Candidate) -> Vec<(LiftKind, Criterion, Change)> {
    let mut out = vec![];
    let skills = terms.skills_required.iter().chain(&terms.skills_wished).filter(|s| c.skills.binary_search(s).is_err());
    let skills = skills.map(|s| (LiftKind::AddSkill, Change::Skill(s.clone()))).collect();
    list(&mut out, Criterion::Skills, c.skills.is_empty(), skills);
    let languages = terms.languages.iter().filter_map(|(language, wanted)| {
        let kind = match mastery(c, language, *wanted) {
            Mastery::Enough => return None,
            Mastery::Below(_) | Mastery::LevelNotStated => LiftKind::RaiseLanguageLevel,
            Mastery::Absent | Mastery::NotStated => LiftKind::AddLanguage,
        };
        // High enough for whatever else it counts for: Brazilian Portuguese also is Portuguese.
        let level = terms.languages.iter().filter(|(asked, _)| criteria::meets(language, asked)).map(|(_, level)| *level).max();
        Some((kind, Change::Language(language.clone(), level.flatten())))
    });
    list(&mut out, Criterion::Languages, c.languages.is_empty(), languages.collect());
    let certificates = terms.certificates.iter().filter(|k| !c.holds(**k, terms.today)).map(|kind| {
        let expired = c.certificates.iter().any(|(k, _)| k == kind);
        (if expired { LiftKind::RenewCertificate } else { LiftKind::ObtainCertificate }, Change::Certificate(*kind))
    });
    list(&mut out, Criterion::Certificates, c.certificates.is_empty(), certificates.collect());
    let groups = terms.target_groups.iter().filter(|g| !c.target_groups.contains(g));
    let groups = groups.map(|g| (LiftKind::EmployTargetGroup, Change::TargetGroup(*g))).collect();
    list(&mut out, Criterion::TargetGroup, c.target_groups.is_empty(), groups);
    if let Some(team) = terms.largest_team() {
        if c.available_fte.is_none_or(|x| x < team) {
            out.push((LiftKind::RaiseCapacity, Criterion::Capacity, Change::Capacity(team)));
        }
        if c.minimum_fte.is_some_and(|x| x > team) {
            out.push((LiftKind::LowerMinimumEngagement, Criterion::Capacity, Change::MinimumEngagement(team)));
        }
    }
    if let Some(b) = terms.budget {
        match c.price {
            Some(p) if p.currency == b.currency => {
                // Nobody is told to work for nothing: a budget from 0 asks for its top.
                let target = if b.from > 0.0 && p.middle <= b.to { b.from } else { b.to };
                if p.middle > target {
                    out.push((LiftKind::LowerPrice, Criterion::Price, Change::Price(target, b.currency)));
                }
            }
            other => {
                let kind = if other.is_some() { LiftKind::PriceInCurrency } else { LiftKind::LowerPrice };
                out.push((kind, Criterion::Price, Change::Price(if b.from > 0.0 { b.from } else { b.to }, b.currency)));
            }
        }
    }
    if let Some(o) = &terms.overlap
        && c.hours.as_ref().and_then(|h| o.minutes_shared(h)).is_none_or(|m| m < o.minutes)
        && let Some(hours) = o.full_hours()
    {
        out.push((LiftKind::ShareHours, Criterion::TimeOverlap, Change::Hours(Box::new(hours))));
    }
    if let Some(day) = terms.start_by {
        let ramp = 7 * c.ramp_up_weeks.unwrap_or(0);
        let latest = (day - ramp).max(terms.today);
        if c.available_from.is_none_or(|from| from > latest && from > terms.today) {
            out.push((LiftKind::StartEarlier, Criterion::Start, Change::AvailableFrom(latest)));
        }
        let weeks = ((day - c.available_from.unwrap_or(terms.today).max(terms.today)) / 7).max(0);
        if c.ramp_up_weeks.is_none_or(|w| w > weeks) {
            out.push((LiftKind::ShortenRampUp, Criterion::Start, Change::RampUp(weeks)));
        }
    }
    if c.impact_share.is_none_or(|s| s < 1.0) {
        let target = terms.minimum_share.filter(|least| c.impact_share.is_some_and(|s| s < *least)).unwrap_or(1.0);
        out.push((LiftKind::RaiseImpactShare, Criterion::ImpactShare, Change::ImpactShare(target)));
    }
    if c.grades != Grades::audited(c) {
        out.push((LiftKind::ImproveEvidence, Criterion::Evidence, Change::Evidence));
    }
    if c.responsiveness.is_none_or(|r| r < 1.0) {
        out.push((LiftKind::AnswerInquiries, Criterion::Responsiveness, Change::Responsiveness));
    }
    out
}

/// Entries of a list one by one, or all at once where the list is not stated.
fn list(out: &mut Vec<(LiftKind, Criterion, Change)>, criterion: Criterion, unstated: bool, entries: Vec<(LiftKind, Change)>) {
    if !unstated {
        out.extend(entries.into_iter().map(|(kind, change)| (kind, criterion, change)));
    } else if let Some(kind) = entries.first().map(|(kind, _)| *kind) {
        out.push((kind, criterion, Change::Whole(entries.into_iter().map(|(_, change)| change).collect())));
    }
}

fn describe(
    kind: LiftKind,
    criterion: Criterion,
    change: &Change,
    terms: &Terms,
    candidate: &Candidate,
    gain: f32,
    resolves: Vec<Constraint>,
) -> Lift {
    let mut lift = Lift {
        kind,
        criterion,
        unstated: criteria::value(criterion, terms, candidate).is_none(),
        code: codes(change).into_iter().next(),
        codes: codes(change),
        level: None,
        to: None,
        by: None,
        gain,
        resolves,
    };
    match change {
        Change::Language(_, level) => lift.level = *level,
        Change::Price(x, _) | Change::Capacity(x) | Change::MinimumEngagement(x) | Change::ImpactShare(x) => lift.to = Some(*x),
        Change::Hours(_) => lift.to = terms.overlap.map(|o| o.minutes / 60.0),
        Change::AvailableFrom(day) => lift.by = NaiveDate::from_num_days_from_ce_opt(*day),
        Change::RampUp(weeks) => lift.to = Some(*weeks as f32),
        Change::Evidence | Change::Responsiveness => lift.to = Some(1.0),
        Change::Skill(_) | Change::Certificate(_) | Change::TargetGroup(_) | Change::Whole(_) => {}
    }
    lift
}

fn codes(change: &Change) -> Vec<String> {
    match change {
        Change::Skill(skill) => vec![skill.clone()],
        Change::Language(language, _) => vec![language.to_string()],
        Change::Price(_, currency) => vec![currency.to_string()],
        Change::Certificate(kind) => vec![kind.to_string()],
        Change::TargetGroup(group) => vec![group.to_string()],
        Change::Whole(changes) => changes.iter().flat_map(codes).collect(),
        _ => vec![],
    }
}
