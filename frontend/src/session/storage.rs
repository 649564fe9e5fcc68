//! Small choices kept in the browser, and waiting. Where storage is switched off they last as long as the page.

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

/// Growing pauses between tries: 1, 2, 4 seconds and so on, half a minute at most.
#[derive(Default)]
pub struct Wait(u32);

impl Wait {
    pub async fn next(&mut self) {
        let seconds = (1i32 << self.0.min(5)).min(30);
        self.0 += 1;
        pause(seconds * 1000).await;
    }
}

pub async fn pause(milliseconds: i32) {
    let pause = js_sys::Promise::new(&mut |done, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, milliseconds);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(pause).await;
}

/// Text as a part of a query.
pub fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
