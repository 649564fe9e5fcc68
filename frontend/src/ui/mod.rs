//! The design system: controls that know nothing of any room. Looks are in `frontend/style`.

mod choice;
mod combobox;
mod dialog;
mod download;
mod fields;
mod form;
mod icon;
mod language_rows;
mod load;
mod page;
mod pages;
mod slider;
mod states;
mod tabs;
mod toast;
mod written;

pub use choice::*;
pub use combobox::*;
pub use dialog::*;
pub use download::*;
pub use fields::*;
pub use form::*;
pub use icon::*;
pub use language_rows::*;
pub use load::*;
pub use page::*;
pub use pages::*;
pub use slider::*;
pub use states::*;
pub use tabs::*;
pub use toast::*;
pub(crate) use written::written;

use std::cell::Cell;

/// An element id that no other element has.
pub fn unique(stem: &str) -> String {
    thread_local! { static LAST: Cell<u32> = const { Cell::new(0) } }
    LAST.set(LAST.get() + 1);
    format!("{stem}-{}", LAST.get())
}

/// A key under which the server does a thing once, however often it is sent.
pub fn once_key() -> String {
    format!("{}-{}", js_sys::Math::random(), js_sys::Math::random())
}
