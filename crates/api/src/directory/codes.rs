//! The code lists that the directory is written in, for those who fill in forms and integrate.

use crate::http::{Answer, Reply};
use actix_web::get;
use kazi_core::directory::Codes;

/// List the codes
///
/// Service lines with their ISIC and ISCO-08 codes, target groups, certificates, kinds, regions with their countries.
#[utoipa::path(
    tag = "directory", operation_id = "list_codes",
    responses((status = 200, body = Codes, description = "Every list."))
)]
#[get("/codes")]
pub async fn list_codes() -> Answer<Reply> {
    Ok(Reply::ok(&Codes::all()))
}
