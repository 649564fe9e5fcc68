//! Names of organisations by id, asked for when somebody is first shown and then kept.

use crate::session::kazi;
use kazi_core::ids::OrganisationId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashMap;

#[derive(Clone, PartialEq)]
pub struct Name {
    pub name: String,
    pub slug: String,
}

#[derive(Clone, Copy)]
pub struct Names(StoredValue<HashMap<OrganisationId, RwSignal<Option<Name>>>>);

impl Names {
    pub fn new() -> Self {
        Self(StoredValue::new(HashMap::new()))
    }

    pub fn of(self, id: OrganisationId) -> RwSignal<Option<Name>> {
        if let Some(known) = self.0.with_value(|all| all.get(&id).copied()) {
            return known;
        }
        let owner = Owner::current();
        let signal = ArcRwSignal::new(None);
        let shared = RwSignal::from(signal.clone());
        drop(owner);
        self.0.update_value(|all| {
            all.insert(id, shared);
        });
        spawn_local(async move {
            if let Ok(o) = kazi().organisations().read(id).await {
                signal.set(Some(Name { name: o.profile.name, slug: o.slug }));
            }
        });
        shared
    }
}
