//! A list that comes in pages: the first at once, the next on demand; what there is stays while more is asked.

use super::{ErrorState, LoadMore, Loading};
use kazi_client::Error;
use kazi_core::page::Page as Answer;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

type Asked<T> = Pin<Box<dyn Future<Output = Result<Answer<T>, Error>>>>;
type Ask<T> = Rc<dyn Fn(Option<String>) -> Asked<T>>;

pub struct Pages<T: Send + Sync + 'static> {
    pub items: RwSignal<Option<Vec<T>>>,
    next: RwSignal<Option<String>>,
    failure: RwSignal<Option<Error>>,
    busy: RwSignal<bool>,
    ask: StoredValue<Ask<T>, LocalStorage>,
}

impl<T: Send + Sync + 'static> Clone for Pages<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for Pages<T> {}

/// `ask` gets the page after the given key.
pub fn pages<T, F>(ask: impl Fn(Option<String>) -> F + 'static) -> Pages<T>
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<Answer<T>, Error>> + 'static,
{
    let ask: Ask<T> = Rc::new(move |after| Box::pin(ask(after)));
    let this = Pages {
        items: RwSignal::new(None),
        next: RwSignal::new(None),
        failure: RwSignal::new(None),
        busy: RwSignal::new(false),
        ask: StoredValue::new_local(ask),
    };
    this.fetch(None);
    this
}

impl<T: Clone + Send + Sync + 'static> Pages<T> {
    /// From the beginning again.
    pub fn reload(self) {
        self.fetch(None);
    }

    fn fetch(self, after: Option<String>) {
        let Some(ask) = self.ask.try_get_value() else { return };
        let fresh = after.is_none();
        self.busy.set(true);
        spawn_local(async move {
            let result = ask(after).await;
            if self.busy.try_set(false).is_some() {
                return; // the page is gone
            }
            match result {
                Ok(page) => {
                    self.failure.set(None);
                    self.next.set(page.next);
                    self.items.update(|all| match all {
                        Some(all) if !fresh => all.extend(page.items),
                        _ => *all = Some(page.items),
                    });
                }
                Err(error) => self.failure.set(Some(error)),
            }
        });
    }

    /// The items as `list` shows them (it gets at least one), or what `empty` says.
    pub fn view<V: IntoView + 'static, E: IntoView + 'static>(
        self,
        list: impl Fn(Vec<T>) -> V + Send + Sync + 'static,
        empty: impl Fn() -> E + Send + Sync + 'static,
    ) -> impl IntoView {
        let content = move || match (self.items.get(), self.failure.get()) {
            (Some(items), _) if items.is_empty() => empty().into_any(),
            (Some(items), _) => list(items).into_any(),
            (None, None) => view! { <Loading/> }.into_any(),
            (None, Some(_)) => ().into_any(),
        };
        let more = Signal::derive(move || self.next.with(Option::is_some));
        let next = Callback::new(move |()| self.fetch(self.next.get_untracked()));
        view! {
            {content}
            {move || self.failure.get().map(|error| view! { <ErrorState error retry=move || self.reload()/> })}
            <LoadMore more busy=self.busy next/>
        }
    }
}
