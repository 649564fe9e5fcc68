//! Tells a need's owner of a provider that reaches the need's threshold for the first time. What it
//! has done is in the database, its cursor too, so that neither a restart nor a second replica makes
//! an alert come twice or not at all.

use super::Shelf;
use super::follower::{of, organisations_in};
use super::sight::own_need;
use crate::corridor::Follower;
use crate::http::{Answer, Fail, PageWords, Reply, Words};
use crate::identity::Who;
use crate::state::State;
use actix_web::{get, web};
use kazi_core::Instant;
use kazi_core::directory::Organisation;
use kazi_core::events::{Cursor, Event, EventKind};
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::{AlertKey, NeedAlert, NeedState, Terms, Weights, criteria, score, standings};
use kazi_core::page::Page;
use kazi_core::problem::Code;
use kazi_store::matching::{self, Watch};
use kazi_store::{Db, Store, StoreError, StoreResult, directory};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AlertWords {
    /// `next` of the page before.
    after: Option<String>,
    /// Items on the page, 1 to 100; 20 when not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List a need's alerts
///
/// The providers that reached the need's threshold after it was set, each once; newest first. For the owner's
/// members only.
#[utoipa::path(
    tag = "matching", operation_id = "list_need_alerts", security(("bearer" = [])),
    params(("id" = NeedId, Path, description = "The need."), AlertWords),
    responses((status = 200, body = Page<NeedAlert>, description = "A page of alerts."))
)]
#[get("/needs/{id}/alerts")]
pub async fn list_need_alerts(state: web::Data<State>, who: Who, id: web::Path<NeedId>, words: Words<AlertWords>) -> Answer<Reply> {
    let (id, AlertWords { after, limit }) = (id.into_inner(), words.0);
    let limit = PageWords { after: None, limit }.limit()?;
    let after: Option<AlertKey> = match after.map(|key| key.parse()) {
        None => None,
        Some(Ok(key)) => Some(key),
        Some(Err(why)) => return Err(Fail::new(Code::InvalidQuery, format!("{why}."))),
    };
    let act = move |db: &mut Db| {
        own_need(db, &who.0, id)?;
        Ok::<_, Fail>(matching::alerts(db, id, after, limit)?)
    };
    Ok(Reply::ok(&state.store.read(act).await?))
}

const NAME: &str = "need_alerts";
/// How many providers that pass already are remembered when a threshold is set.
const KNOWN: usize = 5000;

pub(super) struct AlertFollower {
    shelf: Arc<Shelf>,
    cursor: Cursor,
}

impl AlertFollower {
    /// Goes on where it was; the very first time it begins at the log's end.
    pub fn new(store: &Store, shelf: Arc<Shelf>) -> StoreResult<Self> {
        let cursor = match store.read_now(|db| matching::follower_cursor(db, NAME))? {
            Some(cursor) => cursor,
            None => store.read_now(kazi_store::events::end)?,
        };
        Ok(Self { shelf, cursor })
    }

    /// Who reaches the threshold of a watch that these events made or changed, and since when it is one.
    fn known(&self, watches: &[Watch], events: &[Event]) -> Vec<Known> {
        let mut known = vec![];
        for watch in watches {
            let Some(event) = events.iter().rev().find(|e| e.subject == watch.need.0 && makes_or_changes(e)) else { continue };
            let terms = Terms::of(&watch.wanted, event.at.day());
            let index = self.shelf.index.read().expect("no holder panics");
            // A need that asks for nothing that weighs ranks nobody.
            let Ok(ranking) = index.search(&terms, &Weights::default(), KNOWN) else { continue };
            let passing = ranking.ranked.iter().filter(|r| f64::from(r.score) >= watch.from_score).map(|r| r.organisation).collect();
            let new = events.iter().any(|e| e.subject == watch.need.0 && opens(e));
            known.push(Known { need: watch.need, since: event.at, new, passing });
        }
        known
    }
}

struct Known {
    need: NeedId,
    since: Instant,
    /// It was not open before.
    new: bool,
    passing: Vec<OrganisationId>,
}

fn makes_or_changes(event: &Event) -> bool {
    matches!(event.kind, EventKind::NeedCreated | EventKind::NeedEdited)
}
fn opens(event: &Event) -> bool {
    makes_or_changes(event) && event.data["state"] == NeedState::Open.as_str()
}

/// The best score of an organisation that passes the watch's hard constraints.
fn best(watch: &Watch, organisation: &Organisation, now: Instant) -> Option<f32> {
    let terms = Terms::of(&watch.wanted, now.day());
    let shares = Weights::default().over(terms.asked).ok()?;
    let passing = of(organisation).into_iter().filter(|c| standings(&terms, c).0.is_empty());
    passing.map(|c| score(&criteria::values(&terms, &c), &shares).0).max_by(f32::total_cmp)
}

fn tell(db: &mut Db, now: Instant, watches: &[&Watch], organisations: &[Organisation]) -> StoreResult<()> {
    for organisation in organisations {
        for watch in watches.iter().filter(|w| w.owner != organisation.id) {
            if let Some(score) = best(watch, organisation, now).filter(|s| f64::from(*s) >= watch.from_score) {
                matching::alert(db, now, watch, organisation.id, score)?;
            }
        }
    }
    Ok(())
}

impl Follower for AlertFollower {
    fn name(&self) -> &'static str {
        NAME
    }
    fn cursor(&self) -> Cursor {
        self.cursor
    }
    fn take(&mut self, store: &Store, events: &[Event]) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let Some(last) = events.last().map(|e| e.cursor) else { return Ok(()) };
        let now: Instant = chrono::Utc::now().into();
        let watches = store.read_now(matching::watches)?;
        let known = self.known(&watches, events);
        let changed = if watches.is_empty() { vec![] } else { organisations_in(events) };
        store.write_now(move |db| {
            let organisations = directory::by_ids(db, &changed)?;
            let (new, old): (Vec<&Watch>, Vec<&Watch>) = watches.iter().partition(|w| known.iter().any(|k| k.new && k.need == w.need));
            tell(db, now, &old, &organisations)?;
            for Known { need, since, passing, .. } in &known {
                let passing = matching::unchanged_since(db, passing, *since)?;
                matching::known_already(db, now, *need, &passing)?;
            }
            tell(db, now, &new, &organisations)?;
            matching::advance_follower(db, NAME, last)?;
            Ok::<_, StoreError>(())
        })?;
        self.cursor = last;
        Ok(())
    }
}
