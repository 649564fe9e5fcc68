//! Imports over HTTP: upload, look at what it would do, say which column is what, apply, undo.

use super::sheets;
use crate::http::{Answer, Body, Fail, IfMatch, Once, PageWords, Reply, Words, hex};
use crate::identity::Who;
use crate::state::{State, new_id};
use actix_web::{get, post, put, web};
use kazi_core::directory::{IMPORT_BYTES, Import, ImportMapping};
use kazi_core::identity::StaffRole;
use kazi_core::ids::ImportId;
use kazi_core::page::Page;
use kazi_core::policy;
use kazi_core::problem::Code;
use kazi_store::directory;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// What is said of an upload beside its bytes.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Upload {
    /// The file's name; listings bear it as their source.
    #[param(min_length = 1, max_length = 200, example = "providers_public.csv")]
    pub file_name: String,
}

/// Upload a list of organisations
///
/// CSV (UTF-8) or XLSX, at most 20 MB and 100,000 rows, the first row naming the columns. Nothing is listed yet: the
/// answer is a preview with the guessed meaning of each column, what applying would do, and every error by line and
/// column. For stewards.
#[utoipa::path(
    tag = "directory", operation_id = "create_import", security(("bearer" = [])),
    params(Upload, ("Idempotency-Key" = Option<String>, Header, description = "The same key twice does the thing once.")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file's bytes, CSV or XLSX as `file_name` says."),
    responses((status = 201, body = Import, description = "The preview.", headers(("Location" = String), ("ETag" = String))))
)]
#[post("/imports")]
pub async fn create_import(state: web::Data<State>, who: Who, once: Once, words: Words<Upload>, payload: web::Payload) -> Answer<Reply> {
    policy::staff(&who.0, &[StaffRole::Steward])?;
    let file_name = words.0.file_name;
    if !(1..=200).contains(&file_name.chars().count()) {
        return Err(Fail::new(Code::InvalidQuery, "file_name must be 1 to 200 long."));
    }
    let bytes = match payload.to_bytes_limited(IMPORT_BYTES).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return Err(Fail::new(Code::MalformedBody, "The body broke off.")),
        Err(_) => return Err(Fail::new(Code::TooLarge, format!("The file may have at most {IMPORT_BYTES} bytes."))),
    };
    let fingerprint = hex(&Sha256::digest(&bytes));
    let sheet = web::block(move || sheets::read(&bytes)).await.map_err(Fail::inside)??;
    let (id, actor, at) = (new_id(), who.0.id(), state.now());
    let write = move |db: &mut kazi_store::Db| {
        let made = directory::create_import(db, id, actor, &file_name, &sheet, &sheet.guess(), at)?;
        Ok(Reply::created(format!("/api/v1/imports/{id}"), &made).version(made.version))
    };
    once.write(&state, &who.0, &fingerprint, write).await
}

/// List imports
///
/// Newest first. For stewards.
#[utoipa::path(
    tag = "directory", operation_id = "list_imports", security(("bearer" = [])), params(PageWords),
    responses((status = 200, body = Page<Import>, description = "A page of imports."))
)]
#[get("/imports")]
pub async fn list_imports(state: web::Data<State>, who: Who, words: Words<PageWords>) -> Answer<Reply> {
    policy::staff(&who.0, &[StaffRole::Steward])?;
    let limit = words.0.limit()?;
    let after = super::after_id::<ImportId>(&words.0)?;
    let page = state.store.read(move |db| directory::list_imports(db, after, limit)).await?;
    Ok(Reply::page(&page))
}

/// Read an import
///
/// In preview with what applying it would do now (the dry run). For stewards.
#[utoipa::path(
    tag = "directory", operation_id = "get_import", security(("bearer" = [])),
    params(("id" = ImportId, Path, description = "The import.")),
    responses((status = 200, body = Import, description = "The import.", headers(("ETag" = String))))
)]
#[get("/imports/{id}")]
pub async fn get_import(state: web::Data<State>, who: Who, id: web::Path<ImportId>) -> Answer<Reply> {
    policy::staff(&who.0, &[StaffRole::Steward])?;
    let id = id.into_inner();
    let import = state.store.read(move |db| directory::get_import(db, id)).await?;
    Ok(Reply::ok(&import).version(import.version))
}

/// Say which column is what
///
/// One entry for each column, null for what is left out. For stewards; only in preview.
#[utoipa::path(
    tag = "directory", operation_id = "update_import", security(("bearer" = [])),
    params(
        ("id" = ImportId, Path, description = "The import."),
        ("If-Match" = String, Header, description = "The ETag of what you read.", example = "\"v1\"")
    ),
    request_body(content = ImportMapping, example = json!({"fields": ["name", "website"]})),
    responses((status = 200, body = Import, description = "The preview with that mapping.", headers(("ETag" = String))))
)]
#[put("/imports/{id}/mapping")]
pub async fn update_import(
    state: web::Data<State>,
    who: Who,
    id: web::Path<ImportId>,
    version: IfMatch,
    body: Body<ImportMapping>,
) -> Answer<Reply> {
    policy::staff(&who.0, &[StaffRole::Steward])?;
    let id = id.into_inner();
    let import = state.store.write(move |db| directory::map_import(db, id, version.0, &body.value.fields)).await?;
    Ok(Reply::ok(&import).version(import.version))
}

/// Apply an import
///
/// Makes unclaimed listings and changes unclaimed ones. A list never overrules what others said, claimed
/// organisations keep their listing, and rows with errors are left out. For stewards.
#[utoipa::path(
    tag = "directory", operation_id = "apply_import", security(("bearer" = [])),
    params(
        ("id" = ImportId, Path, description = "The import."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key twice does the thing once.")
    ),
    responses((status = 200, body = Import, description = "Applied, with what it did.", headers(("ETag" = String))))
)]
#[post("/imports/{id}/apply")]
pub async fn apply_import(state: web::Data<State>, who: Who, once: Once, id: web::Path<ImportId>) -> Answer<Reply> {
    policy::staff(&who.0, &[StaffRole::Steward])?;
    let (id, actor, at) = (id.into_inner(), who.0.id(), state.now());
    let write = move |db: &mut kazi_store::Db| {
        let import = directory::apply_import(db, id, actor, at)?;
        Ok(Reply::ok(&import).version(import.version))
    };
    once.write(&state, &who.0, "", write).await
}

/// Undo an import
///
/// Takes off what it listed and restores what it changed, except listings that somebody has changed since: those are
/// left and named in `kept`. For stewards.
#[utoipa::path(
    tag = "directory", operation_id = "undo_import", security(("bearer" = [])),
    params(
        ("id" = ImportId, Path, description = "The import."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key twice does the thing once.")
    ),
    responses((status = 200, body = Import, description = "Undone, with what was kept.", headers(("ETag" = String))))
)]
#[post("/imports/{id}/undo")]
pub async fn undo_import(state: web::Data<State>, who: Who, once: Once, id: web::Path<ImportId>) -> Answer<Reply> {
    policy::staff(&who.0, &[StaffRole::Steward])?;
    let (id, actor, at) = (id.into_inner(), who.0.id(), state.now());
    let write = move |db: &mut kazi_store::Db| {
        let import = directory::undo_import(db, id, actor, at)?;
        Ok(Reply::ok(&import).version(import.version))
    };
    once.write(&state, &who.0, "", write).await
}
