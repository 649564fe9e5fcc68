//! Where a fact comes from. Kept beside the profile by the fact's path, so that a fact without one
//! can't exist: whoever writes a profile gets the provenance of what changed from `after_edit`.

use super::Profile;
use crate::problem::Refusal;
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

/// Says of some facts where they come from and how well they are backed; or, without a source, that they are so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct StatedProvenance {
    /// Paths of facts, as in `provenance`.
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 1000)))]
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 1000))]
    pub facts: Vec<String>,
    /// `self_declared`, `documented` or, from stewards, `audited`. The last two need a source.
    pub grade: EvidenceGrade,
    /// The document, its address or its name.
    #[cfg_attr(feature = "validate", validate(length(min = 3, max = 300)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 300))]
    #[serde(default)]
    pub source: Option<String>,
}

impl StatedProvenance {
    /// The provenance that results when the organisation itself (`SaidBy::Itself`) or staff state this at `at`.
    pub fn onto(
        &self,
        profile: &Profile,
        known: &BTreeMap<String, Provenance>,
        by: SaidBy,
        at: Instant,
    ) -> Result<BTreeMap<String, Provenance>, Refusal> {
        let staff = by == SaidBy::Staff;
        match self.grade {
            EvidenceGrade::Listed => return Err(Refusal::field("/grade", "unknown", "Only imported lists are of the grade listed.")),
            EvidenceGrade::Audited if !staff => {
                return Err(Refusal::field("/grade", "conflict", "Only the platform's stewards record what an auditor says."));
            }
            EvidenceGrade::Documented | EvidenceGrade::Audited if self.source.as_deref().unwrap_or_default().trim().is_empty() => {
                return Err(Refusal::field("/source", "required", "Say which document backs it."));
            }
            _ => {}
        }
        let stated = facts(profile);
        let mut after = known.clone();
        for (i, path) in self.facts.iter().enumerate() {
            let pointer = || format!("/facts/{i}");
            if !stated.contains_key(path) {
                return Err(Refusal::field(pointer(), "unknown", format!("The profile states no fact '{path}'.")));
            }
            if !staff && known.get(path).is_some_and(|p| p.grade == EvidenceGrade::Audited) {
                return Err(Refusal::field(pointer(), "conflict", "An auditor said it; only stewards change that."));
            }
            let by = if self.grade == EvidenceGrade::Audited { SaidBy::Auditor } else { by };
            let source = self.source.as_deref().map(str::trim).map(str::to_owned);
            after.insert(path.clone(), Provenance { by, at, source, grade: self.grade });
        }
        Ok(after)
    }
}

/// What those who kept a listing without right have said of it is worth what a list says.
pub fn after_unclaim(known: &BTreeMap<String, Provenance>) -> BTreeMap<String, Provenance> {
    let mut after = known.clone();
    for said in after.values_mut().filter(|p| p.by == SaidBy::Itself) {
        (said.by, said.grade) = (SaidBy::List, EvidenceGrade::Listed);
        said.source = Some("a claim that was taken back".into());
    }
    after
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

#[cfg(test)]
mod tests {
    use super::*;

    fn states(facts: &[&str], grade: EvidenceGrade, source: Option<&str>) -> StatedProvenance {
        StatedProvenance { facts: facts.iter().map(|f| (*f).to_owned()).collect(), grade, source: source.map(str::to_owned) }
    }

    #[test]
    fn members_document_and_stewards_record_audits() {
        let profile = Profile { name: "Umoja".into(), city: Some("Nairobi".into()), founded: Some(2009), ..Profile::default() };
        let at = Instant::from_micros(7);
        let by = |by, grade| Provenance { by, at: Instant::from_micros(0), source: None, grade };
        let known = BTreeMap::from([
            ("name".to_owned(), by(SaidBy::List, EvidenceGrade::Listed)),
            ("city".to_owned(), by(SaidBy::Auditor, EvidenceGrade::Audited)),
        ]);
        let member = |said: StatedProvenance| said.onto(&profile, &known, SaidBy::Itself, at);
        let confirmed = member(states(&["name"], EvidenceGrade::SelfDeclared, None)).unwrap();
        assert_eq!(confirmed["name"], Provenance { at, ..by(SaidBy::Itself, EvidenceGrade::SelfDeclared) });
        assert_eq!(confirmed["city"], known["city"], "the others stay as they are");
        let pointer = |said: StatedProvenance| member(said).unwrap_err().errors[0].pointer.clone();
        assert_eq!(pointer(states(&["name"], EvidenceGrade::Documented, None)), "/source");
        assert_eq!(pointer(states(&["name"], EvidenceGrade::Audited, Some("A report"))), "/grade");
        assert_eq!(pointer(states(&["name"], EvidenceGrade::Listed, None)), "/grade");
        assert_eq!(pointer(states(&["name", "website"], EvidenceGrade::SelfDeclared, None)), "/facts/1");
        assert_eq!(pointer(states(&["city"], EvidenceGrade::SelfDeclared, None)), "/facts/0");
        let audited = states(&["founded"], EvidenceGrade::Audited, Some(" A report ")).onto(&profile, &known, SaidBy::Staff, at).unwrap();
        assert_eq!((audited["founded"].by, audited["founded"].source.as_deref()), (SaidBy::Auditor, Some("A report")));
    }

    #[test]
    fn the_word_of_a_false_claimant_is_worth_what_a_list_says() {
        let at = Instant::from_micros(0);
        let said = |by| Provenance { by, at, source: None, grade: EvidenceGrade::Documented };
        let after = after_unclaim(&BTreeMap::from([("a".to_owned(), said(SaidBy::Itself)), ("b".to_owned(), said(SaidBy::Staff))]));
        assert_eq!((after["a"].by, after["a"].grade), (SaidBy::List, EvidenceGrade::Listed));
        assert_eq!(after["b"], said(SaidBy::Staff));
    }
}
