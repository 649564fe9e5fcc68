//! The weights in the page's address, so that a ranking can be shared and survives a reload: `?weights=price:3,skills:1`.
//! The balanced ones need no mention.

use kazi_core::matching::{Terms, Wanted, Weights};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{query_signal_with_options, use_query_map};

/// Those in the address, if there are any.
pub fn in_address() -> Option<Weights> {
    use_query_map().with_untracked(|query| query.get("weights")).and_then(|text| text.parse().ok())
}

/// Whether a need can be ranked by them: what it asks for has to weigh something.
pub fn usable(weights: &Weights, wanted: &Wanted) -> bool {
    weights.over(Terms::of(wanted, chrono::NaiveDate::default()).asked).is_ok()
}

/// Writes them to the address each time they have settled.
pub fn keep_in_address(settled: RwSignal<Weights>) {
    let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
    let (_, set) = query_signal_with_options::<String>("weights", options);
    Effect::new(move |before: Option<Weights>| {
        let now = settled.get();
        if before.is_some_and(|before| before != now) {
            set.set((now != Weights::default()).then(|| now.to_string()));
        }
        now
    });
}
