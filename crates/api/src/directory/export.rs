//! Exports: everything that a search finds, without a cap, written out as it is read.

use super::index::SearchFail;
use super::search::SearchWords;
use crate::http::{Answer, Fail, Words};
use crate::identity::Who;
use crate::state::State;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, get, web};
use kazi_core::directory::{ExportFormat, Organisation, defused};
use kazi_core::ids::OrganisationId;
use kazi_store::{Store, directory};
use serde::Deserialize;
use std::fmt::Display;

/// Organisations read at once.
const CHUNK: usize = 500;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormatWord {
    format: ExportFormat,
}

const COLUMNS: [&str; 23] = [
    "id",
    "slug",
    "name",
    "other_names",
    "kind",
    "website",
    "country_hq",
    "city",
    "delivery_countries",
    "services",
    "languages",
    "target_groups",
    "impact_share",
    "impact_definition",
    "impact_definition_source",
    "certificates",
    "founded",
    "headcount",
    "headcount_year",
    "claimed",
    "fictional",
    "summary",
    "updated_at",
];

/// Export organisations
///
/// Everything that the same search finds, streamed, without a cap, ordered by id. `sort`, `after` and `limit` do not
/// apply. The CSV can be imported again.
#[utoipa::path(
    tag = "directory", operation_id = "export_organisations",
    params(("format" = ExportFormat, Query, description = "csv or ndjson."), SearchWords),
    responses((status = 200, content((String = "text/csv", example = "name,country_hq\nTujenge Data,KE\n"), (String = "application/x-ndjson", example = "{\"slug\":\"tujenge-data\"}\n")), description = "The file."))
)]
#[get("/organisations/export")]
pub async fn export_organisations(state: web::Data<State>, req: HttpRequest, _who: Who) -> Answer<HttpResponse> {
    let (format, search): (Vec<&str>, Vec<&str>) = req.query_string().split('&').partition(|word| word.starts_with("format="));
    let format = Words::<FormatWord>::read(&format.join("&"))?.0.format;
    let search = Words::<SearchWords>::read(&search.join("&"))?.0.checked()?;
    let index = state.directory.index.clone();
    let ids = web::block(move || index.ids(&search)).await.map_err(Fail::inside)?.map_err(|e: SearchFail| Fail::from(e))?;
    let (kind, name) = match format {
        ExportFormat::Csv => ("text/csv; charset=utf-8; header=present", "organisations.csv"),
        ExportFormat::Ndjson => ("application/x-ndjson", "organisations.ndjson"),
    };
    let mut response = HttpResponse::Ok();
    response.content_type(kind).insert_header(("Content-Disposition", format!("attachment; filename=\"{name}\"")));
    let chunks: Vec<Vec<OrganisationId>> = ids.chunks(CHUNK).map(|c| c.iter().map(|id| (*id).into()).collect()).collect();
    let head = matches!(format, ExportFormat::Csv).then(|| line(COLUMNS.iter().map(|c| (*c).to_owned())));
    let store = state.store.clone();
    let body = futures_util::stream::unfold((head, chunks.into_iter(), store), move |(head, mut chunks, store)| async move {
        if let Some(head) = head {
            return Some((Ok(head), (None, chunks, store)));
        }
        let chunk = chunks.next()?;
        let part = part(&store, chunk, format).await;
        Some((part, (None, chunks, store)))
    });
    Ok(response.streaming(body))
}

async fn part(store: &Store, ids: Vec<OrganisationId>, format: ExportFormat) -> Answer<Bytes> {
    let mut found = store.read(move |db| directory::by_ids(db, &ids)).await?;
    found.sort_by_key(|o| o.id);
    let mut out = Vec::new();
    for organisation in &found {
        match format {
            ExportFormat::Csv => out.extend_from_slice(&line(row(organisation).into_iter())),
            ExportFormat::Ndjson => {
                serde_json::to_writer(&mut out, organisation).map_err(Fail::inside)?;
                out.push(b'\n');
            }
        }
    }
    Ok(out.into())
}

fn line(cells: impl Iterator<Item = String>) -> Bytes {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let _ = writer.write_record(cells.map(|c| defused(&c).into_owned()));
    writer.into_inner().unwrap_or_default().into()
}

fn row(organisation: &Organisation) -> Vec<String> {
    fn said(value: Option<impl Display>) -> String {
        value.map(|v| v.to_string()).unwrap_or_default()
    }
    fn list(values: impl IntoIterator<Item = impl Display>) -> String {
        values.into_iter().map(|v| v.to_string()).collect::<Vec<_>>().join(";")
    }
    let profile = &organisation.profile;
    vec![
        organisation.id.to_string(),
        organisation.slug.clone(),
        profile.name.clone(),
        list(&profile.other_names),
        list(&profile.kinds),
        said(profile.website.as_ref()),
        said(profile.country),
        said(profile.city.as_ref()),
        list(profile.countries_of_delivery().collect::<std::collections::BTreeSet<_>>()),
        list(profile.offers.iter().map(|o| o.service_line)),
        list(profile.languages_worked_in()),
        list(&profile.workforce.target_groups),
        said(profile.workforce.impact_share),
        said(profile.workforce.definition.as_ref()),
        said(profile.workforce.definition_source.as_ref()),
        list(profile.certificates.iter().map(|c| c.kind)),
        said(profile.founded),
        said(profile.headcount),
        said(profile.headcount_year),
        organisation.claimed.to_string(),
        organisation.fictional.to_string(),
        said(profile.summary.as_ref()),
        organisation.updated_at.to_string(),
    ]
}
