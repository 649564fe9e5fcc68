//! `kazi import`: a list of organisations from a CSV or XLSX file, as stewards do it in the app.

use super::Outcome;
use crate::directory::sheets;
use crate::settings::Place;
use clap::Args;
use kazi_core::directory::{IMPORT_BYTES, ImportField, ImportPlan, Sheet};
use kazi_store::directory;
use std::path::PathBuf;
use uuid::Uuid;

#[derive(Args)]
pub struct Source {
    #[command(flatten)]
    place: Place,
    /// CSV (UTF-8) or XLSX; the first row names the columns.
    file: PathBuf,
    /// What a column says, where its name does not tell: "Land=country_hq"; "Remarks=" leaves a column out. Repeatable.
    #[arg(long = "map", value_name = "COLUMN=FIELD")]
    map: Vec<String>,
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
    let mapping = mapping(&sheet, &source.map)?;
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

/// What is guessed of each column, corrected by what was said of it. A field said of one column is taken from the one it
/// was guessed of.
fn mapping(sheet: &Sheet, said: &[String]) -> Result<Vec<Option<ImportField>>, String> {
    let mut fields = sheet.guess();
    for one in said {
        let (column, field) = one.rsplit_once('=').ok_or_else(|| format!("'{one}' is not of the form COLUMN=FIELD"))?;
        let at = sheet
            .header
            .iter()
            .position(|name| name.trim() == column.trim())
            .ok_or_else(|| format!("there is no column '{column}'; there are {}", sheet.header.join(", ")))?;
        let field = match field.trim() {
            "" => None,
            word => Some(word.parse::<ImportField>().map_err(|_| {
                let known = ImportField::ALL.iter().map(|f| f.as_str()).collect::<Vec<_>>().join(", ");
                format!("there is no field '{word}'; there are {known}")
            })?),
        };
        if field.is_some() {
            fields.iter_mut().filter(|f| **f == field).for_each(|f| *f = None);
        }
        fields[at] = field;
    }
    Ok(fields)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_mapped_by_hand() {
        let sheet = Sheet { header: ["Name", "Land", "City"].map(str::to_owned).to_vec(), rows: vec![] };
        let map = |said: &[&str]| mapping(&sheet, &said.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
        assert_eq!(map(&["Land=country_hq", "City="]).unwrap(), [Some(ImportField::Name), Some(ImportField::CountryHq), None]);
        assert_eq!(map(&["Land=city"]).unwrap(), [Some(ImportField::Name), Some(ImportField::City), None]);
        assert!(map(&["Colour=city"]).unwrap_err().contains("Name, Land, City"));
        assert!(map(&["Land=colour"]).unwrap_err().contains("country_hq"));
    }
}
