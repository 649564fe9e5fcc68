//! Where a fact comes from. Kept beside the profile by the fact's path, so that a fact without one
//! can't exist: whoever writes a profile gets the provenance of what changed from `after_edit`.

use super::Profile;
use crate::{Instant, codes::code_list};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

code_list! {
    /// Who said it.
    pub enum SaidBy: "self, list, staff or auditor" {
        /// The organisation itself.
        Itself = "self",
        /// An imported list.
        List = "list",
        Staff = "staff",
        Auditor = "auditor",
    }
}

code_list! {
    /// How well it is backed, weakest first.
    pub enum EvidenceGrade: "an evidence grade such as self_declared" {
        /// On somebody's list, not confirmed by the organisation.
        Listed = "listed",
        SelfDeclared = "self_declared",
        Documented = "documented",
        Audited = "audited",
    }
}

/// Where one fact comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Provenance {
    pub by: SaidBy,
    pub at: Instant,
    /// Document, page or list that it was read from.
    pub source: Option<String>,
    pub grade: EvidenceGrade,
}

/// The profile's stated facts, by path: what a provenance can be asked of.
pub fn facts(profile: &Profile) -> BTreeMap<String, serde_json::Value> {
    let mut out = BTreeMap::new();
    let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(profile) else { return out };
    for (name, value) in fields {
        match name.as_str() {
            "sites" | "offers" => entries(&name, "id", value, &mut out),
            "certificates" => entries(&name, "kind", value, &mut out),
            "workforce" => leaves("workforce", value, &mut out),
            _ => state(name, value, &mut out),
        }
    }
    out
}

fn entries(list: &str, key: &str, value: serde_json::Value, out: &mut BTreeMap<String, serde_json::Value>) {
    for entry in value.as_array().into_iter().flatten() {
        if let Some(id) = entry[key].as_str() {
            leaves(&format!("{list}/{id}"), entry.clone(), out);
        }
    }
}

fn leaves(path: &str, value: serde_json::Value, out: &mut BTreeMap<String, serde_json::Value>) {
    for (name, value) in value.as_object().cloned().into_iter().flatten() {
        if name != "id" {
            state(format!("{path}/{name}"), value, out);
        }
    }
}

fn state(path: String, value: serde_json::Value, out: &mut BTreeMap<String, serde_json::Value>) {
    let unknown = value.is_null() || value.as_array().is_some_and(Vec::is_empty) || value.as_str() == Some("");
    if !unknown {
        out.insert(path, value);
    }
}

/// The provenance after an edit: what changed bears the editor's, what stayed keeps its own, what is
/// no longer stated has none.
pub fn after_edit(
    before: &Profile,
    after: &Profile,
    known: &BTreeMap<String, Provenance>,
    editor: &Provenance,
) -> BTreeMap<String, Provenance> {
    let before = facts(before);
    facts(after)
        .into_iter()
        .map(|(path, value)| {
            let kept = known.get(&path).filter(|_| before.get(&path) == Some(&value));
            let provenance = kept.unwrap_or(editor).clone();
            (path, provenance)
        })
        .collect()
}
