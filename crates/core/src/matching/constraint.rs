//! Hard constraints: apart from the weighted criteria, each met, failed or unconfirmed.
//! An unknown fact fails none of them but the service line; it is flagged and earns nothing in the score.

use super::criteria::{Mastery, mastery};
use super::{Candidate, Terms};
use crate::codes::code_list;
use serde::{Deserialize, Serialize};

code_list! {
    /// What a need demands.
    pub enum Constraint: "a hard constraint such as budget" {
        ServiceLine = "service_line", Country = "country", Skills = "skills", Languages = "languages",
        Capacity = "capacity", MinimumEngagement = "minimum_engagement", Budget = "budget", Overlap = "overlap",
        Start = "start", Certificates = "certificates", ImpactShare = "impact_share",
    }
}

/// How a candidate stands to one constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Met,
    /// The fact is not stated.
    Unconfirmed,
    Failed,
}

code_list! {
    /// What a shortfall's numbers count.
    pub enum Unit: "a unit: fte, share, minor_per_hour, hours, days or count" {
        Fte = "fte", Share = "share",
        /// Minor units of the budget's currency, per hour.
        MinorPerHour = "minor_per_hour",
        Hours = "hours", Days = "days", Count = "count",
    }
}

/// By how much a candidate fails a constraint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shortfall {
    pub constraint: Constraint,
    /// Codes or words asked for that it lacks: skills, languages, certificates, the service line, countries allowed.
    pub missing: Vec<String>,
    /// What it has instead, where that says something: its service line, its countries, expired certificates.
    pub instead: Vec<String>,
    /// The distance, in the unit.
    pub by: Option<f32>,
    pub unit: Option<Unit>,
}

/// How the candidate stands to one constraint; `Met` where the need does not demand it.
pub fn standing(constraint: Constraint, terms: &Terms, c: &Candidate) -> Standing {
    use Standing::{Failed, Met, Unconfirmed};
    let unless = |failed: Option<bool>| failed.map_or(Unconfirmed, |f| if f { Failed } else { Met });
    match constraint {
        Constraint::ServiceLine => match c.service_line {
            Some(line) if line == terms.service_line || (terms.related_lines && line.is_related_to(terms.service_line)) => Met,
            _ => Failed,
        },
        Constraint::Country if terms.restricts_countries() => {
            unless((!c.countries.is_empty()).then(|| !c.countries.iter().any(|x| terms.accepts_country(*x))))
        }
        Constraint::Skills if !terms.skills_required.is_empty() => {
            unless((!c.skills.is_empty()).then(|| terms.skills_required.iter().any(|s| c.skills.binary_search(s).is_err())))
        }
        Constraint::Languages => terms.languages.iter().fold(Met, |so_far, (language, level)| match mastery(c, language, *level) {
            Mastery::Absent | Mastery::Below(_) => Failed,
            Mastery::NotStated | Mastery::LevelNotStated if so_far == Met => Unconfirmed,
            _ => so_far,
        }),
        Constraint::Capacity => match terms.fte_from {
            None => Met,
            Some(from) => match (c.available_fte, c.capacity_fte) {
                (Some(free), _) => unless(Some(free < from)),
                (None, Some(all)) if all < from => Failed,
                _ => Unconfirmed,
            },
        },
        // A provider that states no smallest engagement is taken to have none.
        Constraint::MinimumEngagement => unless(Some(terms.largest_team().zip(c.minimum_fte).is_some_and(|(team, least)| least > team))),
        Constraint::Budget => match &terms.budget {
            None => Met,
            Some(budget) => unless(c.price.filter(|p| p.currency == budget.currency).map(|p| p.low > budget.to)),
        },
        Constraint::Overlap => match &terms.overlap {
            None => Met,
            Some(o) => unless(c.hours.as_ref().and_then(|h| o.minutes_shared(h)).map(|m| m < o.minutes)),
        },
        Constraint::Start => match terms.start_by {
            None => Met,
            Some(day) => unless(c.available_from.map(|from| from > day)),
        },
        Constraint::Certificates if !terms.certificates.is_empty() => {
            unless((!c.certificates.is_empty()).then(|| terms.certificates.iter().any(|k| !c.holds(*k, terms.today))))
        }
        Constraint::ImpactShare => match terms.minimum_share {
            None => Met,
            Some(least) => unless(c.impact_share.map(|s| s < least)),
        },
        Constraint::Country | Constraint::Skills | Constraint::Certificates => Met,
    }
}

/// Failed and unconfirmed constraints.
pub fn standings(terms: &Terms, candidate: &Candidate) -> (Vec<Constraint>, Vec<Constraint>) {
    let (mut failed, mut unconfirmed) = (vec![], vec![]);
    for c in Constraint::ALL {
        match standing(*c, terms, candidate) {
            Standing::Met => {}
            Standing::Failed => failed.push(*c),
            Standing::Unconfirmed => unconfirmed.push(*c),
        }
    }
    (failed, unconfirmed)
}

/// By how much the candidate fails a constraint that it fails.
pub fn shortfall(constraint: Constraint, terms: &Terms, c: &Candidate) -> Shortfall {
    let lacks = |missing: Vec<String>, instead: Vec<String>| {
        let by = (missing.len() > 1 || constraint != Constraint::ServiceLine).then_some(missing.len() as f32);
        Shortfall { constraint, missing, instead, by, unit: by.map(|_| Unit::Count) }
    };
    let number = |by: Option<f32>, unit| Shortfall { constraint, missing: vec![], instead: vec![], by, unit: by.map(|_| unit) };
    match constraint {
        Constraint::ServiceLine => lacks(vec![terms.service_line.to_string()], c.service_line.iter().map(ToString::to_string).collect()),
        Constraint::Country => Shortfall {
            by: None,
            unit: None,
            ..lacks(
                terms.countries_allowed.iter().map(ToString::to_string).collect(),
                c.countries.iter().map(ToString::to_string).collect(),
            )
        },
        Constraint::Skills => lacks(terms.skills_required.iter().filter(|s| c.skills.binary_search(s).is_err()).cloned().collect(), vec![]),
        Constraint::Languages => {
            let (mut missing, mut instead) = (vec![], vec![]);
            for (language, level) in &terms.languages {
                let tag = |level: Option<crate::codes::CefrLevel>| level.map_or(language.to_string(), |l| format!("{language}/{l}"));
                match mastery(c, language, *level) {
                    Mastery::Absent => missing.push(tag(*level)),
                    Mastery::Below(has) => {
                        missing.push(tag(*level));
                        instead.push(tag(Some(has)));
                    }
                    _ => {}
                }
            }
            lacks(missing, instead)
        }
        Constraint::Capacity => number(terms.fte_from.zip(c.available_fte.or(c.capacity_fte)).map(|(wanted, has)| wanted - has), Unit::Fte),
        Constraint::MinimumEngagement => number(terms.largest_team().zip(c.minimum_fte).map(|(team, least)| least - team), Unit::Fte),
        Constraint::Budget => number(terms.budget.zip(c.price).map(|(b, p)| p.low - b.to), Unit::MinorPerHour),
        Constraint::Overlap => {
            let shared = terms.overlap.as_ref().zip(c.hours.as_ref()).and_then(|(o, h)| Some((o.minutes - o.minutes_shared(h)?) / 60.0));
            number(shared, Unit::Hours)
        }
        Constraint::Start => number(terms.start_by.zip(c.available_from).map(|(day, from)| (from - day) as f32), Unit::Days),
        Constraint::Certificates => {
            let missing: Vec<_> = terms.certificates.iter().filter(|k| !c.holds(**k, terms.today)).collect();
            let expired = missing.iter().filter(|k| c.certificates.iter().any(|(kind, _)| kind == **k)).map(ToString::to_string).collect();
            lacks(missing.iter().map(ToString::to_string).collect(), expired)
        }
        Constraint::ImpactShare => number(terms.minimum_share.zip(c.impact_share).map(|(least, has)| least - has), Unit::Share),
    }
}
