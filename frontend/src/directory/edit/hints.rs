//! What buyers ask for and the profile does not say yet. A count of what is stated, not a grade.

use super::fields::ProfileFields;
use crate::i18n::{Key, k, percent, t, tf};
use crate::ui::Progress;
use leptos::prelude::*;

type Hint = (bool, &'static str, Key);

fn hints(fields: ProfileFields) -> Vec<Hint> {
    let b = fields.basics.written();
    let offers: Vec<_> = fields.offers.get().into_iter().map(|o| o.written()).collect();
    let every = |said: &dyn Fn(&super::fields::OfferWritten) -> bool| !offers.is_empty() && offers.iter().all(said);
    vec![
        (!b.summary.trim().is_empty(), "#about", k::directory::HINT_SUMMARY),
        (!b.country.is_empty(), "#about", k::directory::HINT_COUNTRY),
        (!b.delivery_countries.is_empty() || !fields.sites.get().is_empty(), "#sites", k::directory::HINT_SITES),
        (!offers.is_empty(), "#offers", k::directory::HINT_OFFERS),
        (every(&|o| !o.skills.is_empty()), "#offers", k::directory::HINT_SKILLS),
        (every(&|o| !o.languages.is_empty()) || !b.languages.is_empty(), "#offers", k::directory::HINT_LANGUAGES),
        (every(&|o| !o.available.is_empty()), "#offers", k::directory::HINT_CAPACITY),
        (every(&|o| !o.price_from.is_empty() || !o.price_to.is_empty()), "#offers", k::directory::HINT_PRICE),
        (every(&|o| !o.zone.is_empty()), "#offers", k::directory::HINT_HOURS),
        (every(&|o| !o.available_from.is_empty()), "#offers", k::directory::HINT_START),
        (!b.target_groups.is_empty(), "#workforce", k::directory::HINT_GROUPS),
        (!b.impact_percent.is_empty(), "#workforce", k::directory::HINT_SHARE),
        (!b.definition.trim().is_empty(), "#workforce", k::directory::HINT_DEFINITION),
        (!fields.certificates.get().is_empty(), "#certificates", k::directory::HINT_CERTIFICATES),
    ]
}

#[component]
pub fn Hints(fields: ProfileFields) -> impl IntoView {
    let all = Memo::new(move |_| hints(fields).into_iter().map(|(said, to, text)| (said, to, t(text))).collect::<Vec<_>>());
    let share = Signal::derive(move || all.with(|all| all.iter().filter(|h| h.0).count() as f64 / all.len() as f64));
    let missing = move || {
        let list = all.get().into_iter().filter(|h| !h.0);
        list.map(|(_, to, text)| view! { <li><a href=to rel="external">{text}</a></li> }).collect_view()
    };
    let label = move || tf(k::directory::COMPLETE, &[("share", &percent(share.get()))]);
    view! {
        <aside class="card hints" aria-label=t(k::directory::HINTS)>
            {move || view! { <Progress label=label() share/> }}
            <details><summary>{t(k::directory::HINTS)}</summary><p class="small quiet">{t(k::directory::HINTS_TEXT)}</p><ul>{missing}</ul></details>
        </aside>
    }
}
