//! What changed between two versions, and whether it was called by its name.

use super::check::{Fault, FaultKind};
use super::{Change, Metric, MetricCode, Standard, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Two versions side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = StandardDifference))]
pub struct Difference {
    pub before: u32,
    pub after: u32,
    /// Of what holds for the whole standard, such as `decay/documented`.
    pub fields: Vec<FieldChange>,
    /// In the order of the version after, then those that are gone. Unchanged ones are left out.
    pub metrics: Vec<MetricDifference>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MetricDifference {
    pub metric: MetricCode,
    /// What the version after says that it did; null where the metric is gone.
    pub declared: Option<Change>,
    /// The mildest word that would be honest; null where the metric is gone.
    pub least: Option<Change>,
    pub fields: Vec<FieldChange>,
}

/// One field before and after; null where it was or is not stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldChange {
    /// `name/en`, `formula`, `options/yes_all/fr`, `scoring/thresholds/floor`
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
    /// Figures or points change with it, so it can't be called editorial.
    pub material: bool,
}

impl Difference {
    pub fn between(before: &Standard, after: &Standard) -> Self {
        let mut metrics: Vec<MetricDifference> =
            after.metrics.iter().map(|metric| MetricDifference::of(before.metric(&metric.code), metric)).collect();
        metrics.retain(|m| m.declared != m.least || m.least != Some(Change::Unchanged));
        let gone = before.metrics.iter().filter(|metric| after.metric(&metric.code).is_none());
        metrics.extend(gone.map(|metric| MetricDifference {
            metric: metric.code.clone(),
            declared: None,
            least: None,
            fields: compare(&fields(metric), &BTreeMap::new()),
        }));
        Self { before: before.version, after: after.version, fields: compare(&whole(before), &whole(after)), metrics }
    }

    /// Whether a figure or a score of before and after does not compare as it stands.
    pub fn is_material(&self) -> bool {
        let mild = |change| matches!(change, Some(Change::Unchanged | Change::Editorial));
        self.fields.iter().any(|field| field.material) || self.metrics.iter().any(|metric| !mild(metric.least))
    }
}

impl MetricDifference {
    fn of(before: Option<&Metric>, after: &Metric) -> Self {
        let was = before.map(fields).unwrap_or_default();
        let fields = compare(&was, &fields(after));
        let least = match before {
            None => Change::New,
            Some(_) if after.change == Change::Retired => Change::Retired,
            Some(before) if before.change == Change::Retired || fields.iter().any(|field| field.material) => Change::Material,
            Some(_) if fields.is_empty() => Change::Unchanged,
            Some(_) => Change::Editorial,
        };
        Self { metric: after.code.clone(), declared: Some(after.change), least: Some(least), fields }
    }

    fn is_honest(&self) -> bool {
        match (self.declared, self.least) {
            (Some(declared), Some(least)) => declared == least || (declared == Change::Material && least == Change::Editorial),
            _ => false,
        }
    }
}

impl Standard {
    /// What is wrong with this version as the one that follows `before`, besides what `check` finds.
    pub fn check_after(&self, before: &Standard) -> Vec<Fault> {
        let mut faults = vec![];
        let mut add = |kind, metric: Option<&MetricCode>, pointer: String, message: String| {
            faults.push(Fault { kind, metric: metric.cloned(), pointer, message });
        };
        if Some(self.version) != before.version.checked_add(1) {
            add(FaultKind::Version, None, "/version".into(), format!("Version {} is followed by the next number.", before.version));
        }
        if self.adopted < before.adopted {
            add(FaultKind::Version, None, "/adopted".into(), format!("The version before was adopted on {}.", before.adopted));
        }
        for difference in Difference::between(before, self).metrics {
            let code = &difference.metric;
            let place = self.metrics.iter().position(|metric| metric.code == *code);
            match (place, difference.least, difference.declared) {
                (Some(n), Some(least), Some(declared)) if !difference.is_honest() => {
                    let material: Vec<&str> = difference.fields.iter().filter(|f| f.material).map(|f| f.field.as_str()).collect();
                    let because = if material.is_empty() { String::new() } else { format!(" ({})", material.join(", ")) };
                    let message = format!("This change is called {declared}; it is {least}{because}.");
                    add(FaultKind::DishonestChange, Some(code), format!("/metrics/{n}/change"), message);
                }
                (Some(_), ..) => {}
                (None, ..) => {
                    let message = format!("'{code}' is gone. Retire it instead, so that old figures keep their meaning.");
                    add(FaultKind::Removed, Some(code), "/metrics".into(), message);
                }
            }
        }
        faults
    }
}

/// Whether figures or points hang on a field: all do but words and crosswalks.
fn is_material(field: &str) -> bool {
    let word = field.ends_with("/en") || field.ends_with("/fr");
    !(word || field.starts_with("crosswalk/"))
}

fn compare(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<FieldChange> {
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    let changes = names.into_iter().map(|field| FieldChange {
        field: field.clone(),
        before: before.get(field).cloned(),
        after: after.get(field).cloned(),
        material: is_material(field),
    });
    changes.filter(|change| change.before != change.after).collect()
}

fn whole(standard: &Standard) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let decay = standard.decay;
    let months = [
        ("documented", decay.documented),
        ("third_party_audited", decay.third_party_audited),
        ("worker_corroborated", decay.worker_corroborated),
        ("outcome_verified", decay.outcome_verified),
    ];
    out.extend(months.map(|(grade, months)| (format!("decay/{grade}"), months.to_string())));
    put(&mut out, "decay_rationale", &standard.decay_rationale);
    out
}

fn fields(metric: &Metric) -> BTreeMap<String, String> {
    let mut out = BTreeMap::from([
        ("pillar".to_owned(), metric.pillar.to_string()),
        ("kind".to_owned(), metric.kind.to_string()),
        ("unit".to_owned(), metric.unit.to_string()),
        ("direction".to_owned(), metric.direction.to_string()),
        ("timing".to_owned(), metric.timing.to_string()),
        ("tier".to_owned(), metric.tier.to_string()),
    ]);
    put(&mut out, "name", &metric.name);
    put(&mut out, "definition", &metric.definition);
    put(&mut out, "usage", &metric.usage);
    out.extend(metric.formula.iter().map(|formula| ("formula".to_owned(), formula.to_string())));
    let mut by: Vec<&str> = metric.by.iter().map(|dimension| dimension.as_str()).collect();
    by.sort_unstable();
    out.extend((!by.is_empty()).then(|| ("by".to_owned(), by.join(", "))));
    for option in &metric.options {
        out.insert(format!("options/{}", option.code), option.code.to_string());
        put(&mut out, &format!("options/{}", option.code), &option.name);
    }
    for entry in &metric.crosswalk {
        out.insert(format!("crosswalk/{}/{}", entry.catalogue, entry.id), entry.match_type.to_string());
    }
    if let Some(scoring) = &metric.scoring {
        out.insert("scoring/weight".into(), scoring.weight.to_string());
        put(&mut out, "scoring/rationale", &scoring.rationale);
        if let Some(thresholds) = scoring.thresholds {
            out.insert("scoring/thresholds/floor".into(), thresholds.floor.to_string());
            out.insert("scoring/thresholds/target".into(), thresholds.target.to_string());
        }
    }
    out
}

fn put(out: &mut BTreeMap<String, String>, field: &str, text: &Text) {
    out.insert(format!("{field}/en"), text.en.clone());
    out.insert(format!("{field}/fr"), text.fr.clone());
}
