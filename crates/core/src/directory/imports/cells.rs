//! What a cell says, or what is wrong with it.

use super::RowProblem;
use crate::codes::Country;
use std::fmt::Display;
use std::str::FromStr;

/// Why a cell can't be read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wrong {
    pub code: RowProblem,
    pub value: String,
    pub message: String,
}

impl Wrong {
    fn new(code: RowProblem, value: impl Display, message: impl Into<String>) -> Self {
        Self { code, value: value.to_string(), message: message.into() }
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    let separators: &[char] = if text.contains(';') { &[';'] } else { &[',', '|', '\n'] };
    text.split(separators).map(str::trim).filter(|p| !p.is_empty())
}

/// The entries of a list, each once, at most `most`.
pub(super) fn each<T: PartialEq>(text: &str, most: usize, read: impl Fn(&str) -> Result<T, Wrong>) -> Result<Vec<T>, Wrong> {
    let mut list = Vec::new();
    for part in parts(text) {
        let value = read(part)?;
        if !list.contains(&value) {
            list.push(value);
        }
    }
    if list.len() > most { Err(Wrong::new(RowProblem::Count, most, format!("more than {most} entries"))) } else { Ok(list) }
}

/// A code as it is written.
pub(super) fn code<T: FromStr>(text: &str) -> Result<T, Wrong>
where
    T::Err: Display,
{
    text.parse::<T>().map_err(|e| Wrong::new(RowProblem::Word, shown(text), e.to_string()))
}

/// Words of a code list, however they are spaced and capitalised.
pub(super) fn words<T: FromStr + PartialEq>(text: &str, most: usize) -> Result<Vec<T>, Wrong>
where
    T::Err: Display,
{
    each(text, most, |part| slug::slugify(part).replace('-', "_").parse().or_else(|_| code(part)))
}

pub(super) fn country(text: &str) -> Result<Country, Wrong> {
    let named = || Country::all().find(|c| c.name().eq_ignore_ascii_case(text));
    let text = text.to_uppercase();
    text.parse().ok().or_else(named).ok_or_else(|| {
        let shown = shown(&text);
        let message = format!("'{shown}' is neither an ISO 3166-1 alpha-2 country code such as KE nor a country's English name");
        Wrong::new(RowProblem::Country, shown, message)
    })
}

pub(super) fn number(text: &str, least: i32, most: i32) -> Result<i32, Wrong> {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | ',' | '\u{a0}' | '\u{202f}' | '\'')).collect();
    match plain.strip_suffix(".0").unwrap_or(&plain).parse() {
        Ok(n) if (least..=most).contains(&n) => Ok(n),
        Ok(n) => Err(Wrong::new(RowProblem::Range, n, format!("{n} is not from {least} to {most}"))),
        Err(_) => Err(Wrong::new(RowProblem::Number, shown(text), format!("'{}' is not a whole number", shown(text)))),
    }
}

/// `0.42`, or `42 %`.
pub(super) fn share(text: &str) -> Result<f64, Wrong> {
    let plain = text.replace(',', ".");
    let (digits, unit) = match plain.strip_suffix('%') {
        Some(percent) => (percent.trim(), 100.0),
        None => (plain.trim(), 1.0),
    };
    let read = digits.parse::<f64>().ok().map(|n| n / unit).filter(|n| (0.0..=1.0).contains(n));
    read.ok_or_else(|| Wrong::new(RowProblem::Share, shown(text), format!("'{}' is no share such as 0.42 or 42 %", shown(text))))
}

pub(super) fn website(text: &str) -> Result<String, Wrong> {
    let address = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or_default();
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let letters = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let fits = host.contains('.') && host.chars().all(letters) && !host.starts_with('.') && !host.contains("..");
    if fits && !address.contains(char::is_whitespace) && address.chars().count() <= 300 {
        Ok(address)
    } else {
        Err(Wrong::new(RowProblem::Website, shown(text), format!("'{}' is not a web address", shown(text))))
    }
}

pub(super) fn short(text: &str, most: usize) -> Result<String, Wrong> {
    if text.chars().count() <= most {
        Ok(text.to_owned())
    } else {
        Err(Wrong::new(RowProblem::Length, most, format!("longer than {most} characters")))
    }
}

/// As much of a cell as an error quotes.
fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}
