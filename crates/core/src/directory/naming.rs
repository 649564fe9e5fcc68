//! An organisation's name in addresses, and the keys by which two listings of the same one are told.

/// `Digital Divide Data (DDD)` becomes `digital-divide-data-ddd`; at most 80 characters, never empty.
pub fn slug(name: &str) -> String {
    let slug = slug::slugify(name);
    let cut = slug.char_indices().nth(80).map_or(slug.as_str(), |(at, _)| &slug[..at]).trim_matches('-');
    if cut.is_empty() { "organisation".into() } else { cut.into() }
}

/// Words that say what legal form a company has, not who it is.
const FORMS: &[&str] = &[
    "ltd",
    "limited",
    "inc",
    "incorporated",
    "llc",
    "llp",
    "plc",
    "gmbh",
    "ag",
    "sa",
    "sarl",
    "sas",
    "bv",
    "pty",
    "pvt",
    "private",
    "co",
    "corp",
    "corporation",
    "company",
    "foundation",
    "the",
    "group",
    "intl",
    "international",
];

/// What is left of a name when case, accents, punctuation and the legal form are taken off.
pub fn name_key(name: &str) -> String {
    let slug = slug::slugify(name);
    let words: Vec<_> = slug.split('-').filter(|w| !FORMS.contains(w)).collect();
    if words.is_empty() { slug } else { words.join(" ") }
}

/// The host of a web address without `www.`, lower case.
pub fn website_key(website: &str) -> Option<String> {
    let rest = website.split_once("://").map_or(website, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default().to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).trim_end_matches('.');
    host.contains('.').then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_and_never_empty() {
        assert_eq!(slug("Digital Divide Data (DDD)"), "digital-divide-data-ddd");
        assert_eq!(slug("Société Générale d'Écriture"), "societe-generale-d-ecriture");
        assert_eq!(slug("***"), "organisation");
        assert!(slug(&"x".repeat(300)).len() <= 80);
    }

    #[test]
    fn keys_see_through_spelling() {
        assert_eq!(name_key("iMerit Technology Pvt. Ltd."), name_key("IMERIT technology"));
        assert_eq!(name_key("The Group"), "the-group");
        assert_eq!(website_key("https://www.Example.org/about"), website_key("http://example.org"));
        assert_eq!(website_key("not an address"), None);
    }
}
