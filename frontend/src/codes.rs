//! The codes of the world and of the field as choices with names in the reader's language.

use crate::i18n::{code, country_name, currency_name, language_name, sort_by_name, time_zones};
use crate::ui::Choice;
use kazi_core::codes::*;

pub fn service_line(line: ServiceLine) -> String {
    code("service_line", line.as_str())
}

fn named<T: Copy + std::fmt::Display>(list: &str, all: &[T]) -> Vec<Choice> {
    all.iter().map(|c| Choice::new(c, code(list, &c.to_string()))).collect()
}

fn sorted(mut choices: Vec<Choice>) -> Vec<Choice> {
    sort_by_name(&mut choices, |c| &c.label);
    choices
}

pub fn service_lines() -> Vec<Choice> {
    named("service_line", ServiceLine::ALL)
}
pub fn organisation_kinds() -> Vec<Choice> {
    named("organisation_kind", OrganisationKind::ALL)
}
pub fn target_groups() -> Vec<Choice> {
    named("target_group", TargetGroup::ALL)
}
pub fn certificates() -> Vec<Choice> {
    named("certificate", CertificateKind::ALL)
}
pub fn levels() -> Vec<Choice> {
    named("level", CefrLevel::ALL)
}
pub fn countries() -> Vec<Choice> {
    sorted(Country::all().map(|c| Choice::new(c, country_name(c.alpha2()))).collect())
}

/// Languages that services are sold in; any other can be typed as its tag.
pub fn languages() -> Vec<Choice> {
    const TAGS: &str = "ak am ar as ay az be bg bm bn bs ca ceb cs cy da de dv dz ee el en es et eu fa ff fi fil fo fr ga gl gn gu ha he hi hr ht hu hy id ig ilo is it ja ka kk km kn ko ky lb lg ln lo lt luo lv mai mg mi mk ml mn mr ms mt my nb ne nl nso ny om or pa pl ps pt pt-BR qu rn ro ru rw sd si sk sl sn so sq sr ss st sv sw ta te tg th ti tk tl tn to tr ts tt ug uk ur uz ve vi wo xh yo zh zh-Hant zu";
    sorted(TAGS.split(' ').map(|tag| Choice::new(tag, language_name(tag))).collect())
}

/// The currencies that prices in the field are in, the commonest first.
pub fn currencies() -> Vec<(String, String)> {
    const CODES: &str = "USD EUR GBP KES INR ZAR PHP AED AUD BDT BRL BWP CAD CHF CNY COP EGP ETB GHS IDR JMD JPY KHR LAK LKR MAD MGA MUR MXN MYR NGN NPR NZD PKR RWF SEK SGD THB TND TRY TZS UGX VND XAF XOF ZMW";
    CODES.split(' ').map(|c| (c.to_owned(), format!("{c} – {}", currency_name(c)))).collect()
}

pub fn zones() -> Vec<Choice> {
    time_zones().into_iter().map(|zone| Choice::new(&zone, zone.replace('_', " "))).collect()
}

/// (code, name) pairs for a select.
pub fn pairs(choices: Vec<Choice>) -> Vec<(String, String)> {
    choices.into_iter().map(|c| (c.code, c.label)).collect()
}

/// Codes as typed values; what does not parse is dropped (it came from a list of ours).
pub fn parsed<T: std::str::FromStr>(codes: &[String]) -> Vec<T> {
    codes.iter().filter_map(|c| c.parse().ok()).collect()
}
pub fn texts<T: std::fmt::Display>(codes: &[T]) -> Vec<String> {
    codes.iter().map(ToString::to_string).collect()
}
