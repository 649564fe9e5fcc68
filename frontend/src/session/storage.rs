//! Small choices kept in the browser. Where storage is switched off they last as long as the page.

use leptos::prelude::window;

fn area() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
pub fn stored(key: &str) -> Option<String> {
    area()?.get_item(key).ok().flatten()
}
pub fn store(key: &str, value: &str) {
    if let Some(area) = area() {
        let _ = area.set_item(key, value);
    }
}
pub fn forget(key: &str) {
    if let Some(area) = area() {
        let _ = area.remove_item(key);
    }
}

/// Text as a part of a query.
pub fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
