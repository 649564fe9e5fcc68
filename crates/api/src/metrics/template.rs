//! The table by which an organisation reports a period: made for it, filled in as far as it is known, and read back.

use super::bulk::{BulkWords, Line, enter, valid};
use super::wear;
use crate::directory::sheets;
use crate::http::{Answer, Fail, Once, Reply, Words};
use crate::identity::Who;
use crate::standard::in_force;
use crate::state::State;
use crate::texts::Lang;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use kazi_core::directory::{defused, undefused};
use kazi_core::ids::{OrganisationId, SiteId};
use kazi_core::metrics::{
    BULK_LINES, BulkResult, Figure, Reading, ReportingPeriod, TemplateFormat, periods_behind, read_template_row, template_columns,
    template_metrics, template_row,
};
use kazi_core::policy::{self, metrics as may};
use kazi_core::problem::Code;
use kazi_core::standard::Text;
use kazi_store::{Db, metrics};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TemplateWords {
    /// The quarter or year to report.
    #[param(value_type = String, example = "2026-Q3")]
    period: ReportingPeriod,
    /// One of the organisation's sites; without it the whole organisation.
    site: Option<SiteId>,
    /// XLSX when not said.
    format: Option<TemplateFormat>,
}

/// Download the table to report a period with
///
/// One row a metric. What was given already stands in it, what was given for the period before is shown beside it; texts are
/// English or French as `Accept-Language` says. Fill in `value`, or `answer` with unknown, not_applicable or withheld, and send the
/// file to upload_reading_template.
#[utoipa::path(
    tag = "metrics", operation_id = "get_reading_template", security(("bearer" = [])),
    params(("id" = OrganisationId, Path, description = "Who reports."), TemplateWords),
    responses((status = 200, description = "The table.", content(
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "text/csv")
    )))
)]
#[get("/organisations/{id}/readings/template")]
pub async fn get_reading_template(
    state: web::Data<State>,
    who: Who,
    req: HttpRequest,
    id: web::Path<OrganisationId>,
    words: Words<TemplateWords>,
) -> Answer<HttpResponse> {
    let (organisation, now) = (id.into_inner(), state.now());
    policy::somebody(&who.0)?;
    may::enter_readings(&who.0, organisation)?;
    may::read_own_readings(&who.0, organisation)?;
    let TemplateWords { period, site, format } = words.0;
    let lang = Lang::accepted(req.headers().get("Accept-Language").and_then(|v| v.to_str().ok()).unwrap_or_default());
    let act = move |db: &mut Db| metrics::of_periods(db, organisation, &periods_behind(period), wear(now));
    let readings = state.store.read(act).await?;
    let readings: BTreeMap<Figure, Reading> = readings.into_iter().map(|reading| (reading.figure.clone(), reading)).collect();
    let row = |metric: &kazi_core::standard::Metric| {
        let figure = |period| Figure { metric: metric.code.clone(), period, site };
        let before = period.previous().and_then(|before| readings.get(&figure(before)));
        template_row(metric, said(&metric.name, lang), period, site, readings.get(&figure(period)), before)
    };
    let rows: Vec<Vec<String>> = template_metrics(in_force(), site).map(row).collect();
    let (kind, ending, bytes) = match format.unwrap_or(TemplateFormat::Xlsx) {
        TemplateFormat::Csv => ("text/csv; charset=utf-8; header=present", "csv", csv(&rows)),
        TemplateFormat::Xlsx => {
            let made = web::block(move || xlsx(&rows, lang)).await.map_err(Fail::inside)?;
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", made.map_err(Fail::inside)?)
        }
    };
    let name = format!("attachment; filename=\"readings-{period}.{ending}\"");
    Ok(HttpResponse::Ok().content_type(kind).insert_header(("Content-Disposition", name)).body(bytes))
}

/// Upload the filled table
///
/// CSV or XLSX, as it was downloaded, at most 10,000 rows and 16 MB. Each row is taken or refused on its own; an error names its
/// row and column. Rows without an answer are passed over. A row that changes a given figure needs a text in `reason`.
#[utoipa::path(
    tag = "metrics", operation_id = "upload_reading_template", security(("bearer" = [])),
    params(("id" = OrganisationId, Path, description = "Who reports."), BulkWords),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file's bytes, CSV or XLSX."),
    responses((status = 200, body = BulkResult, description = "What became of each row; the line is the file's row."))
)]
#[post("/organisations/{id}/readings/template")]
pub async fn upload_reading_template(
    state: web::Data<State>,
    who: Who,
    id: web::Path<OrganisationId>,
    once: Once,
    words: Words<BulkWords>,
    payload: web::Payload,
) -> Answer<Reply> {
    let organisation = id.into_inner();
    may::enter_readings(&who.0, organisation)?;
    enter(&state, &who, organisation, once, words.0, payload, read).await
}

fn read(bytes: &[u8]) -> Answer<Vec<Line>> {
    let sheet = sheets::read(bytes)?;
    if !sheet.header.iter().any(|name| name.trim().eq_ignore_ascii_case("metric")) {
        return Err(Fail::new(
            Code::MalformedBody,
            "The first row must name the columns as the downloaded table does, among them 'metric'.",
        ));
    }
    if sheet.rows.len() > BULK_LINES {
        return Err(Fail::new(Code::TooLarge, format!("At most {BULK_LINES} rows at once; send them in several files.")));
    }
    let one = |(line, cells): &(u32, Vec<String>)| {
        let cells: Vec<String> = cells.iter().map(|cell| undefused(cell).to_owned()).collect();
        match read_template_row(in_force(), &sheet.header, &cells) {
            Ok(None) => None,
            Ok(Some(read)) => Some((*line, valid(read))),
            Err(errors) => Some((*line, Err(errors))),
        }
    };
    Ok(sheet.rows.iter().filter_map(one).collect())
}

fn said(text: &Text, lang: Lang) -> &str {
    match lang {
        Lang::En => &text.en,
        Lang::Fr => &text.fr,
    }
}

fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let _ = writer.write_record(template_columns());
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| defused(cell).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

/// The table on the first sheet, what each metric means on the second.
fn xlsx(rows: &[Vec<String>], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (head, wrap) = (Format::new().set_bold(), Format::new().set_text_wrap());
    let table = book.add_worksheet().set_name("readings")?;
    table.set_freeze_panes(1, 2)?;
    for (column, name) in template_columns().iter().enumerate() {
        let width = if name == "name" { 40.0 } else { 16.0 };
        table.set_column_width(column as u16, width)?.write_with_format(0, column as u16, name.as_str(), &head)?;
    }
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            table.write_string(row as u32 + 1, column as u16, cell)?;
        }
    }
    let help = book.add_worksheet().set_name("help")?;
    help.set_column_width(0, 30)?.set_column_width(1, 90)?.set_column_width(2, 90)?;
    for (row, metric) in in_force().metrics.iter().filter(|m| m.is_reported()).enumerate() {
        let row = row as u32;
        help.write_string(row, 0, metric.code.as_str())?;
        help.write_string_with_format(row, 1, said(&metric.definition, lang), &wrap)?;
        help.write_string_with_format(row, 2, said(&metric.usage, lang), &wrap)?;
    }
    book.save_to_buffer()
}
