//! Where the saved facts come from: those of a list are confirmed one by one, and a document is named for several at once.

use super::super::facts::{Source, stated};
use super::super::steward::is_steward;
use crate::i18n::{code, country_name, k, t, tf};
use crate::session::kazi;
use crate::ui::*;
use kazi_core::directory::{EvidenceGrade, Organisation, Profile, SaidBy, StatedProvenance, facts};
use leptos::prelude::*;

/// A fact's name for people: what it is of, and which part.
fn label(profile: &Profile, path: &str) -> String {
    let parts: Vec<&str> = path.split('/').collect();
    match parts[..] {
        ["offers", id, field] => {
            let line = profile.offers.iter().find(|o| o.id.to_string() == id).map(|o| code("service_line", o.service_line.as_str()));
            format!("{}: {}", line.unwrap_or_default(), code("fact", field))
        }
        ["sites", id, field] => {
            let site = profile.sites.iter().find(|s| s.id.to_string() == id);
            let place = site.map(|s| s.city.clone().unwrap_or_else(|| country_name(s.country.alpha2())));
            format!("{}: {}", place.unwrap_or_default(), code("fact", field))
        }
        ["certificates", kind, field] => format!("{}: {}", code("certificate", kind), code("fact", field)),
        ["workforce", field] => code("fact", field),
        _ => capital(code("field", path)),
    }
}

fn capital(text: String) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn in_words(path: &str, value: &serde_json::Value) -> String {
    let listed =
        |list: &str| value.as_array().map(|l| l.iter().filter_map(|v| v.as_str()).map(|c| code(list, c)).collect::<Vec<_>>().join(", "));
    let countries = || value.as_array().map(|l| l.iter().filter_map(|v| v.as_str()).map(country_name).collect::<Vec<_>>().join(", "));
    let text = match path.rsplit('/').next().unwrap_or(path) {
        "kinds" => listed("organisation_kind"),
        "country" => value.as_str().map(country_name),
        "delivery_countries" => countries(),
        _ => None,
    };
    let text = text.unwrap_or_else(|| stated(path, value));
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[component]
pub fn Sources(saved: RwSignal<Organisation>, base: RwSignal<(i32, Profile)>) -> impl IntoView {
    let form = Form::new();
    let toasts = toasts();
    let chosen = RwSignal::new(Vec::<String>::new());
    let (source, grade) = (RwSignal::new(String::new()), RwSignal::new(EvidenceGrade::Documented.to_string()));
    let say = move |said: StatedProvenance, done: &'static str| {
        let now = saved.get_untracked();
        form.send(async move { kazi().organisations().state_provenance(now.id, now.version, &said).await }, move |after: Organisation| {
            // Only the version moves on; what is being typed above stays.
            base.update(|(version, _)| *version = after.version);
            chosen.set(vec![]);
            source.set(String::new());
            saved.set(after);
            toasts.say(done);
        });
    };
    let confirm = Callback::new(move |path: String| {
        form.clear();
        say(StatedProvenance { facts: vec![path], grade: EvidenceGrade::SelfDeclared, source: None }, t(k::directory::CONFIRMED));
    });
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        if chosen.with_untracked(Vec::is_empty) {
            form.refuse("/facts", t(k::directory::CHOOSE_ONE_FACT));
        }
        form.require("/source", &source.get_untracked());
        let Ok(grade) = grade.get_untracked().parse() else { return };
        let said = StatedProvenance { facts: chosen.get_untracked(), grade, source: Some(source.get_untracked().trim().to_owned()) };
        say(said, t(k::directory::SOURCE_STATED));
    };
    let rows = move || {
        let o = saved.get();
        let rows = facts(&o.profile).into_iter().map(|(path, value)| view! { <Row organisation=o.clone() path value chosen confirm/> });
        rows.collect_view()
    };
    let grades = move || {
        let grades = [EvidenceGrade::SelfDeclared, EvidenceGrade::Documented, EvidenceGrade::Audited];
        let open = grades.into_iter().filter(|g| *g != EvidenceGrade::Audited || is_steward());
        open.map(|g| (g.to_string(), code("grade", g.as_str()))).collect::<Vec<_>>()
    };
    view! {
        <section id="sources"><h2>{t(k::directory::SOURCES)}</h2><p>{t(k::directory::SOURCES_TEXT)}</p><p class="hint">{t(k::directory::SAVE_FIRST)}</p>
            <form novalidate on:submit=send>
                <FormFailure form/>
                <fieldset><legend class="legend">{t(k::directory::CHOOSE_FACTS)}</legend><ul class="lines">{rows}</ul></fieldset>
                {move || form.error_at("/facts").map(|message| view! { <p class="error">{message}</p> })}
                <TextField label=t(k::directory::DOCUMENT) hint=t(k::directory::DOCUMENT_HINT) value=source form pointer="/source" maxlength=300/>
                <SelectField label=t(k::directory::HOW_BACKED) value=grade choices=grades() form pointer="/grade"/>
                <p class="actions"><Submit form label=t(k::directory::STATE_SOURCE)/></p>
            </form>
        </section>
    }
}

#[component]
fn Row(
    organisation: Organisation,
    path: String,
    value: serde_json::Value,
    chosen: RwSignal<Vec<String>>,
    confirm: Callback<String>,
) -> impl IntoView {
    let id = unique("fact");
    let name = label(&organisation.profile, &path);
    let provenance = organisation.provenance.get(&path).cloned();
    let listed = provenance.as_ref().is_none_or(|p| p.by == SaidBy::List);
    let aloud = tf(k::directory::CONFIRM_NAMED, &[("fact", &name)]);
    let shown = in_words(&path, &value);
    let path = StoredValue::new(path);
    let ticked = move || chosen.with(|all| path.with_value(|p| all.contains(p)));
    let tick = move |on: bool| {
        chosen.update(|all| {
            all.retain(|p| path.with_value(|mine| p != mine));
            if on {
                all.push(path.get_value());
            }
        });
    };
    view! {
        <li class="line">
            <div class="tick"><input id=id.clone() type="checkbox" prop:checked=ticked on:change:target=move |ev| tick(ev.target().checked())/>
                <label for=id><strong>{name}</strong><br/><span class="quiet small">{shown}</span></label></div>
            {provenance.map(|provenance| view! { <Source provenance/> })}
            {listed.then(|| view! { <button type="button" class="button small" aria-label=aloud on:click=move |_| confirm.run(path.get_value())>{t(k::directory::CONFIRM_FACT)}</button> })}
        </li>
    }
}
