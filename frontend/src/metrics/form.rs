//! The form of one figure: enters it, or corrects it with a reason.

use crate::i18n::{code, k, t};
use crate::session::kazi;
use crate::standard::said;
use crate::ui::{Form, FormFailure, Load, SelectField, Submit, TextArea, TextField, once_key, toasts};
use kazi_core::codes::Currency;
use kazi_core::ids::OrganisationId;
use kazi_core::metrics::{
    Audience, Correction, Document, Figure, FigureRow, FigureSheet, NewReading, Part, ReportingPeriod, Stated, read_value,
};
use kazi_core::standard::{Answer, Dimension, Metric, MetricKind, MetricValue};
use leptos::prelude::*;

/// What is typed of a figure. Everything is text until it is sent, so that nothing typed is lost.
#[derive(Clone, Copy)]
struct Typed {
    answer: RwSignal<String>,
    value: RwSignal<String>,
    currency: RwSignal<String>,
    parts: StoredValue<Vec<(Dimension, &'static str, RwSignal<String>)>>,
    method: RwSignal<String>,
    title: RwSignal<String>,
    address: RwSignal<String>,
    dated: RwSignal<String>,
    audience: RwSignal<String>,
    reason: RwSignal<String>,
}

const VALUE: &str = "value";

impl Typed {
    /// What was given; of a figure that was not, what can be taken over from the period before.
    fn of(metric: &Metric, row: &FigureRow) -> Self {
        let given = row.reading.as_ref().map(|r| &r.stated);
        let before = row.before.as_ref().map(|r| &r.stated);
        let text = |text: Option<String>| RwSignal::new(text.unwrap_or_default());
        let answer = match given.map(|s| &s.answer) {
            None | Some(Answer::Value(_)) => VALUE,
            Some(Answer::Unknown) => "unknown",
            Some(Answer::NotApplicable) => "not_applicable",
            Some(Answer::Withheld) => "withheld",
        };
        let parts = metric
            .by
            .iter()
            .filter(|by| **by != Dimension::Site)
            .flat_map(|by| by.codes().unwrap_or_default().into_iter().map(|code| (*by, code)));
        let part = |by: Dimension, code: &str| {
            let found = given?.parts.iter().find(|p| p.by == by && p.code == code)?;
            Some(typed(metric, &found.answer))
        };
        let document = given.and_then(|s| s.documents.first());
        Self {
            answer: text(Some(answer.into())),
            value: text(given.map(|s| typed(metric, &s.answer))),
            currency: text(given.or(before).and_then(|s| currency_of(&s.answer)).map(|c| c.to_string())),
            parts: StoredValue::new(parts.map(|(by, code)| (by, code, text(part(by, code)))).collect()),
            method: text(given.or(before).and_then(|s| s.method.clone())),
            title: text(document.map(|d| d.title.clone())),
            address: text(document.and_then(|d| d.address.clone())),
            dated: text(document.map(|d| d.dated.to_string())),
            audience: text(Some(given.or(before).map_or(Audience::Organisation, |s| s.audience).to_string())),
            reason: text(None),
        }
    }

    fn value_of(self, form: Form, metric: &Metric, text: &str, pointer: &str) -> Option<MetricValue> {
        let currency = self.currency.with_untracked(|c| c.trim().to_uppercase().parse::<Currency>().ok());
        if metric.unit.has_currency() && currency.is_none() {
            form.refuse("/currency", t(k::metrics::CURRENCY_WANTED));
            return None;
        }
        let text = if metric.kind == MetricKind::Share { format!("{text}%") } else { text.to_owned() };
        match read_value(metric, &text, currency) {
            Ok(value) => Some(value),
            Err(_) => {
                form.refuse(pointer, t(k::metrics::NUMBER_WANTED));
                None
            }
        }
    }

    /// What is stated, or errors at the fields of the form.
    fn stated(self, form: Form, metric: &Metric) -> Option<Stated> {
        let value = self.value.with_untracked(|v| v.trim().to_owned());
        let answer = match self.answer.get_untracked().as_str() {
            "unknown" => Answer::Unknown,
            "not_applicable" => Answer::NotApplicable,
            "withheld" => Answer::Withheld,
            _ => {
                if !form.require("/stated/answer/value", &value) {
                    return None;
                }
                Answer::Value(self.value_of(form, metric, &value, "/stated/answer/value")?)
            }
        };
        let mut parts = vec![];
        for (by, code, text) in self.parts.get_value() {
            let text = text.with_untracked(|t| t.trim().to_owned());
            if !text.is_empty() && matches!(answer, Answer::Value(_)) {
                let value = self.value_of(form, metric, &text, &format!("/stated/parts/{by}/{code}"))?;
                parts.push(Part { by, code: code.into(), answer: Answer::Value(value) });
            }
        }
        let title = self.title.with_untracked(|t| t.trim().to_owned());
        let address = Some(self.address.with_untracked(|a| a.trim().to_owned())).filter(|a| !a.is_empty());
        let documents = match (title.is_empty(), self.dated.with_untracked(|d| d.parse().ok())) {
            (true, _) => vec![],
            (false, Some(dated)) => vec![Document { title, address, dated }],
            (false, None) => {
                form.refuse("/stated/documents/0/dated", t(k::metrics::DATE_WANTED));
                return None;
            }
        };
        let method = Some(self.method.with_untracked(|m| m.trim().to_owned())).filter(|m| !m.is_empty());
        let audience = self.audience.with_untracked(|a| a.parse().ok()).unwrap_or(Audience::Organisation);
        Some(Stated { answer, parts, method, documents, audience })
    }
}

/// A value as it is typed: a share in per cent, money in whole units.
fn typed(metric: &Metric, answer: &Answer<MetricValue>) -> String {
    let Answer::Value(value) = answer else { return String::new() };
    match value {
        MetricValue::YesNo(yes) => if *yes { "yes" } else { "no" }.into(),
        MetricValue::Choice(code) => code.clone(),
        value => {
            let size = value.magnitude().unwrap_or_default();
            let size = match currency_of(answer) {
                Some(currency) => size / 10f64.powi(i32::from(currency.minor_digits())),
                None if metric.kind == MetricKind::Share => (size * 1e10).round() / 1e8,
                None => size,
            };
            size.to_string()
        }
    }
}

fn currency_of(answer: &Answer<MetricValue>) -> Option<Currency> {
    answer.as_ref().value()?.currency()
}

#[component]
pub fn Entry(
    metric: Metric,
    row: FigureRow,
    organisation: OrganisationId,
    period: ReportingPeriod,
    sheet: Load<FigureSheet>,
    editing: RwSignal<bool>,
) -> impl IntoView {
    let (form, toasts) = (Form::new(), toasts());
    let fields = Typed::of(&metric, &row);
    let given = row.reading.clone();
    let correcting = given.is_some();
    let once = StoredValue::new(once_key());
    let sent = metric.clone();
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        let stated = fields.stated(form, &sent);
        let reason = fields.reason.get_untracked();
        if correcting {
            form.require("/reason", &reason);
        }
        let Some(stated) = stated else {
            form.focus_error();
            return;
        };
        let figure = Figure { metric: sent.code.clone(), period, site: None };
        let given = given.as_ref().map(|r| (r.id, r.version));
        let work = async move {
            match given {
                Some((id, version)) => kazi().readings().correct(id, version, &Correction { stated, reason: reason.trim().into() }).await,
                None => kazi().readings().create(&NewReading { organisation, figure, stated }, Some(&once.get_value())).await,
            }
        };
        form.send(work, move |_| {
            toasts.say(t(k::metrics::SAVED));
            editing.set(false);
            sheet.reload();
        });
    };
    let answers = vec![
        (VALUE.to_owned(), t(k::metrics::A_VALUE).to_owned()),
        ("unknown".to_owned(), t(k::metrics::UNKNOWN).to_owned()),
        ("not_applicable".to_owned(), t(k::metrics::NOT_APPLICABLE).to_owned()),
        ("withheld".to_owned(), t(k::metrics::WITHHELD).to_owned()),
    ];
    let audiences = Audience::ALL.iter().map(|a| (a.to_string(), code("audience", a.as_str()))).collect::<Vec<_>>();
    let definition = said(&metric.definition).to_owned();
    let metric = StoredValue::new(metric);
    view! {
        <form class="form" novalidate on:submit=send>
            <FormFailure form/>
            <p class="quiet">{definition}</p>
            <div class="field-row">
                <SelectField label=t(k::metrics::ANSWER) value=fields.answer choices=answers/>
                {move || (fields.answer.with(|a| a == VALUE)).then(|| metric.with_value(|m| value_field(m, fields, form)))}
            </div>
            {move || (fields.answer.with(|a| a == VALUE) && !fields.parts.with_value(Vec::is_empty)).then(|| metric.with_value(|m| part_fields(m, fields, form)))}
            <TextArea label=t(k::metrics::METHOD) hint=t(k::metrics::METHOD_HINT) value=fields.method form pointer="/stated/method" rows=2 optional=true maxlength=2000/>
            <TextField label=t(k::metrics::DOCUMENT) hint=t(k::metrics::DOCUMENT_HINT) value=fields.title form pointer="/stated/documents/0/title" optional=true maxlength=200/>
            {move || (!fields.title.with(|t| t.trim().is_empty())).then(|| view! {
                <div class="field-row">
                    <TextField label=t(k::metrics::DOCUMENT_DATE) kind="date" value=fields.dated form pointer="/stated/documents/0/dated"/>
                    <TextField label=t(k::metrics::DOCUMENT_ADDRESS) kind="url" value=fields.address form pointer="/stated/documents/0/address" optional=true maxlength=500/>
                </div>
            })}
            <SelectField label=t(k::metrics::AUDIENCE) value=fields.audience choices=audiences form pointer="/stated/audience"/>
            {correcting.then(|| view! { <TextField label=t(k::metrics::REASON) hint=t(k::metrics::REASON_HINT) value=fields.reason form pointer="/reason" maxlength=1000/> })}
            <div class="actions"><Submit form label=t(k::metrics::SAVE)/>
                <button type="button" class="button" on:click=move |_| editing.set(false)>{t(k::metrics::CANCEL)}</button></div>
        </form>
    }
}

fn value_field(metric: &Metric, fields: Typed, form: Form) -> AnyView {
    let label = t(k::metrics::VALUE);
    let pointer = "/stated/answer/value";
    let choices = match metric.kind {
        MetricKind::YesNo => Some(vec![("yes".into(), t(k::metrics::YES).into()), ("no".into(), t(k::metrics::NO).into())]),
        MetricKind::Choice => Some(metric.options.iter().map(|o| (o.code.to_string(), said(&o.name).to_owned())).collect()),
        _ => None,
    };
    if let Some(choices) = choices {
        return view! { <SelectField label value=fields.value choices none=t(k::metrics::CHOOSE) form pointer/> }.into_any();
    }
    if metric.unit.has_currency() {
        return view! {
            <TextField label kind="number" min="0" step="any" value=fields.value form pointer/>
            <TextField label=t(k::metrics::CURRENCY) hint=t(k::metrics::CURRENCY_HINT) value=fields.currency form pointer="/currency" maxlength=3/>
        }
        .into_any();
    }
    if metric.kind == MetricKind::Share {
        return view! { <TextField label hint=t(k::metrics::SHARE_HINT) kind="number" min="0" max="100" step="any" unit="%" value=fields.value form pointer/> }.into_any();
    }
    view! { <TextField label kind="number" min="0" step="any" value=fields.value form pointer/> }.into_any()
}

fn part_fields(metric: &Metric, fields: Typed, form: Form) -> impl IntoView + use<> {
    let groups = metric.by.iter().filter(|by| **by != Dimension::Site).map(|by| {
        let of = fields.parts.with_value(|parts| parts.iter().filter(|(b, ..)| b == by).copied().collect::<Vec<_>>());
        let inputs = of.into_iter().map(|(by, word, value)| {
            let (label, pointer) = (code(by.as_str(), word), format!("/stated/parts/{by}/{word}"));
            view! { <TextField label kind="number" min="0" step="any" value form pointer optional=true/> }
        });
        view! { <fieldset><legend>{code("dimension", by.as_str())}</legend><div class="field-row">{inputs.collect_view()}</div></fieldset> }
    });
    let groups = groups.collect_view();
    view! { <details class="more-form"><summary>{t(k::metrics::PARTS)}</summary><p class="hint">{t(k::metrics::PARTS_HINT)}</p>{groups}</details> }
}
