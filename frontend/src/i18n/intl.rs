//! What the browser knows already: names of countries, languages and currencies, numbers, money, dates,
//! plural rules. Through one small binding, because js-sys' typed Intl needs an options object a call.

use super::lang;
use js_sys::{Array, Function, Intl, JsString, Object, Reflect};
use kazi_core::{codes::Currency, money::Money};
use wasm_bindgen::{JsCast, JsValue};

fn options(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in pairs {
        // Counts of digits have to be numbers; everything else is a word.
        let value = value.parse::<f64>().map(JsValue::from_f64).unwrap_or_else(|_| JsValue::from_str(value));
        let _ = Reflect::set(&object, &JsValue::from_str(name), &value);
    }
    object
}

fn locale() -> Array {
    Array::of1(&JsValue::from_str(lang().code()))
}

/// `new Intl.<class>(lang, options)[method](argument)` as text.
fn ask(class: &str, pairs: &[(&str, &str)], method: &str, argument: &JsValue) -> Option<String> {
    let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl")).ok()?;
    let class: Function = Reflect::get(&intl, &JsValue::from_str(class)).ok()?.dyn_into().ok()?;
    let formatter = Reflect::construct(&class, &Array::of2(&locale(), &options(pairs))).ok()?;
    let method: Function = Reflect::get(&formatter, &JsValue::from_str(method)).ok()?.dyn_into().ok()?;
    method.call1(&formatter, argument).ok()?.as_string()
}

fn display_name(kind: &str, code: &str) -> String {
    ask("DisplayNames", &[("type", kind)], "of", &JsValue::from_str(code)).unwrap_or_else(|| code.to_owned())
}

pub fn country_name(alpha2: &str) -> String {
    display_name("region", alpha2)
}
pub fn language_name(tag: &str) -> String {
    let name = display_name("language", tag);
    capitalised(&name)
}
pub fn currency_name(code: &str) -> String {
    capitalised(&display_name("currency", code))
}

/// French writes language names in lower case; in a list of choices they begin upper.
fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

pub(super) fn is_one(n: u64) -> bool {
    ask("PluralRules", &[], "select", &JsValue::from_f64(n as f64)).as_deref() == Some("one")
}

pub fn number(n: f64) -> String {
    ask("NumberFormat", &[("maximumFractionDigits", "1")], "format", &n.into()).unwrap_or_else(|| n.to_string())
}
/// With up to three digits after the point: for ratios, where the second digit says something.
pub fn exact(n: f64) -> String {
    ask("NumberFormat", &[("maximumFractionDigits", "3")], "format", &n.into()).unwrap_or_else(|| n.to_string())
}
/// 0.976 as 97.6 %.
pub fn exact_percent(share: f64) -> String {
    ask("NumberFormat", &[("style", "percent"), ("maximumFractionDigits", "1")], "format", &share.into()).unwrap_or_default()
}
/// 0.42 as 42 %.
pub fn percent(share: f64) -> String {
    ask("NumberFormat", &[("style", "percent"), ("maximumFractionDigits", "0")], "format", &share.into()).unwrap_or_default()
}

pub fn money(money: Money) -> String {
    let major = major(money.minor, money.currency);
    let currency = money.currency.to_string();
    ask("NumberFormat", &[("style", "currency"), ("currency", &currency), ("currencyDisplay", "code")], "format", &major.into())
        .unwrap_or_else(|| format!("{major} {currency}"))
}

/// Minor units as the number that people write: 1250 cents are 12.5.
pub fn major(minor: i64, currency: Currency) -> f64 {
    minor as f64 / 10f64.powi(i32::from(currency.minor_digits()))
}
/// And back.
pub fn minor(major: f64, currency: Currency) -> i64 {
    (major * 10f64.powi(i32::from(currency.minor_digits()))).round() as i64
}

/// A day (`2026-11-23`) or a moment (RFC 3339) as a date.
pub fn date(iso: &str) -> String {
    let zone: &[(&str, &str)] = if iso.len() == 10 { &[("dateStyle", "medium"), ("timeZone", "UTC")] } else { &[("dateStyle", "medium")] };
    formatted(iso, zone)
}
pub fn date_time(iso: &str) -> String {
    formatted(iso, &[("dateStyle", "medium"), ("timeStyle", "short")])
}
fn formatted(iso: &str, pairs: &[(&str, &str)]) -> String {
    let at = js_sys::Date::new(&JsValue::from_str(iso));
    if at.get_time().is_nan() {
        return iso.to_owned();
    }
    ask("DateTimeFormat", pairs, "format", &at).unwrap_or_else(|| iso.to_owned())
}

/// Sorted as the language sorts.
pub fn sort_by_name<T>(list: &mut [T], name: impl Fn(&T) -> &str) {
    let collator = Intl::Collator::new(&locale(), &Object::new());
    let compare = collator.compare();
    list.sort_by(|a, b| {
        let order = compare.call2(&JsValue::NULL, &JsString::from(name(a)), &JsString::from(name(b))).ok();
        order.and_then(|o| o.as_f64()).unwrap_or(0.0).total_cmp(&0.0)
    });
}

/// The time zones that the browser knows, and the one it is in.
pub fn time_zones() -> Vec<String> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).unwrap_or_default();
    let Ok(list) = Reflect::get(&intl, &"supportedValuesOf".into()) else { return vec![] };
    let Ok(list) = list.dyn_into::<Function>() else { return vec![] };
    list.call1(&intl, &"timeZone".into()).map(|l| Array::from(&l).iter().filter_map(|z| z.as_string()).collect()).unwrap_or_default()
}
pub fn own_time_zone() -> Option<String> {
    let format = Intl::DateTimeFormat::new(&locale(), &Object::new());
    Reflect::get(&format.resolved_options(), &"timeZone".into()).ok()?.as_string()
}
