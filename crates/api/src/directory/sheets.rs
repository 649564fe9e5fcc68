//! Reads an uploaded table, CSV or XLSX, into rows of text with their lines.

use crate::http::{Answer, Fail};
use calamine::{Data, Reader};
use kazi_core::directory::{IMPORT_ROWS, Sheet};
use kazi_core::problem::Code;
use std::io::Cursor;

/// By what the file is, not what it is called: a ZIP is XLSX, anything else CSV.
pub fn read(bytes: &[u8]) -> Answer<Sheet> {
    let sheet = if bytes.starts_with(b"PK\x03\x04") { xlsx(bytes) } else { csv(bytes) }?;
    if sheet.rows.len() > IMPORT_ROWS {
        return refused(format!("The table has more than {IMPORT_ROWS} rows; split it."));
    }
    if sheet.header.iter().all(|h| h.trim().is_empty()) {
        return refused("The first row must name the columns.");
    }
    Ok(sheet)
}

fn refused<T>(detail: impl Into<String>) -> Answer<T> {
    Err(Fail::new(Code::MalformedBody, detail))
}

fn csv(bytes: &[u8]) -> Answer<Sheet> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return refused("The file is neither XLSX nor CSV in UTF-8.") };
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|d| first.bytes().filter(|b| b == d).count()).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(bytes);
    let mut sheet = Sheet::default();
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|e| Fail::new(Code::MalformedBody, format!("The CSV can't be read: {e}")))?;
        // the reader's position is before the empty lines that it skips
        let line = record.position().map_or(0, |p| {
            let skipped = bytes[p.byte() as usize..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).filter(|b| **b == b'\n');
            p.line() as u32 + skipped.count() as u32
        });
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        match at {
            0 => sheet.header = cells,
            _ if cells.iter().all(|c| c.trim().is_empty()) => {}
            _ => sheet.rows.push((line, cells)),
        }
    }
    Ok(sheet)
}

fn xlsx(bytes: &[u8]) -> Answer<Sheet> {
    let unreadable = |e: calamine::XlsxError| Fail::new(Code::MalformedBody, format!("The XLSX can't be read: {e}"));
    let mut book = calamine::Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let Some(range) = book.worksheet_range_at(0) else { return refused("The XLSX has no sheet.") };
    let range = range.map_err(unreadable)?;
    let first_line = range.start().map_or(0, |(row, _)| row) + 1;
    let mut sheet = Sheet::default();
    for (at, row) in range.rows().enumerate() {
        let cells: Vec<String> = row.iter().map(cell).collect();
        match at {
            0 => sheet.header = cells,
            _ if cells.iter().all(|c| c.trim().is_empty()) => {}
            _ => sheet.rows.push((first_line + at as u32, cells)),
        }
    }
    Ok(sheet)
}

fn cell(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(day) if day.is_datetime() => day.as_datetime().map(|at| at.date().to_string()).unwrap_or_default(),
        Data::Float(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_line_breaks_keep_the_line_of_the_file() {
        let sheet = read("\u{feff}name;city\n\"One\nand a half\";Nairobi\n\nTwo;Kampala\n".as_bytes()).unwrap();
        assert_eq!(sheet.header, ["name", "city"]);
        assert_eq!(sheet.rows.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 5]);
        assert!(read(b"\xff\xfe\x00").is_err());
    }
}
