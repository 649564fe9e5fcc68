//! The API's description, written by the binary itself and kept in api-spec/.
//! Not for linting it or using it: the test command does that.

use crate::{Result, build, workspace};
use std::process::Command;

const DOCUMENTS: [(&str, &[&str]); 2] =
    [("api-spec/openapi.json", &["openapi"]), ("api-spec/openapi-3.0.json", &["openapi", "--three-zero"])];

/// The documents as the code has them now: path and text. Needs no database.
fn generated() -> Result<Vec<(&'static str, String)>> {
    let kazi = build::kazi(false)?;
    let print = |arguments: &[&str]| workspace::output(Command::new(&kazi).args(arguments));
    DOCUMENTS.iter().map(|(path, arguments)| Ok((*path, format!("{}\n", print(arguments)?.trim_end())))).collect()
}

pub fn write() -> Result {
    for (path, text) in generated()? {
        std::fs::write(workspace::root().join(path), text).map_err(|error| format!("{path}: {error}"))?;
        println!("wrote {path}");
    }
    Ok(())
}

/// The committed documents equal the generated ones; otherwise the first line where they part.
pub fn check() -> Result {
    for (path, text) in generated()? {
        let committed = std::fs::read_to_string(workspace::root().join(path)).unwrap_or_default();
        if committed != text {
            let same = committed.lines().zip(text.lines()).take_while(|(a, b)| a == b).count();
            let line = |document: &str| document.lines().nth(same).unwrap_or("(the end)").trim().to_owned();
            return Err(format!(
                "{path} is not what the code says: line {} is `{}` and should be `{}`. Run `cargo xtask openapi` and commit the file.",
                same + 1,
                line(&committed),
                line(&text)
            ));
        }
    }
    Ok(())
}
