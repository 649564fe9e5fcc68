//! `kazi backup FILE` and `kazi restore FILE`: the database and the attachments on disk as lines of JSON,
//! which restore into either kind of database. Not the signing keys (made anew, so people's access
//! tokens are refreshed once), not what is rebuilt from the log, not attachments that are kept in S3.

use super::Outcome;
use crate::settings::Place;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Args;
use kazi_store::StoreError;
use kazi_store::backup::{self, Line};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Component, Path, PathBuf};

#[derive(Args)]
pub struct Target {
    /// Where the backup is; - is standard output or input.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// What follows the database's lines.
#[derive(Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
enum FileLine {
    Attachment { path: String, base64: String },
    Attachments { count: u64 },
}

pub fn backup(target: &Target) -> Outcome {
    let mut out: Box<dyn Write> = if target.file == Path::new("-") { Box::new(std::io::stdout()) } else { Box::new(create(&target.file)?) };
    let mut out = BufWriter::new(&mut out);
    let mut say = |line: &Line| {
        serde_json::to_writer(&mut out, line)?;
        out.write_all(b"\n")
    };
    let rows = target.place.open()?.read_now(|db| backup::backup(db, &mut say))?;
    let folder = target.place.data_dir.join("attachments");
    let mut count = 0;
    for path in files(&folder)? {
        let name = path.strip_prefix(&folder)?.to_string_lossy().into_owned();
        serde_json::to_writer(&mut out, &FileLine::Attachment { path: name, base64: STANDARD.encode(std::fs::read(&path)?) })?;
        out.write_all(b"\n")?;
        count += 1;
    }
    serde_json::to_writer(&mut out, &FileLine::Attachments { count })?;
    out.write_all(b"\n")?;
    out.flush()?;
    eprintln!("kept {} rows of {} tables and {count} attachments", rows.values().sum::<u64>(), rows.len());
    Ok(())
}

pub fn restore(target: &Target) -> Outcome {
    let input: Box<dyn Read + Send> =
        if target.file == Path::new("-") { Box::new(std::io::stdin()) } else { Box::new(File::open(&target.file)?) };
    crate::settings::private_folder(&target.place.data_dir)?;
    let folder = target.place.data_dir.join("attachments");
    if !files(&folder)?.is_empty() {
        return Err(format!("{} has files already. A backup is restored into an empty place only.", folder.display()).into());
    }
    let index = target.place.data_dir.join("index");
    if index.is_dir() {
        std::fs::remove_dir_all(index)?;
    }
    let store = target.place.open()?;
    store.migrate()?;
    let (restored, mut input) = store.write_now(move |db| {
        let mut input = BufReader::new(input);
        let mut lines = (&mut input).lines().map(|line| {
            let line = line.map_err(|e| StoreError::Row(e.to_string()))?;
            serde_json::from_str::<Line>(&line).map_err(|e| StoreError::Row(e.to_string()))
        });
        let restored = backup::restore(db, &mut lines)?;
        drop(lines);
        Ok::<_, StoreError>((restored, input))
    })?;
    let count = attachments(&mut input, &folder)?;
    eprintln!("restored {} rows and {count} attachments; indexes are built when the server starts", restored.values().sum::<u64>());
    Ok(())
}

fn attachments(input: &mut impl BufRead, folder: &Path) -> Result<u64, Box<dyn std::error::Error + Send + Sync>> {
    let mut written = 0;
    for line in input.lines() {
        match serde_json::from_str(&line?)? {
            FileLine::Attachment { path, base64 } => {
                let path = Path::new(&path);
                if !path.components().all(|c| matches!(c, Component::Normal(_))) {
                    return Err(format!("{} is no path within the attachments", path.display()).into());
                }
                let path = folder.join(path);
                std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
                std::fs::write(path, STANDARD.decode(base64)?)?;
                written += 1;
            }
            FileLine::Attachments { count } if count == written => return Ok(written),
            FileLine::Attachments { count } => return Err(format!("{count} attachments were kept, {written} are here").into()),
        }
    }
    Err("the backup is cut short: the rows were restored, but attachments are missing".into())
}

/// For the owner's eyes only, and never over something.
fn create(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// All files in a folder and those within, in order; none where there is no folder.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut list = Vec::new();
    if folder.is_dir() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                list.extend(files(&path)?);
            } else {
                list.push(path);
            }
        }
    }
    list.sort();
    Ok(list)
}
