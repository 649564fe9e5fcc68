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

/// How alike two different keys of names must be spelt to be taken for variants.
const VARIANT: f64 = 0.85;

/// Whether two different names look like spellings of one: few letters differ, and no figure does.
pub fn spelt_alike(a_key: &str, b_key: &str) -> bool {
    let figures = |key: &str| key.chars().filter(char::is_ascii_digit).collect::<String>();
    let near = || strsim::normalized_damerau_levenshtein(&a_key.replace(' ', ""), &b_key.replace(' ', "")) >= VARIANT;
    a_key != b_key && a_key.len().min(b_key.len()) >= 5 && figures(a_key) == figures(b_key) && near()
}

/// Hosts where many organisations have a page each: there the path tells them apart.
const SHARED_HOSTS: &[&str] = &[
    "facebook.com",
    "linkedin.com",
    "instagram.com",
    "twitter.com",
    "x.com",
    "youtube.com",
    "tiktok.com",
    "t.me",
    "wa.me",
    "linktr.ee",
    "medium.com",
    "github.com",
    "sites.google.com",
    "docs.google.com",
    "goo.gl",
    "bit.ly",
    "crunchbase.com",
    "upwork.com",
    "clutch.co",
];

/// The host of a web address without `www.`, lower case; of a host that many share, with the path. `None` where the
/// address does not tell an organisation, such as the front page of a shared host.
pub fn website_key(website: &str) -> Option<String> {
    let rest = website.split_once("://").map_or(website, |(_, rest)| rest).to_lowercase();
    let (host, rest) = rest.split_at(rest.find(['/', '?', '#', ':']).unwrap_or(rest.len()));
    let host = host.strip_prefix("www.").unwrap_or(host).trim_end_matches('.');
    // en-gb.facebook.com and m.facebook.com are facebook.com.
    match SHARED_HOSTS.iter().find(|shared| host == **shared || host.strip_suffix(**shared).is_some_and(|sub| sub.ends_with('.'))) {
        Some(shared) => {
            let path = rest.split_once('/')?.1.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
            (!path.is_empty()).then(|| format!("{shared}/{path}"))
        }
        None => host.contains('.').then(|| host.to_owned()),
    }
}

/// Whether an e-mail address is of the host that a website's key names, or of one below it.
pub fn email_fits(email: &str, website_key: &str) -> bool {
    let host = email.rsplit_once('@').map(|(_, host)| host.to_lowercase()).unwrap_or_default();
    host == website_key || host.strip_suffix(website_key).is_some_and(|sub| sub.ends_with('.'))
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

    #[test]
    fn spelling_variants_are_told_from_other_names() {
        let alike = |a: &str, b: &str| spelt_alike(&name_key(a), &name_key(b));
        assert!(
            alike("Cloud Factory", "CloudFactory Ltd")
                && alike("Samasource", "Samasourse")
                && alike("Digital Divide Data", "Digital Divide Dta")
        );
        assert!(!alike("Umoja 1", "Umoja 2") && !alike("Tumaini Data", "Umoja Data") && !alike("Sama", "Same") && !alike("One", "One Ltd"));
    }

    #[test]
    fn pages_on_a_shared_host_are_told_by_their_path() {
        assert_eq!(website_key("https://www.facebook.com/Umoja/?ref=1").as_deref(), Some("facebook.com/umoja"));
        assert_eq!(website_key("m.facebook.com/umoja"), website_key("https://facebook.com/umoja/"));
        assert_ne!(website_key("https://linkedin.com/company/one"), website_key("https://linkedin.com/company/two"));
        assert_eq!(website_key("https://facebook.com/"), None);
        assert_eq!(website_key("https://notfacebook.com/x").as_deref(), Some("notfacebook.com"));
    }

    #[test]
    fn an_address_fits_its_own_host_and_none_that_only_ends_alike() {
        assert!(email_fits("ada@Umoja.example", "umoja.example") && email_fits("ada@mail.umoja.example", "umoja.example"));
        assert!(!email_fits("ada@notumoja.example", "umoja.example") && !email_fits("ada@facebook.com", "facebook.com/umoja"));
    }
}
