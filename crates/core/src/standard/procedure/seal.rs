//! A sealed ballot. The seal is a Pedersen commitment over ristretto255 (RFC 9496): it hides the choice
//! perfectly, nobody can open it to another choice, and seals add up: the sum of all seals opens to the sum of
//! all choices. So the totals of a chamber can be proved from its public seals, and no ballot is ever opened in
//! public. A proof goes with each seal that it holds one vote and no more.

use super::draft::bytes;
use super::{Chamber, Digest};
use crate::codes::{UnknownCode, code_list, text_code};
use crate::ids::ProposalId;
use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT as G;
use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha512};
use std::sync::LazyLock;

code_list! {
    pub enum Choice: "a choice: yes, no or abstain" { Yes = "yes", No = "no", Abstain = "abstain" }
}

/// What a no weighs in a sum; more than any chamber has ballots, so that a sum says how many of each.
pub(super) const NO: u64 = 1 << 16;

impl Choice {
    pub(super) fn weight(self) -> u64 {
        match self {
            Self::Abstain => 0,
            Self::Yes => 1,
            Self::No => NO,
        }
    }
}

/// Where a ballot belongs: a seal made for one vote and chamber fits no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Booth {
    pub proposal: ProposalId,
    pub chamber: Chamber,
    /// The frozen text.
    pub draft: Digest,
}

/// 32 bytes that are neither a point nor a scalar until they are read as one.
macro_rules! words_of_32 {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, pattern = "^[0-9a-f]{64}$"))]
        pub struct $name(pub [u8; 32]);
        text_code!($name);
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { Digest(self.0).fmt(f) }
        }
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { write!(f, "{self}") }
        }
        impl std::str::FromStr for $name {
            type Err = UnknownCode;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                bytes(text).map(Self).ok_or_else(|| UnknownCode::new(text, "64 hexadecimal digits in lower case"))
            }
        }
    )*};
}

words_of_32! {
    /// A sealed choice and at once the voter's receipt: found in the published list, it was counted; by itself it
    /// shows nothing.
    Seal
    /// A number below the group's order.
    Number
}

impl Seal {
    pub(super) fn point(self) -> Option<RistrettoPoint> {
        CompressedRistretto(self.0).decompress()
    }
}
impl Number {
    fn scalar(self) -> Option<Scalar> {
        Scalar::from_canonical_bytes(self.0).into()
    }
}
impl From<Scalar> for Number {
    fn from(scalar: Scalar) -> Self {
        Self(scalar.to_bytes())
    }
}

/// Shows that the seal holds a yes, a no or an abstention, without showing which: three Schnorr proofs of which
/// two are simulated (Cramer, Damgård, Schoenmakers), in the order abstain, yes, no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Proof {
    pub challenges: [Number; 3],
    pub responses: [Number; 3],
}

/// What is published of a ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SealedBallot {
    pub seal: Seal,
    pub proof: Proof,
}

/// What opens a seal. The browser sends it with the ballot and forgets it; the server destroys it with the count.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Opening {
    pub choice: Choice,
    pub blinding: Number,
}
impl std::fmt::Debug for Opening {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opening(secret)")
    }
}

/// The second generator. It comes out of a hash, so nobody knows its ratio to the first, which would open seals to anything.
static H: LazyLock<RistrettoPoint> =
    LazyLock::new(|| RistrettoPoint::from_uniform_bytes(&Sha512::digest(b"kazi ballot: second generator").into()));

fn scalar(label: &str, parts: &[&[u8]]) -> Scalar {
    let mut hash = Sha512::new_with_prefix(b"kazi ballot: ");
    for part in std::iter::once(label.as_bytes()).chain(parts.iter().copied()) {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    Scalar::from_bytes_mod_order_wide(&hash.finalize().into())
}

impl Booth {
    fn name(&self) -> Vec<u8> {
        [self.proposal.0.as_bytes().as_slice(), &self.draft.0, self.chamber.as_str().as_bytes()].concat()
    }
    fn challenge(&self, seal: Seal, announced: [RistrettoPoint; 3]) -> Scalar {
        let [a, b, c] = announced.map(|point| point.compress().0);
        scalar("challenge", &[&self.name(), &seal.0, &a, &b, &c])
    }
}

/// In the proof's order.
const ORDER: [Choice; 3] = [Choice::Abstain, Choice::Yes, Choice::No];

pub(super) fn commit(weight: u64, blinding: Number) -> Option<RistrettoPoint> {
    Some(Scalar::from(weight) * G + blinding.scalar()? * *H)
}

/// Seals a choice. `seed` is 32 bytes of good randomness, used for this ballot alone and then forgotten.
pub fn seal(booth: &Booth, choice: Choice, seed: &[u8; 32]) -> (SealedBallot, Opening) {
    let name = booth.name();
    let draw = |label: &str, i: usize| scalar(label, &[seed, &name, choice.as_str().as_bytes(), &[i as u8]]);
    let blinding = draw("blinding", 0);
    let point = Scalar::from(choice.weight()) * G + blinding * *H;
    let seal = Seal(point.compress().0);

    let (mut challenges, mut responses) = ([Scalar::ZERO; 3], [Scalar::ZERO; 3]);
    let nonce = draw("nonce", 0);
    let announced: [RistrettoPoint; 3] = std::array::from_fn(|i| {
        if ORDER[i] == choice {
            return nonce * *H;
        }
        (challenges[i], responses[i]) = (draw("challenge", i), draw("response", i));
        responses[i] * *H - challenges[i] * (point - Scalar::from(ORDER[i].weight()) * G)
    });
    let whole = booth.challenge(seal, announced);
    if let Some(real) = ORDER.iter().position(|c| *c == choice) {
        challenges[real] = whole - challenges.iter().sum::<Scalar>();
        responses[real] = nonce + challenges[real] * blinding;
    }
    let proof = Proof { challenges: challenges.map(Number::from), responses: responses.map(Number::from) };
    (SealedBallot { seal, proof }, Opening { choice, blinding: blinding.into() })
}

impl SealedBallot {
    /// Whether it holds one vote and was made for this booth.
    pub fn holds_one_vote(&self, booth: &Booth) -> bool {
        let check = || {
            let point = self.seal.point()?;
            let (mut sum, mut announced) = (Scalar::ZERO, [*H; 3]);
            for i in 0..3 {
                let (challenge, response) = (self.proof.challenges[i].scalar()?, self.proof.responses[i].scalar()?);
                announced[i] = response * *H - challenge * (point - Scalar::from(ORDER[i].weight()) * G);
                sum += challenge;
            }
            Some(sum == booth.challenge(self.seal, announced))
        };
        check().unwrap_or(false)
    }
    pub fn opens_with(&self, opening: &Opening) -> bool {
        commit(opening.choice.weight(), opening.blinding).is_some_and(|point| point.compress().0 == self.seal.0)
    }
}

/// The blinding that opens the sum of the seals that these open.
pub(super) fn add_blindings(openings: impl IntoIterator<Item = Opening>) -> Option<Number> {
    let scalars: Option<Vec<Scalar>> = openings.into_iter().map(|o| o.blinding.scalar()).collect();
    Some(scalars?.iter().sum::<Scalar>().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn booth(chamber: Chamber) -> Booth {
        Booth { proposal: uuid::Uuid::from_u128(7).into(), chamber, draft: Digest::of(b"the text") }
    }

    #[test]
    fn a_seal_opens_to_its_choice_alone_and_fits_its_booth_alone() {
        for (i, choice) in Choice::ALL.iter().copied().enumerate() {
            let (ballot, opening) = seal(&booth(Chamber::Bpos), choice, &[i as u8; 32]);
            assert!(ballot.holds_one_vote(&booth(Chamber::Bpos)) && ballot.opens_with(&opening));
            assert!(!ballot.holds_one_vote(&booth(Chamber::Issps)));
            for other in Choice::ALL.iter().copied().filter(|o| *o != choice) {
                assert!(!ballot.opens_with(&Opening { choice: other, ..opening }));
            }
        }
    }

    #[test]
    fn a_ballot_of_two_votes_has_no_proof() {
        let (mut ballot, opening) = seal(&booth(Chamber::Bpos), Choice::Yes, &[1; 32]);
        ballot.seal = Seal(commit(2, opening.blinding).unwrap().compress().0);
        assert!(!ballot.holds_one_vote(&booth(Chamber::Bpos)));
    }

    #[test]
    fn nonsense_is_no_ballot() {
        let (good, _) = seal(&booth(Chamber::Bpos), Choice::No, &[1; 32]);
        let not_a_point = SealedBallot { seal: Seal([255; 32]), ..good };
        assert!(!not_a_point.holds_one_vote(&booth(Chamber::Bpos)));
        let not_reduced = Proof { responses: [Number([255; 32]); 3], ..good.proof };
        assert!(!SealedBallot { proof: not_reduced, ..good }.holds_one_vote(&booth(Chamber::Bpos)));
        assert!("AB".repeat(32).parse::<Seal>().is_err() && "ab".repeat(32).parse::<Seal>().is_ok());
    }

    /// Another program has to come to these; a change of the method needs a new format's name.
    #[test]
    fn the_method_is_what_was_published() {
        assert_eq!(Seal(H.compress().0).to_string(), "ac5f8eca8b817dc84231ab926f3b52eea296d1c4725578e610216c2265cf1b3e");
        let (ballot, _) = seal(&booth(Chamber::Bpos), Choice::Yes, &[0; 32]);
        assert_eq!(ballot.seal.to_string(), "265d8956648f015a8da409151136225c582cd3520837a6baa870c4ead72f213c");
    }
}
