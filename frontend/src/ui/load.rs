//! What a page waits for: asked at once and again when a signal it reads changes; while it is asked
//! again the old answer stays. Leptos' resources bring Suspense along, which this app does not need.

use super::{ErrorState, Loading};
use kazi_client::Error;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

pub struct Load<T: Send + Sync + 'static> {
    pub value: RwSignal<Option<T>>,
    pub failure: RwSignal<Option<Error>>,
    pub busy: RwSignal<bool>,
    again: Trigger,
}

impl<T: Send + Sync + 'static> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for Load<T> {}

/// `ask` makes the request; the signals that it reads before its first await are followed.
pub fn load<T, F>(ask: impl Fn() -> F + 'static) -> Load<T>
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, Error>> + 'static,
{
    let this = Load { value: RwSignal::new(None), failure: RwSignal::new(None), busy: RwSignal::new(true), again: Trigger::new() };
    let latest = StoredValue::new(0u32);
    Effect::new(move |_| {
        this.again.track();
        let request = ask();
        latest.update_value(|n| *n += 1);
        let mine = latest.get_value();
        this.busy.set(true);
        spawn_local(async move {
            let result = request.await;
            if latest.try_get_value() != Some(mine) {
                return; // asked again since, or the page is gone
            }
            this.busy.set(false);
            match result {
                Ok(value) => {
                    this.failure.set(None);
                    this.value.set(Some(value));
                }
                Err(error) => this.failure.set(Some(error)),
            }
        });
    });
    this
}

impl<T: Clone + Send + Sync + 'static> Load<T> {
    pub fn reload(self) {
        self.again.notify();
    }

    /// The answer, or that it is waited for, or why there is none.
    pub fn view<V: IntoView + 'static>(self, show: impl Fn(T) -> V + Send + Sync + 'static) -> impl IntoView {
        move || match (self.failure.get(), self.value.get()) {
            (Some(error), _) => view! { <ErrorState error retry=move || self.reload()/> }.into_any(),
            (None, Some(value)) => show(value).into_any(),
            (None, None) => view! { <Loading/> }.into_any(),
        }
    }
}
