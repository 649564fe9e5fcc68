//! The texts that the server itself writes into pages and its index, in English and French: from the app's message
//! files, so that a code has one name everywhere. Letters have theirs in `mail`.

use kazi_core::codes::Country;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A language that we write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    En,
    Fr,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    pub fn of(tag: &str) -> Option<Self> {
        let primary = tag.trim().split('-').next()?;
        Self::ALL.into_iter().find(|l| l.code().eq_ignore_ascii_case(primary))
    }

    /// The one of ours that an `Accept-Language` header likes best; English when it names none.
    pub fn accepted(header: &str) -> Self {
        let weighed = header.split(',').filter_map(|part| {
            let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
            let weight = rest.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.trim().parse::<f32>().ok())?;
            Some((Self::of(tag)?, weight)).filter(|(_, weight)| *weight > 0.0)
        });
        // The first of equals, as max_by would give the last.
        weighed.fold((Self::En, 0.0), |best, one| if one.1 > best.1 { one } else { best }).0
    }
}

type Messages = HashMap<String, String>;

static SITE: LazyLock<[Messages; 2]> = LazyLock::new(|| {
    let read = |text: &str| serde_json::from_str(text).expect("the app's build has checked the message files");
    [read(include_str!("../../../../frontend/messages/en/site.json")), read(include_str!("../../../../frontend/messages/fr/site.json"))]
});
static CODES: LazyLock<[Messages; 2]> = LazyLock::new(|| {
    let read = |text: &str| serde_json::from_str(text).expect("the app's build has checked the message files");
    [read(include_str!("../../../../frontend/messages/en/codes.json")), read(include_str!("../../../../frontend/messages/fr/codes.json"))]
});

/// French names from the Unicode CLDR: a code and its name a line.
fn names(text: &'static str) -> HashMap<&'static str, &'static str> {
    text.lines().filter_map(|line| line.split_once(' ')).collect()
}
static COUNTRIES_FR: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| names(include_str!("countries.fr.txt")));
static LANGUAGES_FR: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| names(include_str!("languages.fr.txt")));

/// A text of `site.json`.
pub fn text(lang: Lang, key: &str) -> &'static str {
    SITE[lang as usize].get(key).map_or("", String::as_str)
}

/// The text with its `{places}` filled.
pub fn filled(lang: Lang, key: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text(lang, key).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// The name of a code of ours; one without a name shows as itself.
pub fn code(lang: Lang, list: &str, code: &str) -> String {
    CODES[lang as usize].get(&format!("{list}.{code}")).cloned().unwrap_or_else(|| code.replace('_', " "))
}

pub fn country(lang: Lang, country: Country) -> &'static str {
    match lang {
        Lang::En => country.name(),
        Lang::Fr => COUNTRIES_FR.get(country.alpha2()).copied().unwrap_or_else(|| country.name()),
    }
}

/// The name of a language, without its script or region.
pub fn language(lang: Lang, tag: &str) -> String {
    let primary = tag.split('-').next().unwrap_or(tag);
    let english = || isolang::Language::from_639_1(primary).or_else(|| isolang::Language::from_639_3(primary)).map(|l| l.to_name());
    let name = match lang {
        Lang::En => english(),
        Lang::Fr => LANGUAGES_FR.get(primary).copied().or_else(english),
    };
    name.unwrap_or(tag).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_liked_language_of_ours_is_taken() {
        for (header, lang) in [
            ("", Lang::En),
            ("fr", Lang::Fr),
            ("de, fr-CA;q=0.8, en;q=0.5", Lang::Fr),
            ("en-GB,en;q=0.9,fr;q=0.8", Lang::En),
            ("fr;q=0, sw", Lang::En),
            ("fr;q=0.3,en;q=0.3", Lang::Fr),
        ] {
            assert_eq!(Lang::accepted(header), lang, "{header}");
        }
    }

    #[test]
    fn every_country_has_a_french_name_and_languages_have_theirs() {
        for country in Country::all() {
            assert!(COUNTRIES_FR.contains_key(country.alpha2()), "{country}");
        }
        assert_eq!(super::country(Lang::Fr, "ZA".parse().unwrap()), "Afrique du Sud");
        assert_eq!((language(Lang::Fr, "sw-KE"), language(Lang::En, "sw")), ("swahili".to_owned(), "Swahili".to_owned()));
        assert_eq!(code(Lang::Fr, "service_line", "data_entry"), "Saisie de données");
    }
}
