//! A need while it is being written: what stands in the fields, kept in the browser until it is sent.

use crate::codes::parsed;
use crate::i18n::{k, major, minor, own_time_zone, t};
use crate::session::{NEED_DRAFT as STORED, forget, store, stored};
use crate::ui::{Form, LanguageLine};
use chrono::NaiveDate;
use kazi_core::codes::Currency;
use kazi_core::directory::LanguageSkill;
use kazi_core::matching::{NeedVisibility, Overlap, Wanted};
use kazi_core::money::MoneyRange;

crate::ui::written! {
    /// What stands in the fields of a need.
    struct Written, Draft {
    title: String, description: String, service_line: String, related_lines: bool,
    skills_required: Vec<String>, skills_wished: Vec<String>,
    fte_from: String, fte_to: String, start_by: String, duration_months: String,
    languages: Vec<LanguageLine>, zone: Vec<String>, from: String, until: String, hours: String,
    budget_from: String, budget_to: String, currency: String,
    countries_allowed: Vec<String>, countries_excluded: Vec<String>, certificates: Vec<String>,
    target_groups: Vec<String>, impact_percent: String,
    visibility: String, confidential: bool, alert_from_score: String,
}}

impl Written {
    fn blank() -> Self {
        let zone = own_time_zone().into_iter().collect();
        Self { zone, currency: "USD".into(), visibility: "matched".into(), ..Self::default() }
    }
    pub fn stored() -> Self {
        stored(STORED).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_else(Self::blank)
    }
    pub fn store(&self) {
        if let Ok(text) = serde_json::to_string(self) {
            store(STORED, &text);
        }
    }
    pub fn forget() {
        forget(STORED);
    }

    pub fn of(w: &Wanted) -> Self {
        let text = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
        let clock = |m: i32| format!("{:02}:{:02}", m / 60, m % 60);
        let money =
            |minor: fn(&MoneyRange) -> i64| w.budget_per_hour.as_ref().map(|b| major(minor(b), b.currency).to_string()).unwrap_or_default();
        let overlap = w.overlap.as_ref();
        Self {
            title: w.title.clone(),
            description: w.description.clone().unwrap_or_default(),
            service_line: w.service_line.to_string(),
            related_lines: w.related_lines,
            skills_required: w.skills_required.clone(),
            skills_wished: w.skills_wished.clone(),
            fte_from: text(w.fte_from),
            fte_to: text(w.fte_to),
            start_by: w.start_by.map(|d| d.to_string()).unwrap_or_default(),
            duration_months: w.duration_months.map(|n| n.to_string()).unwrap_or_default(),
            languages: w.languages.iter().map(|l| (l.language.to_string(), l.level.map(|l| l.to_string()).unwrap_or_default())).collect(),
            zone: overlap.map(|o| o.time_zone.to_string()).into_iter().collect(),
            from: overlap.map(|o| clock(o.from_minute)).unwrap_or_default(),
            until: overlap.map(|o| clock(o.until_minute)).unwrap_or_default(),
            hours: text(overlap.map(|o| o.hours)),
            budget_from: money(|b| b.from_minor),
            budget_to: money(|b| b.to_minor),
            currency: w.budget_per_hour.map_or("USD".into(), |b| b.currency.to_string()),
            countries_allowed: crate::codes::texts(&w.countries_allowed),
            countries_excluded: crate::codes::texts(&w.countries_excluded),
            certificates: crate::codes::texts(&w.certificates_required),
            target_groups: crate::codes::texts(&w.target_groups),
            impact_percent: text(w.minimum_impact_share.map(|s| (s * 100.0).round())),
            visibility: w.visibility.to_string(),
            confidential: w.confidential,
            alert_from_score: text(w.alert_from_score),
        }
    }

    /// The need, or `None` after the form was told what is wrong where.
    pub fn wanted(&self, form: Form) -> Option<Wanted> {
        form.clear();
        form.require("/wanted/title", &self.title);
        form.require("/wanted/service_line", &self.service_line);
        let number = |pointer: &str, text: &str| -> Option<f64> {
            let text = text.trim().replace(',', ".");
            let number = text.parse::<f64>().ok().filter(|n| *n >= 0.0);
            if number.is_none() && !text.is_empty() {
                form.refuse(pointer, t(k::ui::NUMBER_WANTED));
            }
            number
        };
        let whole = |pointer: &str, text: &str| -> Option<i32> {
            let number = number(pointer, text)?;
            if number.fract() != 0.0 {
                form.refuse(pointer, t(k::ui::WHOLE_NUMBER_WANTED));
            }
            Some(number as i32)
        };
        let wanted = Wanted {
            title: self.title.trim().to_owned(),
            description: Some(self.description.trim().to_owned()).filter(|d| !d.is_empty()),
            service_line: self.service_line.parse().unwrap_or(kazi_core::codes::ServiceLine::ALL[0]),
            related_lines: self.related_lines,
            fte_from: number("/wanted/fte_from", &self.fte_from),
            fte_to: number("/wanted/fte_to", &self.fte_to),
            start_by: day(form, "/wanted/start_by", &self.start_by),
            duration_months: whole("/wanted/duration_months", &self.duration_months),
            languages: language_skills(&self.languages),
            skills_required: self.skills_required.clone(),
            skills_wished: self.skills_wished.clone(),
            countries_allowed: parsed(&self.countries_allowed),
            countries_excluded: parsed(&self.countries_excluded),
            overlap: self.overlap(form, number("/wanted/overlap/hours", &self.hours)),
            certificates_required: parsed(&self.certificates),
            budget_per_hour: self.budget(
                form,
                number("/wanted/budget_per_hour/from_minor", &self.budget_from),
                number("/wanted/budget_per_hour/to_minor", &self.budget_to),
            ),
            target_groups: parsed(&self.target_groups),
            minimum_impact_share: number("/wanted/minimum_impact_share", &self.impact_percent).map(|p| p / 100.0),
            visibility: self.visibility.parse().unwrap_or(NeedVisibility::Matched),
            confidential: self.confidential,
            alert_from_score: number("/wanted/alert_from_score", &self.alert_from_score),
        };
        (!form.has_errors()).then_some(wanted)
    }

    /// All of it or nothing; the zone alone is nothing, as it stands there to begin with.
    fn overlap(&self, form: Form, hours: Option<f64>) -> Option<Overlap> {
        if [&self.from, &self.until, &self.hours].iter().all(|text| text.trim().is_empty()) {
            return None;
        }
        let whole = |pointer: &str, there: bool| {
            if !there {
                form.refuse(pointer, t(k::matching::OVERLAP_WHOLE));
            }
        };
        let zone = self.zone.first().and_then(|zone| zone.parse().ok());
        let (from, until) = (minutes(&self.from), minutes(&self.until));
        whole("/wanted/overlap/time_zone", zone.is_some());
        whole("/wanted/overlap/from_minute", from.is_some());
        whole("/wanted/overlap/until_minute", until.is_some());
        whole("/wanted/overlap/hours", hours.is_some() || !self.hours.trim().is_empty());
        Some(Overlap { time_zone: zone?, from_minute: from?, until_minute: until?, hours: hours? })
    }

    fn budget(&self, form: Form, from: Option<f64>, to: Option<f64>) -> Option<MoneyRange> {
        let currency: Currency = self.currency.parse().ok()?;
        if from.is_some() && self.budget_to.trim().is_empty() {
            form.refuse("/wanted/budget_per_hour/to_minor", t(k::matching::BUDGET_WHOLE));
        }
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            form.refuse("/wanted/budget_per_hour/to_minor", t(k::matching::BUDGET_ORDER));
        }
        let to = to?;
        Some(MoneyRange { from_minor: minor(from.unwrap_or(0.0), currency), to_minor: minor(to, currency), currency })
    }
}

pub fn language_skills(lines: &[LanguageLine]) -> Vec<LanguageSkill> {
    lines.iter().filter_map(|(tag, level)| Some(LanguageSkill { language: tag.parse().ok()?, level: level.parse().ok() })).collect()
}

/// A day, or that what is written is none.
pub fn day(form: Form, pointer: &str, text: &str) -> Option<NaiveDate> {
    let day = text.trim().parse().ok();
    if day.is_none() && !text.trim().is_empty() {
        form.refuse(pointer, t(k::ui::DATE_WANTED));
    }
    day
}

/// `09:30` as minutes after midnight.
pub fn minutes(clock: &str) -> Option<i32> {
    let (hours, minutes) = clock.split_once(':')?;
    Some(hours.parse::<i32>().ok()? * 60 + minutes.get(..2)?.parse::<i32>().ok()?)
}
