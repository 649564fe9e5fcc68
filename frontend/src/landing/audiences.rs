//! What each kind of visitor can do here, and where it begins.

use crate::i18n::{Key, k, t};
use crate::ui::Icon;
use leptos::prelude::*;

struct Audience {
    who: Key,
    what: Key,
    link: Key,
    href: &'static str,
}

const AUDIENCES: [Audience; 8] = [
    Audience { who: k::landing::BUYER, what: k::landing::BUYER_TEXT, link: k::landing::BUYER_LINK, href: "/needs/new" },
    Audience { who: k::landing::PROVIDER, what: k::landing::PROVIDER_TEXT, link: k::landing::PROVIDER_LINK, href: "/providers" },
    Audience { who: k::landing::FUNDER, what: k::landing::FUNDER_TEXT, link: k::landing::FUNDER_LINK, href: "/providers?kind=issp" },
    Audience { who: k::landing::TRAINER, what: k::landing::TRAINER_TEXT, link: k::landing::TRAINER_LINK, href: "/organisations/new" },
    Audience {
        who: k::landing::COMMUNITY,
        what: k::landing::COMMUNITY_TEXT,
        link: k::landing::COMMUNITY_LINK,
        href: "/providers?map=true",
    },
    Audience {
        who: k::landing::GOVERNMENT,
        what: k::landing::GOVERNMENT_TEXT,
        link: k::landing::GOVERNMENT_LINK,
        href: "/providers?sort=headcount&map=true",
    },
    Audience { who: k::landing::WORKER, what: k::landing::WORKER_TEXT, link: k::landing::WORKER_LINK, href: "/providers?map=true" },
    Audience { who: k::landing::PARTNER, what: k::landing::PARTNER_TEXT, link: k::landing::PARTNER_LINK, href: "/api/docs" },
];

#[component]
pub fn Audiences() -> impl IntoView {
    let cards = AUDIENCES
        .map(|a| {
            let outside = a.href.starts_with("/api").then_some("external");
            view! { <li class="card"><h3>{t(a.who)}</h3><p>{t(a.what)}</p><p><a href=a.href rel=outside>{t(a.link)}<Icon name="arrow"/></a></p></li> }
        })
        .into_iter()
        .collect_view();
    view! { <section><h2>{t(k::landing::AUDIENCES)}</h2><ul class="cards">{cards}</ul></section> }
}
