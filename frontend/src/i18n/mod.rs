//! The app's texts in English and French, from `frontend/messages/<language>/<room>.json` (build.rs checks
//! them). `t(k::shell::SIGN_IN)` is the text in the chosen language. Changing the language builds the page
//! anew, so texts need not be reactive. Not for names of countries and the like: see `intl`.

mod intl;

pub use intl::*;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;
use std::cell::Cell;

/// The generated keys, one module a message file.
#[allow(dead_code, reason = "codes are looked up by name")]
pub mod k {
    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

/// A message's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(u16);

/// A message in singular and plural.
#[derive(Debug, Clone, Copy)]
pub struct Plural {
    one: Key,
    other: Key,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    En,
    Fr,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Fr];
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Fr => "fr",
        }
    }
    /// Its name in itself.
    pub fn name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::Fr => "Français",
        }
    }
    fn of(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next()?;
        Self::ALL.into_iter().find(|l| l.code().eq_ignore_ascii_case(primary))
    }
}

type Texts = &'static [&'static str];

thread_local! {
    static CHOSEN: Cell<(Lang, Texts)> = const { Cell::new((Lang::En, &[])) };
}

/// Each language is a part of the app: a visit fetches the one it reads.
mod texts {
    use super::{Texts, k};
    use leptos::wasm_split::SplitLoaderError;
    crate::parts::in_part! { english: english -> Texts { Ok(k::EN) } }
    crate::parts::in_part! { french: french -> Texts { Ok(k::FR) } }
}
const STORED: &str = "kazi.language";

/// The language in use.
pub fn lang() -> Lang {
    CHOSEN.get().0
}

/// The language that the address asks for, as links between the server's pages do.
fn asked() -> Option<Lang> {
    let search = window().location().search().ok()?;
    let word = search.trim_start_matches('?').split('&').find_map(|word| word.strip_prefix("lang="))?;
    Lang::of(word)
}

/// Takes the address's language, else the stored choice, else the browser's first language that we have.
pub async fn start() -> Result<RwSignal<Lang>, SplitLoaderError> {
    let browser = || window().navigator().languages().iter().filter_map(|l| Lang::of(&l.as_string()?)).next();
    let remembered = || crate::session::stored(STORED).and_then(|l| Lang::of(&l));
    let lang = asked().or_else(remembered).or_else(browser).unwrap_or(Lang::En);
    apply(lang).await?;
    Ok(RwSignal::new(lang))
}

async fn apply(lang: Lang) -> Result<(), SplitLoaderError> {
    let texts = match lang {
        Lang::En => texts::english().await?,
        Lang::Fr => texts::french().await?,
    };
    CHOSEN.set((lang, texts));
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("lang", lang.code());
    }
    Ok(())
}

/// The visitor's choice; the page is built anew by whoever follows the signal. It stays as it is when the texts can't be fetched.
pub fn choose(signal: RwSignal<Lang>, lang: Lang) {
    spawn_local(async move {
        if apply(lang).await.is_ok() {
            crate::session::store(STORED, lang.code());
            signal.set(lang);
        }
    });
}

pub fn t(key: Key) -> &'static str {
    CHOSEN.get().1.get(key.0 as usize).copied().unwrap_or_default()
}

/// The text with its `{places}` filled.
pub fn tf(key: Key, values: &[(&str, &str)]) -> String {
    fill(t(key), values)
}

/// The text for that many; `{n}` is the number as written in the language.
pub fn tn(plural: Plural, n: u64) -> String {
    let key = if is_one(n) { plural.one } else { plural.other };
    fill(t(key), &[("n", &number(n as f64))])
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = text.to_owned();
    for (name, value) in values {
        out = out.replace(&["{", name, "}"].concat(), value);
    }
    out
}

/// The name of a code of ours: `code("service_line", "data_entry")`. A code without a name shows as itself.
pub fn code(list: &str, code: &str) -> String {
    let name = [list, ".", code].concat();
    match k::CODES.binary_search_by(|(n, _)| (*n).cmp(name.as_str())) {
        Ok(at) => t(Key(k::CODES[at].1)).to_owned(),
        Err(_) => code.replace('_', " "),
    }
}

/// The sentence of a code of ours with its `{places}` filled.
pub fn code_with(list: &str, word: &str, values: &[(&str, &str)]) -> String {
    fill(&code(list, word), values)
}
