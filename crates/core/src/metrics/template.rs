//! The table by which an organisation reports a period: one row a metric, filled in as far as it is known. What comes back
//! is read cell by cell; a row left empty says nothing.

use super::{Audience, Document, Figure, Part, Reading, ReadingLine, ReportingPeriod, Stated};
use crate::codes::{Currency, code_list};
use crate::ids::SiteId;
use crate::money::Money;
use crate::problem::FieldError;
use crate::standard::{Answer, Dimension, Metric, MetricKind, MetricValue, MoneyRate, Standard};
use std::str::FromStr;

/// The columns before those of the parts. `name`, `unit` and `before` are for the reader and are not read back.
const FIRST: [&str; 9] = ["metric", "name", "unit", "period", "site", "before", "answer", "value", "currency"];
const LAST: [&str; 6] = ["method", "document", "document_address", "document_date", "audience", "reason"];
const BY: [Dimension; 3] = [Dimension::Gender, Dimension::AgeBand, Dimension::TargetGroup];

/// The name of a part's column: `gender:women`.
fn part_column(by: Dimension, code: &str) -> String {
    format!("{by}:{code}")
}

/// The first row.
pub fn template_columns() -> Vec<String> {
    let parts = BY.into_iter().flat_map(|by| by.codes().unwrap_or_default().into_iter().map(move |code| part_column(by, code)));
    FIRST.into_iter().map(str::to_owned).chain(parts).chain(LAST.into_iter().map(str::to_owned)).collect()
}

/// The metrics that a template asks for: all that are reported, or reported by site.
pub fn template_metrics(standard: &Standard, site: Option<SiteId>) -> impl Iterator<Item = &Metric> {
    standard.metrics.iter().filter(move |m| m.is_reported() && (site.is_none() || m.by.contains(&Dimension::Site)))
}

/// A metric's row: what was given already stands in it, what was given for the period before is shown beside it.
pub fn template_row(
    metric: &Metric,
    name: &str,
    period: ReportingPeriod,
    site: Option<SiteId>,
    given: Option<&Reading>,
    before: Option<&Reading>,
) -> Vec<String> {
    let stated = given.map(|reading| &reading.stated);
    let cell = |column: &str| match column {
        "metric" => metric.code.to_string(),
        "name" => name.to_owned(),
        "unit" => unit_hint(metric),
        "period" => period.to_string(),
        "site" => site.map(|site| site.to_string()).unwrap_or_default(),
        "before" => before.map(|reading| shown(&reading.stated.answer)).unwrap_or_default(),
        "answer" => stated.map(|s| state_word(&s.answer).to_owned()).unwrap_or_default(),
        "value" => stated.map(|s| value_text(&s.answer)).unwrap_or_default(),
        "currency" => stated.and_then(|s| currency(&s.answer)).map(|c| c.to_string()).unwrap_or_default(),
        "method" => stated.and_then(|s| s.method.clone()).unwrap_or_default(),
        "document" => document(stated).map(|d| d.title.clone()).unwrap_or_default(),
        "document_address" => document(stated).and_then(|d| d.address.clone()).unwrap_or_default(),
        "document_date" => document(stated).map(|d| d.dated.to_string()).unwrap_or_default(),
        "audience" => stated.map(|s| s.audience.to_string()).unwrap_or_default(),
        "reason" => String::new(),
        part => stated
            .and_then(|s| s.parts.iter().find(|p| part_column(p.by, &p.code) == part))
            .map(|p| value_text(&p.answer))
            .unwrap_or_default(),
    };
    template_columns().iter().map(|column| cell(column)).collect()
}

fn document(stated: Option<&Stated>) -> Option<&Document> {
    stated.and_then(|s| s.documents.first())
}

fn unit_hint(metric: &Metric) -> String {
    match metric.kind {
        MetricKind::YesNo => "yes / no".into(),
        MetricKind::Choice => metric.options.iter().map(|o| o.code.as_str()).collect::<Vec<_>>().join(" / "),
        MetricKind::Share => "0 … 1, 35%".into(),
        _ => metric.unit.to_string(),
    }
}

fn state_word(answer: &Answer<MetricValue>) -> &'static str {
    match answer {
        Answer::Value(_) => "value",
        Answer::Unknown => "unknown",
        Answer::NotApplicable => "not_applicable",
        Answer::Withheld => "withheld",
    }
}

fn currency(answer: &Answer<MetricValue>) -> Option<Currency> {
    answer.as_ref().value()?.currency()
}

/// A value as a cell has it: money in whole units of its currency, with a point.
fn value_text(answer: &Answer<MetricValue>) -> String {
    let Answer::Value(value) = answer else { return String::new() };
    match value {
        MetricValue::YesNo(yes) => if *yes { "yes" } else { "no" }.into(),
        MetricValue::Choice(code) => code.clone(),
        value => {
            let digits = currency(answer).map_or(0, Currency::minor_digits);
            (value.magnitude().unwrap_or_default() / 10f64.powi(i32::from(digits))).to_string()
        }
    }
}

fn shown(answer: &Answer<MetricValue>) -> String {
    match (answer, currency(answer)) {
        (Answer::Value(_), Some(currency)) => format!("{} {currency}", value_text(answer)),
        (Answer::Value(_), None) => value_text(answer),
        (other, _) => state_word(other).into(),
    }
}

/// Reads a row back. `None`: it says nothing. Errors point to the column.
pub fn read_template_row(standard: &Standard, header: &[String], cells: &[String]) -> Result<Option<ReadingLine>, Vec<FieldError>> {
    let cell = |column: &str| {
        let at = header.iter().position(|name| name.trim().eq_ignore_ascii_case(column));
        at.and_then(|at| cells.get(at)).map(|text| text.trim()).filter(|text| !text.is_empty())
    };
    let parts: Vec<(Dimension, &str, &str)> = BY
        .into_iter()
        .flat_map(|by| by.codes().unwrap_or_default().into_iter().map(move |code| (by, code)))
        .filter_map(|(by, code)| Some((by, code, cell(&part_column(by, code))?)))
        .collect();
    if cell("answer").is_none() && cell("value").is_none() && parts.is_empty() {
        return Ok(None);
    }
    let mut errors = vec![];
    let mut wrong = |column: &str, message: String| errors.push(FieldError { pointer: column.into(), code: "format".into(), message });
    let metric = match cell("metric").map(|code| code.parse()) {
        None => Err("Say which metric it is, by its code.".to_owned()),
        Some(Err(why)) => Err(format!("{why}.")),
        Some(Ok(code)) => standard.metric(&code).ok_or_else(|| format!("The standard has no metric '{code}'.")),
    };
    let period = match cell("period").map(ReportingPeriod::from_str) {
        None => Err("Say which period it is, such as 2026-Q3.".to_owned()),
        Some(read) => read.map_err(|why| format!("{why}.")),
    };
    let site = cell("site").map(|id| SiteId::from_str(id).map_err(|_| "Not the id of a site; leave the cell as it came.".to_owned()));
    let (metric, period, site) = match (metric, period, site.transpose()) {
        (Ok(metric), Ok(period), Ok(site)) => (metric, period, site),
        (metric, period, site) => {
            metric.err().into_iter().for_each(|why| wrong("metric", why));
            period.err().into_iter().for_each(|why| wrong("period", why));
            site.err().into_iter().for_each(|why| wrong("site", why));
            return Err(errors);
        }
    };
    let money = cell("currency").map(Currency::from_str).transpose().map_err(|why| format!("{why}.")).unwrap_or_else(|why| {
        wrong("currency", why);
        None
    });
    let answer = match (cell("answer"), cell("value")) {
        (None | Some("value"), Some(text)) => read_value(metric, text, money).map(Answer::Value),
        (Some("value"), None) => Err("There is no value; write one, or another answer.".into()),
        (Some(_), Some(_)) => Err("There is a value: write 'value' or nothing in the column answer, or take the value away.".into()),
        (Some("unknown"), None) | (None, None) => Ok(Answer::Unknown),
        (Some("not_applicable"), None) => Ok(Answer::NotApplicable),
        (Some("withheld"), None) => Ok(Answer::Withheld),
        (Some(_), None) => Err("Must be value, unknown, not_applicable or withheld.".into()),
    };
    let answer = answer.unwrap_or_else(|why| {
        wrong(if cell("value").is_some() { "value" } else { "answer" }, why);
        Answer::Unknown
    });
    let mut stated_parts = vec![];
    for (by, code, text) in parts {
        match read_value(metric, text, money) {
            Ok(value) => stated_parts.push(Part { by, code: code.into(), answer: Answer::Value(value) }),
            Err(why) => wrong(&part_column(by, code), why),
        }
    }
    let documents = match (cell("document"), cell("document_date").map(chrono::NaiveDate::from_str)) {
        (None, _) => vec![],
        (Some(title), Some(Ok(dated))) => {
            vec![Document { title: title.into(), address: cell("document_address").map(str::to_owned), dated }]
        }
        (Some(_), _) => {
            wrong("document_date", "Say of which day the document is, such as 2026-09-30.".into());
            vec![]
        }
    };
    let audience = match cell("audience").map(Audience::from_str) {
        None => Audience::Organisation,
        Some(Ok(audience)) => audience,
        Some(Err(why)) => {
            wrong("audience", format!("{why}."));
            Audience::Organisation
        }
    };
    if !errors.is_empty() {
        return Err(errors);
    }
    let stated = Stated { answer, parts: stated_parts, method: cell("method").map(str::to_owned), documents, audience };
    let reason = cell("reason").map(str::to_owned);
    Ok(Some(ReadingLine { figure: Figure { metric: metric.code.clone(), period, site }, stated, reason }))
}

/// A cell's value, of the metric's kind.
pub fn read_value(metric: &Metric, text: &str, currency: Option<Currency>) -> Result<MetricValue, String> {
    let number = |text: &str| {
        if text.contains(',') {
            return Err("Write a number with a point and no other separators, such as 1234.5.".to_owned());
        }
        let read = text.parse::<f64>().ok().filter(|n| n.is_finite());
        read.ok_or_else(|| format!("'{}' is not a number.", text.chars().take(40).collect::<String>()))
    };
    match metric.kind {
        MetricKind::YesNo => match text.to_lowercase().as_str() {
            "yes" | "true" | "oui" => Ok(MetricValue::YesNo(true)),
            "no" | "false" | "non" => Ok(MetricValue::YesNo(false)),
            _ => Err("Must be yes or no.".into()),
        },
        MetricKind::Choice => Ok(MetricValue::Choice(text.to_owned())),
        MetricKind::Share if text.ends_with('%') => Ok(MetricValue::Number(number(text.trim_end_matches('%').trim())? / 100.0)),
        _ if metric.unit.has_currency() => {
            let currency = currency.ok_or("Say in which currency, by its code such as KES, in the column currency.")?;
            let minor = number(text)? * 10f64.powi(i32::from(currency.minor_digits()));
            if !metric.unit.is_money() {
                return Ok(MetricValue::Rate(MoneyRate { minor, currency }));
            }
            if (minor - minor.round()).abs() > 1e-6 || minor.abs() > 9e15 {
                return Err(format!("{currency} has {} digits after the point.", currency.minor_digits()));
            }
            Ok(MetricValue::Money(Money { minor: minor.round() as i64, currency }))
        }
        _ => Ok(MetricValue::Number(number(text)?)),
    }
}

code_list! {
    /// As what the table comes.
    pub enum TemplateFormat: "a format: xlsx or csv" { Xlsx = "xlsx", Csv = "csv" }
}
