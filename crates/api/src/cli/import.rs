//! `kazi import`: a list of organisations from a CSV or XLSX file, as stewards do it in the app.

use super::Outcome;
use crate::directory::sheets;
use crate::settings::Place;
use clap::Args;
use kazi_core::directory::{IMPORT_BYTES, ImportPlan};
use kazi_store::directory;
use std::path::PathBuf;
use uuid::Uuid;

#[derive(Args)]
pub struct Source {
    #[command(flatten)]
    place: Place,
    /// CSV (UTF-8) or XLSX; the first row names the columns.
    file: PathBuf,
    /// Only say what would be done.
    #[arg(long)]
    dry_run: bool,
}

pub fn run(source: &Source) -> Outcome {
    let bytes = std::fs::read(&source.file).map_err(|e| format!("{}: {e}", source.file.display()))?;
    if bytes.len() > IMPORT_BYTES {
        return Err(format!("the file has more than {IMPORT_BYTES} bytes").into());
    }
    let sheet = sheets::read(&bytes)?;
    let mapping = sheet.guess();
    for column in sheet.columns(&mapping) {
        println!("{:24} {}", column.name, column.field.map_or("(left out)", |f| f.as_str()));
    }
    if let Some(error) = sheet.check(&mapping).first() {
        return Err(error.message.clone().into());
    }
    std::fs::create_dir_all(&source.place.data_dir)?;
    let store = source.place.open()?;
    store.migrate()?;
    let name = source.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    if source.dry_run {
        report(&store.read_now(|db| directory::plan_sheet(db, &sheet, &mapping))?);
        return Ok(());
    }
    let (id, at) = (Uuid::now_v7().into(), chrono::Utc::now().into());
    let done = store.write_now(move |db| {
        directory::create_import(db, id, None, &name, &sheet, &mapping, at)?;
        directory::apply_import(db, id, None, at)
    })?;
    report(&done.plan);
    println!("import {id}");
    Ok(())
}

fn report(plan: &ImportPlan) {
    for error in &plan.errors {
        let column = error.column.as_ref().map(|c| format!(", column {c}")).unwrap_or_default();
        println!("line {}{column}: {}", error.line, error.message);
    }
    println!(
        "{} listed, {} changed, {} unchanged, {} claimed and left alone, {} refused",
        plan.create, plan.update, plan.unchanged, plan.claimed, plan.refused
    );
}
