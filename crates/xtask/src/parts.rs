//! Cuts the release build of the app into the parts that `frontend/src/parts.rs` names, so that a page fetches
//! what it shows. Trunk binds the module before it could be cut, so this step takes cargo's module, cuts, binds
//! and shrinks it, and puts the result in the place of Trunk's, in a folder named after its content.

use crate::{Result, process, tools, workspace};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(600);
const APP: &str = "kazi-web";
/// What the compiler's code needs, and no more: with newer features wasm-opt writes what today's browsers don't read.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];
/// Says which files each part is made of; what a part weighs is added up from it.
const LIST: &str = "parts.json";

/// Trunk has built `dist/` with the feature `parts`; afterwards it holds the app in parts and the compressed twins.
pub fn cut() -> Result {
    let whole = workspace::target().join("wasm32-unknown-unknown/wasm-release").join(format!("{APP}.wasm"));
    let cut = workspace::scratch().join("parts");
    let _ = std::fs::remove_dir_all(&cut);
    std::fs::create_dir_all(&cut).map_err(|error| format!("{}: {error}", cut.display()))?;

    let mut split = tools::command("wasm-split-cli");
    split.args(["--target", "web", "--out-name", APP]).arg(&whole).arg(&cut);
    process::run("cutting the app into parts", LIMIT, &mut split)?.check()?;

    let parts = dependencies(&workspace::read(&cut.join("__wasm_split.js"))?);
    let list = serde_json::to_string_pretty(&parts).expect("names");
    std::fs::write(cut.join(LIST), list).map_err(|error| format!("{LIST}: {error}"))?;

    let first = cut.join(format!("{APP}.wasm"));
    let mut bind = tools::command("wasm-bindgen");
    bind.args(["--target=web", "--no-typescript", "--keep-lld-exports", "--no-demangle", "--out-name", APP])
        .arg("--out-dir")
        .arg(&cut)
        .arg(&first);
    process::run("binding the app's first part", LIMIT, &mut bind)?.check()?;
    remove(&first)?;

    let files = |ending: &str| -> Result<Vec<PathBuf>> {
        let mut files: Vec<PathBuf> = listed(&cut)?.into_iter().filter(|file| file.extension().is_some_and(|e| e == ending)).collect();
        files.sort();
        Ok(files)
    };
    for module in files("wasm")? {
        let mut shrink = tools::command("wasm-opt");
        shrink.args(["-Oz", "--strip-debug", "--strip-producers"]).args(FEATURES).arg(&module).arg("-o").arg(&module);
        process::run("shrinking the app's parts", LIMIT, &mut shrink)?.check()?;
    }
    for script in files("js")? {
        let mut minify = tools::command("esbuild");
        minify
            .args(["--minify", "--format=esm", "--allow-overwrite", "--log-level=warning"])
            .arg(&script)
            .arg(format!("--outfile={}", script.display()));
        process::run("shrinking the app's scripts", LIMIT, &mut minify)?.check()?;
    }
    place(&cut)?;
    let mut compress = tools::command("node");
    compress.arg("scripts/precompress.mjs").arg("dist");
    process::run("compressing the app", LIMIT, &mut compress)?.check().map(drop)
}

/// Reads from the splitter's script which modules each part needs: its own and those it shares with others.
fn dependencies(script: &str) -> BTreeMap<String, Vec<String>> {
    let loaders = script.split("export const __wasm_split_load_").skip(1);
    let parts = loaders.filter_map(|loader| {
        let (part, rest) = loader.split_once(" = ")?;
        let (own, shared) = rest.split_once("]))")?.0.rsplit_once(", [")?;
        let own = own.contains(&format!("split_{part}.wasm")).then(|| format!("split_{part}.wasm"));
        let shared = shared.split(", ").filter_map(|name| name.strip_prefix("__")).map(|name| format!("{name}.wasm"));
        Some((part.to_owned(), own.into_iter().chain(shared).collect()))
    });
    parts.collect()
}

/// Puts the parts into `dist/` and names them in its page instead of Trunk's one module.
fn place(cut: &Path) -> Result {
    let dist = workspace::root().join("dist");
    let folder = format!("app-{}", content(cut)?);
    // Copied, not renamed: cargo's folder may lie on another disk.
    std::fs::create_dir_all(dist.join(&folder)).map_err(|error| format!("{folder}: {error}"))?;
    for file in listed(cut)? {
        let to = dist.join(&folder).join(file.file_name().unwrap_or_default());
        std::fs::copy(&file, &to).map_err(|error| format!("copying {}: {error}", file.display()))?;
    }
    let page = dist.join("index.html");
    let mut text = workspace::read(&page)?;
    for file in listed(&dist)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(ours) = [".js", "_bg.wasm"].iter().find(|ending| name.starts_with(&format!("{APP}-")) && name.ends_with(**ending)) else {
            continue;
        };
        text = text.replace(&name, &format!("{folder}/{APP}{ours}"));
        remove(&file)?;
    }
    if !text.contains(&folder) {
        return Err("dist/index.html names no module of Trunk's: has its naming changed?".into());
    }
    std::fs::write(&page, text).map_err(|error| format!("{}: {error}", page.display()))
}

/// The folder of the parts, as the page names it.
pub fn folder(index: &str) -> Result<String> {
    let start = index.find("app-").ok_or("dist/index.html names no parts: was it built with `--release`?")?;
    Ok(index[start..].chars().take_while(|c| *c != '/').collect())
}

/// Which files each part is made of.
pub fn list(folder: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    serde_json::from_str(&workspace::read(&folder.join(LIST))?).map_err(|error| format!("{LIST}: {error}"))
}

/// A name for the folder that changes when any file in it does.
fn content(folder: &Path) -> Result<String> {
    use std::hash::{DefaultHasher, Hasher};
    let mut hasher = DefaultHasher::new();
    let mut files = listed(folder)?;
    files.sort();
    for file in files {
        hasher.write(&std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn listed(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect())
}

fn remove(file: &Path) -> Result {
    std::fs::remove_file(file).map_err(|error| format!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::dependencies;

    #[test]
    fn a_part_is_its_own_module_and_those_it_shares() {
        let script = "const __chunk_7 = makeLoad(() => {\n    const src = fetch(new URL(\"./chunk_7.wasm\", import.meta.url));\n}\n, []);\n\
                      export const __wasm_split_load_staff = wrapAsyncCb(makeLoad(() => {\n    const src = fetch(new URL(\"./split_staff.wasm\", \
                      import.meta.url));\n}\n, [__chunk_7, __chunk_9]));\n\
                      export const __wasm_split_load_empty = wrapAsyncCb(makeLoad(() => async (_imp) => ({}), [__chunk_7]));\n\
                      export const __wasm_split_load_alone = wrapAsyncCb(makeLoad(() => {\n    const src = fetch(new URL(\"./split_alone.wasm\", \
                      import.meta.url));\n}\n, []));\n";
        let parts = dependencies(script);
        assert_eq!(parts["staff"], ["split_staff.wasm", "chunk_7.wasm", "chunk_9.wasm"]);
        assert_eq!(parts["empty"], ["chunk_7.wasm"]);
        assert_eq!(parts["alone"], ["split_alone.wasm"]);
    }
}
