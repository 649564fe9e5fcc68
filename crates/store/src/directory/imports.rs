//! Imports: the sheet as it was read, what applying it would do, doing it, and taking it back.

use super::matched;
use super::organisations::{self as listings, NewListing};
use crate::columns::{Id, word};
use crate::schema::{import_changes as changes, imports as table};
use crate::{Db, StoreError, StoreResult, events};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::directory::{
    EvidenceGrade, Import, ImportField, ImportPlan, ImportRow, ImportState, Kept, KeptReason, Organisation, Profile, Provenance, Reach,
    RowError, SaidBy, Sheet, after_edit,
};
use kazi_core::events::{EventKind, NewEvent};
use kazi_core::ids::{ImportId, OrganisationId};
use kazi_core::page::Page;
use kazi_core::problem::{Code, Refusal};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The most errors that are told.
const ERRORS: usize = 1000;

type Mapping = Vec<Option<ImportField>>;
type Row = (Id, String, String, String, String, Option<String>, Option<String>, i32, i64, Option<i64>, Option<i64>);
const COLUMNS: (
    table::id,
    table::file_name,
    table::state,
    table::sheet,
    table::mapping,
    table::done,
    table::kept,
    table::version,
    table::created_at,
    table::applied_at,
    table::undone_at,
) = (
    table::id,
    table::file_name,
    table::state,
    table::sheet,
    table::mapping,
    table::done,
    table::kept,
    table::version,
    table::created_at,
    table::applied_at,
    table::undone_at,
);

struct Stored {
    import: Import,
    sheet: Sheet,
    mapping: Mapping,
}

fn read(row: Row) -> StoreResult<Stored> {
    let (id, file_name, state, sheet, mapping, done, kept, version, created_at, applied_at, undone_at) = row;
    let (sheet, mapping): (Sheet, Mapping) = (listings::document(&sheet)?, listings::document(&mapping)?);
    let import = Import {
        id: id.0.into(),
        file_name,
        state: word(&state)?,
        columns: sheet.columns(&mapping),
        rows: sheet.rows.len() as u32,
        plan: done.as_deref().map(listings::document).transpose()?.unwrap_or_default(),
        kept: kept.as_deref().map(listings::document).transpose()?.unwrap_or_default(),
        version,
        created_at: Instant::from_micros(created_at),
        applied_at: applied_at.map(Instant::from_micros),
        undone_at: undone_at.map(Instant::from_micros),
    };
    Ok(Stored { import, sheet, mapping })
}

fn stored(db: &mut Db, id: ImportId) -> StoreResult<Stored> {
    let row = table::table.find(Id(id.0)).select(COLUMNS).first::<Row>(db).optional()?;
    read(row.ok_or_else(|| Refusal::not_found("import"))?)
}

/// Keeps a sheet with a mapping; nothing is listed yet.
pub fn create_import(
    db: &mut Db,
    id: ImportId,
    person: Option<Uuid>,
    file_name: &str,
    sheet: &Sheet,
    mapping: &Mapping,
    at: Instant,
) -> StoreResult<Import> {
    diesel::insert_into(table::table)
        .values((
            table::id.eq(Id(id.0)),
            table::person.eq(person.map(Id)),
            table::file_name.eq(file_name),
            table::state.eq(ImportState::Preview.as_str()),
            table::sheet.eq(listings::text(sheet)?),
            table::mapping.eq(listings::text(mapping)?),
            table::version.eq(1),
            table::created_at.eq(at.micros()),
        ))
        .execute(db)?;
    get_import(db, id)
}

/// The import; in preview with what applying it would do now.
pub fn get_import(db: &mut Db, id: ImportId) -> StoreResult<Import> {
    let mut found = stored(db, id)?;
    if found.import.state == ImportState::Preview {
        found.import.plan = plan(db, &found.sheet, &found.mapping)?.0;
    }
    Ok(found.import)
}

/// Newest first, without plans of those still in preview.
pub fn list_imports(db: &mut Db, after: Option<ImportId>, limit: u32) -> StoreResult<Page<Import>> {
    let before = Id(after.map_or(Uuid::max(), |id| id.0));
    let rows: Vec<Row> =
        table::table.filter(table::id.lt(before)).order(table::id.desc()).limit(i64::from(limit) + 1).select(COLUMNS).load(db)?;
    let more = rows.len() > limit as usize;
    let items: Vec<Import> = rows.into_iter().take(limit as usize).map(|r| read(r).map(|s| s.import)).collect::<StoreResult<_>>()?;
    let next = items.last().filter(|_| more).map(|i| i.id.to_string());
    Ok(Page { items, next })
}

pub fn map_import(db: &mut Db, id: ImportId, version: i32, mapping: &Mapping) -> StoreResult<Import> {
    let found = stored(db, id)?;
    let errors = found.sheet.check(mapping);
    if !errors.is_empty() {
        return Err(Refusal::fields(errors).into());
    }
    step(
        db,
        &found.import,
        ImportState::Preview,
        Some(version),
        (table::mapping.eq(listings::text(mapping)?), table::version.eq(version + 1)),
    )?;
    get_import(db, id)
}

/// Moves on from `from`, once: a second one finds it gone and is refused.
fn step<V>(db: &mut Db, import: &Import, from: ImportState, version: Option<i32>, values: V) -> StoreResult<()>
where
    V: AsChangeset<Target = table::table>,
    V::Changeset: diesel::query_builder::QueryFragment<crate::connection::MultiBackend>,
{
    if import.state != from {
        let detail = format!("The import is {}; this is for one that is {from}.", import.state);
        return Err(Refusal::new(Code::Conflict, detail).into());
    }
    let version = version.unwrap_or(import.version);
    let target = table::table.find(Id(import.id.0)).filter(table::state.eq(from.as_str())).filter(table::version.eq(version));
    match diesel::update(target).set(values).execute(db)? {
        0 => Err(Refusal::new(Code::VersionMismatch, "It was changed since you read it. Read it again.").into()),
        _ => Ok(()),
    }
}

/// What a row is to do.
enum Work {
    Create(ImportRow, Profile),
    Update(ImportRow, Box<Organisation>, Profile),
}

/// What importing the sheet would do now.
pub fn plan_sheet(db: &mut Db, sheet: &Sheet, mapping: &Mapping) -> StoreResult<ImportPlan> {
    Ok(plan(db, sheet, mapping)?.0)
}

fn plan(db: &mut Db, sheet: &Sheet, mapping: &Mapping) -> StoreResult<(ImportPlan, Vec<Work>)> {
    let (mut plan, mut work, mut rows) = (ImportPlan::default(), Vec::new(), Vec::new());
    for read in sheet.read(mapping) {
        match read {
            Ok(row) => rows.push(row),
            Err(errors) => refuse(&mut plan, errors),
        }
    }
    let mut spoken = matched::spoken_of(db, &rows)?;
    let speakers = matched::speakers(&rows, &spoken.rows);
    for (row, target) in rows.into_iter().zip(std::mem::take(&mut spoken.rows)) {
        let Some(target) = target else {
            let profile = row.onto(&Profile::default(), &BTreeMap::new(), Reach::ListsWord, || Uuid::now_v7().into());
            match profile.check() {
                Ok(()) => {
                    plan.create += 1;
                    work.push(Work::Create(row, profile));
                }
                Err(refusal) => refuse(&mut plan, of_check(&row, refusal)),
            }
            continue;
        };
        if let Some(speaker) = speakers.get(&target.id).filter(|line| **line != row.line) {
            refuse(&mut plan, vec![RowError::same_listing(row.line, *speaker)]);
            continue;
        }
        let Some(before) = spoken.listings.remove(&target.id) else { continue };
        if before.claimed {
            plan.claimed += 1;
            continue;
        }
        let profile = row.onto(&before.profile, &before.provenance, target.reach, || Uuid::now_v7().into());
        match profile.check() {
            _ if profile == before.profile => plan.unchanged += 1,
            Ok(()) => {
                plan.update += 1;
                work.push(Work::Update(row, Box::new(before), profile));
            }
            Err(refusal) => refuse(&mut plan, of_check(&row, refusal)),
        }
    }
    // Refused rows come from two passes; people read them from the top.
    plan.errors.sort_by_key(|e| e.line);
    Ok((plan, work))
}

fn refuse(plan: &mut ImportPlan, errors: Vec<RowError>) {
    plan.refused += 1;
    let room = ERRORS.saturating_sub(plan.errors.len());
    plan.errors.extend(errors.into_iter().take(room));
}

fn of_check(row: &ImportRow, refusal: Refusal) -> Vec<RowError> {
    refusal.errors.into_iter().map(|e| RowError::contradiction(row.line, e.message)).collect()
}

/// Lists and changes what the rows say, in one transaction.
pub fn apply_import(db: &mut Db, id: ImportId, actor: Option<Uuid>, at: Instant) -> StoreResult<Import> {
    let found = stored(db, id)?;
    let (plan, work) = plan(db, &found.sheet, &found.mapping)?;
    let values = (
        table::state.eq(ImportState::Applied.as_str()),
        table::done.eq(listings::text(&plan)?),
        table::version.eq(found.import.version + 1),
        table::applied_at.eq(at.micros()),
    );
    step(db, &found.import, ImportState::Preview, None, values)?;
    for task in work {
        let (organisation, before, version) = match task {
            Work::Create(row, profile) => {
                let by = said(&found.import, &row, at);
                let provenance = after_edit(&Profile::default(), &profile, &BTreeMap::new(), &by);
                let listing = NewListing {
                    id: Uuid::now_v7().into(),
                    profile,
                    provenance,
                    claimed: false,
                    fictional: false,
                    source_key: Some(row.key),
                };
                (listings::create(db, at, actor, &listing)?.id, None, 1)
            }
            Work::Update(row, before, profile) => {
                let by = said(&found.import, &row, at);
                let provenance = after_edit(&before.profile, &profile, &before.provenance, &by);
                let after = listings::update(db, at, actor, &before, &profile, &provenance)?;
                (after.id, Some(listings::text(&(&before.profile, &before.provenance))?), after.version)
            }
        };
        diesel::insert_into(changes::table)
            .values((
                changes::import.eq(Id(id.0)),
                changes::organisation.eq(Id(organisation.0)),
                changes::before.eq(before),
                changes::version_after.eq(version),
            ))
            .execute(db)?;
    }
    tell(db, EventKind::ImportApplied, id, actor, at)?;
    get_import(db, id)
}

fn said(import: &Import, row: &ImportRow, at: Instant) -> Provenance {
    let source = row.source.as_ref().map_or_else(|| import.file_name.clone(), |s| format!("{}: {s}", import.file_name));
    Provenance { by: SaidBy::List, at, source: Some(source), grade: EvidenceGrade::Listed }
}

fn tell(db: &mut Db, kind: EventKind, id: ImportId, actor: Option<Uuid>, at: Instant) -> StoreResult<()> {
    events::append(db, at, NewEvent { kind, actor, organisation: None, subject: id.0, data: serde_json::json!({}) })
}

/// Takes back what the import did, except where somebody has changed it since: that is kept and told.
pub fn undo_import(db: &mut Db, id: ImportId, actor: Option<Uuid>, at: Instant) -> StoreResult<Import> {
    let found = stored(db, id)?;
    let list: Vec<(Id, Option<String>, i32)> = changes::table
        .filter(changes::import.eq(Id(id.0)))
        .order(changes::organisation)
        .select((changes::organisation, changes::before, changes::version_after))
        .load(db)?;
    let mut kept = Vec::new();
    for (organisation, before, version_after) in list {
        let organisation = OrganisationId(organisation.0);
        if let Some((code, reason)) = undo_one(db, organisation, before, version_after, actor, at)? {
            kept.push(Kept { organisation, code, reason });
        }
    }
    let values = (
        table::state.eq(ImportState::Undone.as_str()),
        table::kept.eq(listings::text(&kept)?),
        table::version.eq(found.import.version + 1),
        table::undone_at.eq(at.micros()),
    );
    step(db, &found.import, ImportState::Applied, None, values)?;
    tell(db, EventKind::ImportUndone, id, actor, at)?;
    get_import(db, id)
}

/// Takes back what was done to one listing, or says why not.
fn undo_one(
    db: &mut Db,
    id: OrganisationId,
    before: Option<String>,
    version_after: i32,
    actor: Option<Uuid>,
    at: Instant,
) -> StoreResult<Option<(KeptReason, String)>> {
    let Some(now) = listings::by_ids(db, &[id])?.pop() else {
        return Ok(Some((KeptReason::Merged, "It was merged into another since.".into())));
    };
    if now.version != version_after {
        let code = if now.claimed { KeptReason::Claimed } else { KeptReason::Changed };
        return Ok(Some((code, "It was changed since the import.".into())));
    }
    let Some(before) = before else {
        return match listings::remove(db, at, actor, id) {
            Ok(()) => Ok(None),
            Err(StoreError::Refused(refusal)) => Ok(Some((KeptReason::Referred, refusal.detail))),
            Err(other) => Err(other),
        };
    };
    let (profile, provenance): (Profile, BTreeMap<String, Provenance>) = listings::document(&before)?;
    let after = listings::update(db, at, actor, &now, &profile, &provenance)?;
    // It stands again as the import before this one left it: the versions that earlier ones left move along, with their
    // distances, so that they can be undone too, and an edit between two imports still shows.
    let moved = after.version - (version_after - 1);
    diesel::update(changes::table.filter(changes::organisation.eq(Id(id.0))).filter(changes::version_after.lt(version_after)))
        .set(changes::version_after.eq(changes::version_after + moved))
        .execute(db)?;
    Ok(None)
}

/// The files that a person handed in, for her export.
pub fn imports_of(db: &mut Db, person: kazi_core::ids::PersonId) -> StoreResult<Vec<serde_json::Value>> {
    use crate::schema::imports as t;
    let rows: Vec<(Id, String, String, i64)> =
        t::table.filter(t::person.eq(Id(person.0))).order(t::id).select((t::id, t::file_name, t::state, t::created_at)).load(db)?;
    let import = |(id, file, state, at): (Id, String, String, i64)| serde_json::json!({ "import": id.0, "file_name": file, "state": state, "created_at": Instant::from_micros(at).to_string() });
    Ok(rows.into_iter().map(import).collect())
}
