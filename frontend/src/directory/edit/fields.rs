//! A profile as the editor's fields and back.

use crate::codes::{parsed, texts};
use crate::i18n::{k, major, minor, t};
use crate::matching::{day, language_skills, minutes};
use crate::ui::{Form, LanguageLine, written};
use kazi_core::codes::{Currency, Language};
use kazi_core::directory::*;
use kazi_core::money::MoneyRange;
use leptos::prelude::*;
use uuid::Uuid;

written! { struct Basics, BasicFields {
    name: String, other_names: Vec<String>, kinds: Vec<String>, summary: String, website: String, country: Vec<String>, city: String,
    delivery_countries: Vec<String>, founded: String, headcount: String, headcount_year: String, languages: Vec<String>,
    impact_percent: String, target_groups: Vec<String>, definition: String, definition_source: String,
}}
written! { struct OfferWritten, OfferFields {
    id: Uuid, service_line: String, skills: Vec<String>, languages: Vec<LanguageLine>, capacity: String, available: String, available_from: String,
    price_from: String, price_to: String, currency: String, zone: Vec<String>, from: String, until: String, minimum: String, ramp_up: String,
}}
written! { struct SiteWritten, SiteFields {
    id: Uuid, country: Vec<String>, city: String, latitude: String, longitude: String, zone: Vec<String>, seats: String, power: String, line: String,
}}
written! { struct CertificateWritten, CertificateFields { id: Uuid, kind: String, issuer: String, number: String, expires: String }}

#[derive(Clone, Copy)]
pub struct ProfileFields {
    pub basics: BasicFields,
    pub offers: RwSignal<Vec<OfferFields>>,
    pub sites: RwSignal<Vec<SiteFields>>,
    pub certificates: RwSignal<Vec<CertificateFields>>,
}

/// An id for an entry made here: time first, as ours are.
pub fn new_id() -> Uuid {
    let random: [u8; 10] = std::array::from_fn(|_| (js_sys::Math::random() * 256.0) as u8);
    uuid::Builder::from_unix_timestamp_millis(js_sys::Date::now() as u64, &random).into_uuid()
}

/// The fields that differ, as a merge patch.
pub fn change(before: &Profile, after: &Profile) -> serde_json::Value {
    let value = |p: &Profile| serde_json::to_value(p).unwrap_or_default();
    let (before, mut after) = (value(before), value(after));
    if let Some(fields) = after.as_object_mut() {
        fields.retain(|name, value| before.get(name) != Some(value));
    }
    after
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}
fn said(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|t| !t.is_empty())
}
fn clock(minutes: i32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
fn yes_no(value: Option<bool>) -> String {
    value.map(|v| if v { "yes" } else { "no" }).unwrap_or_default().to_owned()
}

impl Basics {
    fn of(p: &Profile) -> Self {
        let w = &p.workforce;
        Self {
            name: p.name.clone(),
            other_names: p.other_names.clone(),
            kinds: texts(&p.kinds),
            summary: text(p.summary.as_ref()),
            website: text(p.website.as_ref()),
            country: p.country.map(|c| c.to_string()).into_iter().collect(),
            city: text(p.city.as_ref()),
            delivery_countries: texts(&p.delivery_countries),
            founded: text(p.founded),
            headcount: text(p.headcount),
            headcount_year: text(p.headcount_year),
            languages: texts(&p.languages),
            impact_percent: text(w.impact_share.map(|s| (s * 1000.0).round() / 10.0)),
            target_groups: texts(&w.target_groups),
            definition: text(w.definition.as_ref()),
            definition_source: text(w.definition_source.as_ref()),
        }
    }
}
impl OfferWritten {
    fn of(o: &Offer) -> Self {
        let money = |minor: fn(&MoneyRange) -> i64| text(o.price_per_hour.as_ref().map(|p| major(minor(p), p.currency)));
        Self {
            id: o.id.0,
            service_line: o.service_line.to_string(),
            skills: o.skills.clone(),
            languages: o.languages.iter().map(|l| (l.language.to_string(), text(l.level))).collect(),
            capacity: text(o.capacity_fte),
            available: text(o.available_fte),
            available_from: text(o.available_from),
            price_from: money(|p| p.from_minor),
            price_to: money(|p| p.to_minor),
            currency: o.price_per_hour.map_or("USD".into(), |p| p.currency.to_string()),
            zone: o.hours.iter().map(|h| h.time_zone.to_string()).collect(),
            from: text(o.hours.as_ref().map(|h| clock(h.from_minute))),
            until: text(o.hours.as_ref().map(|h| clock(h.until_minute))),
            minimum: text(o.minimum_fte),
            ramp_up: text(o.ramp_up_weeks),
        }
    }
    pub fn new() -> Self {
        Self { id: new_id(), currency: "USD".into(), ..Self::default() }
    }
}
impl SiteWritten {
    fn of(s: &Site) -> Self {
        Self {
            id: s.id.0,
            country: vec![s.country.to_string()],
            city: text(s.city.as_ref()),
            latitude: text(s.latitude),
            longitude: text(s.longitude),
            zone: s.time_zone.iter().map(ToString::to_string).collect(),
            seats: text(s.seats),
            power: yes_no(s.power_backup),
            line: yes_no(s.line_backup),
        }
    }
    pub fn new() -> Self {
        Self { id: new_id(), ..Self::default() }
    }
}
impl CertificateWritten {
    fn of(c: &Certificate) -> Self {
        Self {
            id: new_id(),
            kind: c.kind.to_string(),
            issuer: text(c.issuer.as_ref()),
            number: text(c.number.as_ref()),
            expires: text(c.expires_on),
        }
    }
    pub fn new() -> Self {
        Self { id: new_id(), ..Self::default() }
    }
}

/// Reads fields, telling the form what is wrong where.
struct Reader(Form);

impl Reader {
    fn number(&self, pointer: &str, text: &str) -> Option<f64> {
        let text = text.trim().replace(',', ".");
        let number = text.parse::<f64>().ok();
        if number.is_none() && !text.is_empty() {
            self.0.refuse(pointer, t(k::ui::NUMBER_WANTED));
        }
        number
    }
    fn whole(&self, pointer: &str, text: &str) -> Option<i32> {
        self.number(pointer, text).map(|n| n.round() as i32)
    }
    fn range(&self, pointer: &str, from: &str, to: &str, currency: &str) -> Option<MoneyRange> {
        let (from, to) = (self.number(&format!("{pointer}/from_minor"), from), self.number(&format!("{pointer}/to_minor"), to));
        let currency: Currency = currency.parse().ok()?;
        let (from, to) = (from.or(to)?, to.or(from)?);
        Some(MoneyRange { from_minor: minor(from.min(to), currency), to_minor: minor(from.max(to), currency), currency })
    }
}

impl ProfileFields {
    pub fn of(p: &Profile) -> Self {
        let this = Self {
            basics: BasicFields::of(Basics::default()),
            offers: RwSignal::new(vec![]),
            sites: RwSignal::new(vec![]),
            certificates: RwSignal::new(vec![]),
        };
        this.set(p);
        this
    }

    pub fn set(self, p: &Profile) {
        self.basics.set(Basics::of(p));
        self.offers.set(p.offers.iter().map(|o| OfferFields::of(OfferWritten::of(o))).collect());
        self.sites.set(p.sites.iter().map(|s| SiteFields::of(SiteWritten::of(s))).collect());
        self.certificates.set(p.certificates.iter().map(|c| CertificateFields::of(CertificateWritten::of(c))).collect());
    }

    /// The profile; with what is wrong told to the form, `None`.
    pub fn profile(self, form: Form) -> Option<Profile> {
        let (read, b) = (Reader(form), self.basics.written());
        form.require("/name", &b.name);
        let offers = self.offers.get().into_iter().enumerate().filter_map(|(at, o)| offer(&read, at, o.written())).collect();
        let sites = self.sites.get().into_iter().enumerate().filter_map(|(at, s)| site(&read, at, s.written())).collect();
        let certificates =
            self.certificates.get().into_iter().enumerate().filter_map(|(at, c)| certificate(form, at, c.written())).collect();
        let profile = Profile {
            name: b.name.trim().to_owned(),
            other_names: b.other_names,
            kinds: parsed(&b.kinds),
            summary: said(&b.summary),
            website: said(&b.website),
            country: parsed(&b.country).into_iter().next(),
            city: said(&b.city),
            delivery_countries: parsed(&b.delivery_countries),
            founded: read.whole("/founded", &b.founded),
            headcount: read.whole("/headcount", &b.headcount),
            headcount_year: read.whole("/headcount_year", &b.headcount_year),
            languages: parsed::<Language>(&b.languages),
            sites,
            offers,
            certificates,
            workforce: Workforce {
                impact_share: read.number("/workforce/impact_share", &b.impact_percent).map(|p| p / 100.0),
                target_groups: parsed(&b.target_groups),
                definition: said(&b.definition),
                definition_source: said(&b.definition_source),
            },
        };
        (!form.has_errors()).then_some(profile)
    }
}

fn offer(read: &Reader, at: usize, o: OfferWritten) -> Option<Offer> {
    let at = |field: &str| format!("/offers/{at}/{field}");
    if !read.0.require(&at("service_line"), &o.service_line) {
        return None;
    }
    // All of it or nothing.
    let hours = || {
        if o.zone.is_empty() && o.from.trim().is_empty() && o.until.trim().is_empty() {
            return None;
        }
        let zone = o.zone.first().and_then(|zone| zone.parse().ok());
        let (from, until) = (minutes(&o.from), minutes(&o.until));
        for (field, there) in [("time_zone", zone.is_some()), ("from_minute", from.is_some()), ("until_minute", until.is_some())] {
            if !there {
                read.0.refuse(&at(&format!("hours/{field}")), t(k::ui::REQUIRED));
            }
        }
        Some(HoursCovered { time_zone: zone?, from_minute: from?, until_minute: until? })
    };
    Some(Offer {
        id: o.id.into(),
        service_line: o.service_line.parse().ok()?,
        skills: o.skills.clone(),
        languages: language_skills(&o.languages),
        capacity_fte: read.number(&at("capacity_fte"), &o.capacity),
        available_fte: read.number(&at("available_fte"), &o.available),
        available_from: day(read.0, &at("available_from"), &o.available_from),
        price_per_hour: read.range(&at("price_per_hour"), &o.price_from, &o.price_to, &o.currency),
        hours: hours(),
        minimum_fte: read.number(&at("minimum_fte"), &o.minimum),
        ramp_up_weeks: read.whole(&at("ramp_up_weeks"), &o.ramp_up),
    })
}

fn site(read: &Reader, at: usize, s: SiteWritten) -> Option<Site> {
    let at = |field: &str| format!("/sites/{at}/{field}");
    let Some(country) = parsed(&s.country).into_iter().next() else {
        read.0.refuse(&at("country"), t(k::ui::REQUIRED));
        return None;
    };
    let bool_of = |text: &str| match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    Some(Site {
        id: s.id.into(),
        country,
        city: said(&s.city),
        latitude: read.number(&at("latitude"), &s.latitude),
        longitude: read.number(&at("longitude"), &s.longitude),
        time_zone: s.zone.first().and_then(|z| z.parse().ok()),
        seats: read.whole(&at("seats"), &s.seats),
        power_backup: bool_of(&s.power),
        line_backup: bool_of(&s.line),
    })
}

fn certificate(form: Form, at: usize, c: CertificateWritten) -> Option<Certificate> {
    if !form.require(&format!("/certificates/{at}/kind"), &c.kind) {
        return None;
    }
    let expires_on = day(form, &format!("/certificates/{at}/expires_on"), &c.expires);
    Some(Certificate { kind: c.kind.parse().ok()?, issuer: said(&c.issuer), number: said(&c.number), expires_on })
}
