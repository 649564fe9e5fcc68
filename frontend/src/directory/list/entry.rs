//! One organisation in the list.

use crate::i18n::{code, country_name, k, percent, t, tf};
use crate::ui::Badge;
use kazi_core::directory::OrganisationSummary;
use leptos::prelude::*;

const SERVICES: usize = 4;

#[component]
pub fn Entry(organisation: OrganisationSummary) -> impl IntoView {
    let o = organisation;
    let place = [o.city, o.country.map(|c| country_name(c.alpha2()))].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let delivery: Vec<_> =
        o.delivery_countries.iter().filter(|c| Some(**c) != o.country).take(5).map(|c| country_name(c.alpha2())).collect();
    let delivery = (!delivery.is_empty()).then(|| tf(k::directory::DELIVERS_FROM, &[("countries", &delivery.join(", "))]));
    let place = [Some(place).filter(|p| !p.is_empty()), delivery].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let further = o.services.len().saturating_sub(SERVICES);
    let services = o
        .services
        .iter()
        .take(SERVICES)
        .map(|s| view! { <li><Badge text=code("service_line", s.as_str()) tone="brand"/></li> })
        .collect_view();
    let share = o.impact_share.map(|s| tf(k::directory::SHARE_SHORT, &[("share", &percent(s))]));
    view! {
        <li class="card">
            <h2><a href=format!("/providers/{}", o.slug)>{o.name}</a></h2>
            <p class="quiet small">{place}</p>
            {o.summary.map(|text| view! { <p class="excerpt">{text.replace("**", "")}</p> })}
            <ul class="badges">{services}
                {(further > 0).then(|| view! { <li class="quiet small">{format!("+{further}")}</li> })}
                {share.map(|share| view! { <li><Badge text=share/></li> })}
                {o.claimed.then(|| view! { <li><Badge text=t(k::directory::CLAIMED) tone="good"/></li> })}
                {o.fictional.then(|| view! { <li><Badge text=t(k::directory::FICTIONAL_SHORT) tone="warn"/></li> })}
            </ul>
        </li>
    }
}
