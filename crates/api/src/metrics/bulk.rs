//! Many readings at once, one JSON document a line: each line is taken or refused on its own.

use super::sight::{sites, taken};
use super::wear;
use crate::http::{Answer, Fail, Once, Reply, Words, fields, hex};
use crate::identity::Who;
use crate::standard::in_force;
use crate::state::{State, new_id};
use actix_web::{HttpRequest, post, web};
use kazi_core::Instant;
use kazi_core::ids::OrganisationId;
use kazi_core::metrics::{
    BULK_LINES, BulkResult, Correction, Figure, LineOutcome, LineResult, NewReading, Reading, ReadingLine, asked_about, periods_behind,
};
use kazi_core::policy::metrics as may;
use kazi_core::problem::{Code, FieldError};
use kazi_store::{Db, StoreResult, metrics};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;
use validator::Validate;

/// The most bytes of a bulk.
const BYTES: usize = 16 * 1024 * 1024;

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BulkWords {
    /// Only say what would become of each line.
    #[serde(default)]
    #[param(default = false)]
    dry_run: bool,
}

/// A line as it was read, or what is wrong with it.
pub(super) type Line = (u32, Result<ReadingLine, Vec<FieldError>>);

/// Enter many readings
///
/// NDJSON: one reading a line, at most 10,000 lines and 16 MB. Each line is taken or refused on its own, and the answer says
/// which. A line that says what is known already changes nothing, so the same bulk can be sent again. One that differs from a
/// given figure corrects it and needs a `reason`.
#[utoipa::path(
    tag = "metrics", operation_id = "import_readings", security(("bearer" = [])),
    params(("id" = OrganisationId, Path, description = "Whose readings they are."), BulkWords),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "NDJSON: a `ReadingLine` on each line. `application/x-ndjson` is taken too.",
        example = json!("{\"figure\":{\"metric\":\"permanent_employees\",\"period\":\"2026-Q3\"},\"stated\":{\"answer\":{\"state\":\"value\",\"value\":{\"number\":120}}}}\n")),
    responses((status = 200, body = BulkResult, description = "What became of each line."))
)]
#[post("/organisations/{id}/readings/import")]
pub async fn import_readings(
    state: web::Data<State>,
    who: Who,
    req: HttpRequest,
    id: web::Path<OrganisationId>,
    once: Once,
    words: Words<BulkWords>,
    payload: web::Payload,
) -> Answer<Reply> {
    let organisation = id.into_inner();
    may::enter_readings(&who.0, organisation)?;
    let kinds = ["application/x-ndjson", "application/ndjson", "application/octet-stream"];
    if !kinds.contains(&actix_web::HttpMessage::content_type(&req)) {
        return Err(Fail::new(Code::UnsupportedMediaType, "Send Content-Type: application/x-ndjson."));
    }
    enter(&state, &who, organisation, once, words.0, payload, read).await
}

/// Reads the body's lines and takes them.
pub(super) async fn enter(
    state: &State,
    who: &Who,
    organisation: OrganisationId,
    once: Once,
    words: BulkWords,
    payload: web::Payload,
    read: fn(&[u8]) -> Answer<Vec<Line>>,
) -> Answer<Reply> {
    let BulkWords { dry_run } = words;
    let bytes = whole(payload).await?;
    let fingerprint = format!("{} {dry_run}", hex(&Sha256::digest(&bytes)));
    let lines = web::block(move || read(&bytes)).await.map_err(Fail::inside)??;
    let (now, actor) = (state.now(), who.0.id());
    let act = move |db: &mut Db| Ok(Reply::ok(&take(db, now, actor, organisation, lines, dry_run)?));
    once.write(state, &who.0, &fingerprint, act).await
}

/// The whole body, if it isn't larger than a bulk may be.
async fn whole(payload: web::Payload) -> Answer<web::Bytes> {
    match payload.to_bytes_limited(BYTES).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Fail::new(Code::MalformedBody, "The body broke off.")),
        Err(_) => Err(Fail::new(Code::TooLarge, format!("The body may have at most {BYTES} bytes; send it in several."))),
    }
}

fn read(bytes: &[u8]) -> Answer<Vec<Line>> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fail::new(Code::MalformedBody, "The body is not UTF-8."))?;
    let lines: Vec<(u32, &str)> = text.lines().zip(1u32..).filter(|(line, _)| !line.trim().is_empty()).map(|(l, n)| (n, l)).collect();
    if lines.is_empty() {
        return Err(Fail::new(Code::MalformedBody, "The body has no line."));
    }
    if lines.len() > BULK_LINES {
        return Err(Fail::new(Code::TooLarge, format!("At most {BULK_LINES} lines at once; send them in several bulks.")));
    }
    Ok(lines.into_iter().map(|(number, line)| (number, one(line))).collect())
}

fn one(line: &str) -> Result<ReadingLine, Vec<FieldError>> {
    let reader = &mut serde_json::Deserializer::from_str(line);
    let read: ReadingLine = serde_path_to_error::deserialize(reader).map_err(|e| {
        let pointer = format!("/{}", e.path().to_string().replace(['.', '['], "/").replace(']', ""));
        vec![FieldError { pointer, code: "format".into(), message: e.inner().to_string() }]
    })?;
    valid(read)
}

/// The line, if its texts are as long as they may be.
pub(super) fn valid(line: ReadingLine) -> Result<ReadingLine, Vec<FieldError>> {
    match line.validate() {
        Ok(()) => Ok(line),
        Err(wrong) => Err(fields(&wrong)),
    }
}

/// Takes line by line; a refused one keeps no other from being taken.
fn take(
    db: &mut Db,
    now: Instant,
    actor: Option<Uuid>,
    organisation: OrganisationId,
    lines: Vec<Line>,
    dry_run: bool,
) -> Answer<BulkResult> {
    let sites = sites(db, organisation)?;
    let mut known = readings_around(db, now, organisation, &lines)?;
    let mut seen: BTreeMap<Figure, u32> = BTreeMap::new();
    let mut results = Vec::with_capacity(lines.len());
    for (number, line) in lines {
        let refused =
            |errors: Vec<FieldError>| LineResult { line: number, outcome: LineOutcome::Refused, reading: None, doubts: vec![], errors };
        let line = match line {
            Ok(line) => line,
            Err(errors) => {
                results.push(refused(errors));
                continue;
            }
        };
        if let Some(first) = seen.get(&line.figure) {
            let message = format!("Line {first} is of the same figure.");
            results.push(refused(vec![FieldError { pointer: "/figure".into(), code: "conflict".into(), message }]));
            continue;
        }
        let metric = match taken(&sites, now, &line.figure, &line.stated, ("/figure", "/stated")) {
            Ok(metric) => metric,
            Err(refusal) => {
                results.push(refused(refusal.errors));
                continue;
            }
        };
        let (outcome, reading) = match known.get(&line.figure) {
            None => {
                let new = NewReading { organisation, figure: line.figure.clone(), stated: line.stated };
                let entered = if dry_run {
                    Reading::tried(&new, in_force().version, now)
                } else {
                    metrics::create(db, now, actor, new_id(), in_force().version, &new, wear(now))?
                };
                (LineOutcome::Created, entered)
            }
            Some(before) if before.stated == line.stated => (LineOutcome::Unchanged, before.clone()),
            Some(before) => {
                let Some(reason) = line.reason else {
                    let message = "The figure was given already and differs: say why it changes.".into();
                    results.push(refused(vec![FieldError { pointer: "/reason".into(), code: "required".into(), message }]));
                    continue;
                };
                let to = Correction { stated: line.stated, reason };
                let corrected = if dry_run {
                    Reading { stated: to.stated, ..before.clone() }
                } else {
                    metrics::correct(db, now, actor, in_force().version, before, &to, wear(now))?
                };
                (LineOutcome::Corrected, corrected)
            }
        };
        let others: Vec<Reading> = known.values().filter(|r| r.figure.metric == line.figure.metric).cloned().collect();
        let doubts = asked_about(metric, &reading, &others);
        seen.insert(line.figure.clone(), number);
        let id = Some(reading.id).filter(|id| !id.0.is_nil());
        results.push(LineResult { line: number, outcome, reading: id, doubts, errors: vec![] });
        known.insert(line.figure, reading);
    }
    Ok(BulkResult::of(results, dry_run))
}

/// What the organisation has said already of the periods that the lines speak of, and of those they are compared with.
fn readings_around(db: &mut Db, now: Instant, organisation: OrganisationId, lines: &[Line]) -> StoreResult<BTreeMap<Figure, Reading>> {
    let mut periods: Vec<_> =
        lines.iter().filter_map(|(_, line)| line.as_ref().ok()).flat_map(|l| periods_behind(l.figure.period)).collect();
    periods.sort_unstable();
    periods.dedup();
    let found = metrics::of_periods(db, organisation, &periods, wear(now))?;
    Ok(found.into_iter().map(|reading| (reading.figure.clone(), reading)).collect())
}
