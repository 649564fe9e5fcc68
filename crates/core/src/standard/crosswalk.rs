//! Where other catalogues ask for the same or for something near it.

use crate::codes::code_list;
use serde::{Deserialize, Serialize};

code_list! {
    pub enum Catalogue: "a catalogue: iris, gri or sdg" {
        /// IRIS+ 5.3 of the Global Impact Investing Network.
        Iris = "iris",
        /// Disclosures of the Global Reporting Initiative.
        Gri = "gri",
        /// Targets and indicators of the Sustainable Development Goals.
        Sdg = "sdg",
    }
}

code_list! {
    /// How what the other catalogue asks for relates to ours.
    pub enum MatchType: "a match: exact, broader or narrower" {
        /// The same figure; one may be reported as the other.
        Exact = "exact",
        /// Theirs takes in more than ours.
        Broader = "broader",
        /// Theirs is a part or a special case of ours.
        Narrower = "narrower",
    }
}

/// One entry of another catalogue. Only its number is kept: the wording is its owners'.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Crosswalk {
    pub catalogue: Catalogue,
    /// `OI8869`, `401-1`, `8.5` or `8.5.1`.
    #[cfg_attr(feature = "openapi", schema(max_length = 12))]
    pub id: String,
    pub match_type: MatchType,
}

impl Catalogue {
    /// Whether the text has the form of this catalogue's numbers.
    pub fn knows_form(self, id: &str) -> bool {
        let number = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        match self {
            Self::Iris => id.len() == 6 && id.is_char_boundary(2) && id[..2].bytes().all(|b| b.is_ascii_uppercase()) && number(&id[2..], 4),
            Self::Gri => {
                id.split_once('-').is_some_and(|(topic, disclosure)| topic.len() == 3 && number(topic, 3) && number(disclosure, 2))
            }
            Self::Sdg => {
                let parts: Vec<&str> = id.split('.').collect();
                let goal = parts[0].parse().is_ok_and(|goal: u8| (1..=17).contains(&goal)) && number(parts[0], 2);
                let letter = |text: &str| text.len() == 1 && text.bytes().all(|b| b.is_ascii_lowercase());
                let target = parts.get(1).is_some_and(|target| number(target, 2) || letter(target));
                goal && target && parts.len() <= 3 && parts.get(2).is_none_or(|indicator| number(indicator, 2))
            }
        }
    }
}

impl Crosswalk {
    /// Its page, where the catalogue has one for each entry.
    pub fn address(&self) -> Option<String> {
        (self.catalogue == Catalogue::Iris).then(|| format!("https://iris.thegiin.org/metric/5.3/{}/", self.id))
    }
}

#[cfg(test)]
mod tests {
    use super::Catalogue::*;

    #[test]
    fn each_catalogue_has_its_form_of_number() {
        assert!(Iris.knows_form("OI8869") && Gri.knows_form("401-1") && Sdg.knows_form("8.5") && Sdg.knows_form("4.b.1"));
        for bad in ["", "OI886", "oi8869", "OI88690", "401-1", "é8869"] {
            assert!(!Iris.knows_form(bad), "{bad}");
        }
        for bad in ["", "4011", "40-1", "401-", "401-123"] {
            assert!(!Gri.knows_form(bad), "{bad}");
        }
        for bad in ["", "8", "18.1", "0.1", "8.5.1.1", "8.", "+8.5"] {
            assert!(!Sdg.knows_form(bad), "{bad}");
        }
    }
}
