//! The answers side by side: a column a provider, a row a question.

use super::shown::{answer_text, state_badge};
use crate::account::signed_in;
use crate::i18n::{code, k, t, tf, tn};
use crate::session::kazi;
use crate::ui::{EmptyState, Page, load};
use kazi_core::ids::InquiryId;
use kazi_core::inquiries::Comparison;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn ComparePage() -> impl IntoView {
    let params = use_params_map();
    signed_in(move |_| {
        let id = Memo::new(move |_| {
            params.with(|p| p.get("id").and_then(|id| id.parse::<InquiryId>().ok()).unwrap_or(uuid::Uuid::nil().into()))
        });
        let comparison = load(move || {
            let id = id.get();
            async move { kazi().inquiries().compare(id).await }
        });
        comparison.view(|comparison| view! { <Compare comparison/> })
    })
}

#[component]
fn Compare(comparison: Comparison) -> impl IntoView {
    let Comparison { inquiry, questions, columns } = comparison;
    let above = vec![
        ("/inquiries?box=sent".to_owned(), t(k::inquiries::TITLE).to_owned()),
        (format!("/inquiries/{inquiry}"), t(k::inquiries::INQUIRY).to_owned()),
    ];
    let heads = columns
        .iter()
        .map(|c| {
            let declined = c.decline.as_ref().map(|decline| {
                let reason = code("decline_reason", decline.reason.as_str());
                let words = decline.text.clone().map(|text| view! { <br/>{text} });
                view! { <p class="small">{tf(k::inquiries::DECLINED_BECAUSE, &[("reason", &reason)])}{words}</p> }
            });
            let after = c.replied_after_hours.map(|h| tn(k::inquiries::REPLIED_AFTER, h.ceil().max(1.0) as u64));
            view! {
                <th scope="col"><a href=format!("/inquiries/{inquiry}/threads/{}", c.thread)>{c.provider.name.clone()}</a>
                    <ul class="badges">{state_badge(c.state, c.overdue)}</ul>
                    {after.map(|after| view! { <span class="quiet small">{after}</span> })}{declined}</th>
            }
        })
        .collect_view();
    let nothing = questions.is_empty();
    let rows = questions
        .into_iter()
        .enumerate()
        .map(|(at, question)| {
            let cells = columns
                .iter()
                .map(|c| {
                    let answer = c.answers.get(at).and_then(Option::as_ref);
                    view! { <td class="plain-text" class:quiet=answer.is_none()>{answer_text(question.kind, answer)}</td> }
                })
                .collect_view();
            view! { <tr><th scope="row">{question.text}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <Page title=t(k::inquiries::COMPARE) above=above wide=true>
            {if nothing {
                view! { <EmptyState title=t(k::inquiries::NO_QUESTIONS) text=t(k::inquiries::NOTHING_TO_COMPARE)/> }.into_any()
            } else {
                view! {
                    <div class="scroll" tabindex="0" role="region" aria-label=t(k::inquiries::COMPARE)>
                        <table class="answers-table"><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>
                    </div>
                }.into_any()
            }}
        </Page>
    }
}
