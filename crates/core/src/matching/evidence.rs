//! Evidence: how well the facts that a need asks about are backed. Which facts these are, their grades packed so
//! that the index adds them up in a few instructions, and the value that comes of them.

use super::{Candidate, Criterion, Terms};
use crate::codes::CertificateKind;
use crate::directory::EvidenceGrade;
use crate::ids::OfferId;

/// A fact that matching reads, apart from certificates, which are graded each by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    ServiceLine,
    Skills,
    Languages,
    AvailableFte,
    Price,
    Hours,
    AvailableFrom,
    RampUp,
    ImpactShare,
    TargetGroups,
}

/// Worth of a grade in quarters; 0 is for what is not stated.
const fn quarters(grade: EvidenceGrade) -> u32 {
    match grade {
        EvidenceGrade::Listed => 1,
        EvidenceGrade::SelfDeclared => 2,
        EvidenceGrade::Documented => 3,
        EvidenceGrade::Audited => 4,
    }
}
/// The most quarters of one fact.
const FULL: u32 = 4;
/// What a provider that states something by itself gets for it.
const SELF_DECLARED: u32 = quarters(EvidenceGrade::SelfDeclared);

impl Fact {
    pub const ALL: [Self; 10] = [
        Self::ServiceLine,
        Self::Skills,
        Self::Languages,
        Self::AvailableFte,
        Self::Price,
        Self::Hours,
        Self::AvailableFrom,
        Self::RampUp,
        Self::ImpactShare,
        Self::TargetGroups,
    ];

    const fn shift(self) -> u32 {
        3 * self as u32
    }
    /// The criterion that asks about it.
    const fn criterion(self) -> Criterion {
        match self {
            Self::ServiceLine => Criterion::ServiceFit,
            Self::Skills => Criterion::Skills,
            Self::Languages => Criterion::Languages,
            Self::AvailableFte => Criterion::Capacity,
            Self::Price => Criterion::Price,
            Self::Hours => Criterion::TimeOverlap,
            Self::AvailableFrom | Self::RampUp => Criterion::Start,
            Self::ImpactShare => Criterion::ImpactShare,
            Self::TargetGroups => Criterion::TargetGroup,
        }
    }
    pub fn is_stated(self, c: &Candidate) -> bool {
        match self {
            Self::ServiceLine => c.service_line.is_some(),
            Self::Skills => !c.skills.is_empty(),
            Self::Languages => !c.languages.is_empty(),
            Self::AvailableFte => c.available_fte.is_some(),
            Self::Price => c.price.is_some(),
            Self::Hours => c.hours.is_some(),
            Self::AvailableFrom => c.available_from.is_some(),
            Self::RampUp => c.ramp_up_weeks.is_some(),
            Self::ImpactShare => c.impact_share.is_some(),
            Self::TargetGroups => !c.target_groups.is_empty(),
        }
    }
    /// Where it may stand in the profile, what counts first.
    fn paths(self, offer: Option<OfferId>) -> Vec<String> {
        let own = |field: &str| offer.map(|id| format!("offers/{id}/{field}"));
        match self {
            Self::ServiceLine => own("service_line").into_iter().collect(),
            Self::Skills => own("skills").into_iter().collect(),
            Self::Languages => own("languages").into_iter().chain(["languages".into()]).collect(),
            Self::AvailableFte => own("available_fte").into_iter().collect(),
            Self::Price => own("price_per_hour").into_iter().collect(),
            Self::Hours => own("hours").into_iter().collect(),
            Self::AvailableFrom => own("available_from").into_iter().collect(),
            Self::RampUp => own("ramp_up_weeks").into_iter().collect(),
            Self::ImpactShare => vec!["workforce/impact_share".into()],
            Self::TargetGroups => vec!["workforce/target_groups".into()],
        }
    }
    /// Where it stands, given which paths are stated.
    pub fn path(self, offer: Option<OfferId>, stated: impl Fn(&str) -> bool) -> Option<String> {
        self.paths(offer).into_iter().find(|path| stated(path))
    }
}

/// Where a certificate's grade is told.
pub fn certificate_path(kind: CertificateKind) -> String {
    format!("certificates/{kind}/kind")
}

/// The grades of a candidate's facts, three bits each: 0 where it is not stated, else 1 (listed) to 4 (audited).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Grades {
    facts: u32,
    /// By kind of certificate, expired or not.
    certificates: u64,
}

impl Grades {
    /// The grade of each stated fact; one without provenance counts as listed.
    pub fn of(
        candidate: &Candidate,
        fact: impl Fn(Fact) -> Option<EvidenceGrade>,
        certificate: impl Fn(CertificateKind) -> Option<EvidenceGrade>,
    ) -> Self {
        let grade = |known: Option<EvidenceGrade>| quarters(known.unwrap_or(EvidenceGrade::Listed));
        let stated = Fact::ALL.into_iter().filter(|f| f.is_stated(candidate));
        let kinds = candidate.certificates.iter().map(|(kind, _)| *kind);
        Self {
            facts: stated.fold(0, |bits, f| bits | grade(fact(f)) << f.shift()),
            certificates: kinds.fold(0, |bits, kind| bits | u64::from(grade(certificate(kind))) << (3 * kind as u32)),
        }
    }
    pub(super) fn packed(self) -> (u32, u64) {
        (self.facts, self.certificates)
    }
    pub(super) fn unpacked(facts: u32, certificates: u64) -> Self {
        Self { facts, certificates }
    }

    /// The grades after a change: what is newly stated is declared by the provider itself.
    pub(super) fn after(self, before: &Candidate, after: &Candidate) -> Self {
        let mut grades = self;
        for fact in Fact::ALL.into_iter().filter(|f| f.is_stated(after) && !f.is_stated(before)) {
            grades.facts |= SELF_DECLARED << fact.shift();
        }
        for (kind, _) in &after.certificates {
            if certificate_quarters(grades.certificates, *kind) == 0 {
                grades.certificates |= u64::from(SELF_DECLARED) << (3 * *kind as u32);
            }
        }
        grades
    }
    /// The grades when all that is stated is audited.
    pub(super) fn audited(candidate: &Candidate) -> Self {
        Self::of(candidate, |_| Some(EvidenceGrade::Audited), |_| Some(EvidenceGrade::Audited))
    }
}

pub(super) fn certificate_quarters(certificates: u64, kind: CertificateKind) -> u32 {
    (certificates >> (3 * kind as u32)) as u32 & 7
}

/// Which facts a need asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EvidenceTerms {
    /// All bits of each fact asked about.
    pub(super) mask: u32,
    /// How many they are, with the certificates required.
    pub(super) count: u32,
}

impl EvidenceTerms {
    pub fn of(asked: super::Asked, certificates: usize) -> Self {
        let facts = Fact::ALL.into_iter().filter(|f| asked.has(f.criterion()));
        let mask = facts.fold(0, |bits, f| bits | 7 << f.shift());
        Self { mask, count: mask.count_ones() / 3 + certificates as u32 }
    }
    /// Mean over the facts asked about, what is not stated counting 0; unknown where none is stated.
    pub(super) fn value(self, quarters: u32) -> Option<f32> {
        (quarters > 0).then(|| quarters as f32 / (FULL * self.count) as f32)
    }
    /// What one quarter is worth of the whole.
    pub(super) fn quarter(self) -> f32 {
        1.0 / (FULL * self.count) as f32
    }
}

/// The quarters of all facts under the mask, added up side by side.
#[inline(always)]
pub(super) fn sum(facts: u32) -> u32 {
    const PAIRS: u32 = 0o07_0707_0707;
    const EACH: u32 = 0o01_0101_0101;
    let pairs = (facts & PAIRS) + (facts >> 3 & PAIRS);
    pairs.wrapping_mul(EACH) >> 24 & 0o77
}

/// Mean grade of the facts asked about: listed one quarter, self-declared one half, documented three quarters,
/// audited 1, not stated or expired 0.
pub fn evidence(terms: &Terms, candidate: &Candidate) -> Option<f32> {
    let Grades { facts, certificates } = candidate.grades;
    let held = terms.certificates.iter().filter(|kind| candidate.holds(**kind, terms.today));
    let held: u32 = held.map(|kind| certificate_quarters(certificates, *kind)).sum();
    terms.evidence.value(sum(facts & terms.evidence.mask) + held)
}

/// Where the facts stand that `evidence` is the mean of, of those that are stated.
pub fn evidence_paths(terms: &Terms, offer: Option<OfferId>, stated: impl Fn(&str) -> bool) -> Vec<String> {
    let facts = Fact::ALL.into_iter().filter(|f| terms.asked.has(f.criterion())).filter_map(|f| f.path(offer, &stated));
    let certificates = terms.certificates.iter().map(|kind| certificate_path(*kind)).filter(|path| stated(path));
    facts.chain(certificates).collect()
}

#[cfg(test)]
mod tests {
    use super::sum;

    #[test]
    fn ten_grades_add_up() {
        assert_eq!(sum(0), 0);
        assert_eq!(sum((0..10).fold(0, |bits, n| bits | 4 << (3 * n))), 40);
        assert_eq!(sum((0..10).fold(0, |bits, n| bits | (n % 5) << (3 * n))), 20);
    }
}
