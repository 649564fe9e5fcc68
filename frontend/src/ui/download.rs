//! Files between the browser and the app: handing one out that needs the session's token, reading one that was chosen.

use crate::i18n::{k, t};
use js_sys::{Array, Reflect, Uint8Array};
use kazi_client::Error;
use kazi_core::problem::{Code, Problem};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Saves the bytes as a file of that name.
pub fn save_file(name: &str, content_type: &str, bytes: &[u8]) {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(content_type);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let Ok(blob) = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options) else { return };
    let Ok(address) = web_sys::Url::create_object_url_with_blob(&blob) else { return };
    if let Ok(link) = document().create_element("a") {
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", name);
        if let Some(link) = link.dyn_ref::<web_sys::HtmlElement>() {
            link.click();
        }
    }
    let _ = web_sys::Url::revoke_object_url(&address);
}

/// A file that the visitor chose, not yet read.
#[derive(Clone)]
pub struct ChosenFile {
    pub name: String,
    pub size: f64,
    file: JsValue,
}

impl ChosenFile {
    /// What is in it. A browser refuses to read a file that was changed or moved since it was chosen.
    pub async fn bytes(&self) -> Result<Vec<u8>, Error> {
        let blob = self.file.clone().dyn_into::<web_sys::Blob>().map_err(|_| changed())?;
        let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|_| changed())?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }
}

fn changed() -> Error {
    Error::Problem(Box::new(Problem {
        r#type: String::new(),
        title: String::new(),
        status: 0,
        code: Code::Conflict,
        detail: Some(t(k::ui::FILE_CHANGED).to_owned()),
        errors: vec![],
        request_id: None,
        listed: None,
    }))
}

/// What the file input holds.
pub fn chosen_files(input: &web_sys::HtmlInputElement) -> Vec<ChosenFile> {
    let Some(files) = input.files() else { return vec![] };
    (0..files.length())
        .filter_map(|at| files.get(at))
        .map(|file| ChosenFile { name: file.name(), size: file.size(), file: file.into() })
        .collect()
}

/// Puts the text where the visitor can paste it from; false when the browser does not let us.
pub async fn copy(text: &str) -> bool {
    let navigator: JsValue = window().navigator().into();
    let write = Reflect::get(&navigator, &"clipboard".into())
        .and_then(|clipboard| Reflect::get(&clipboard, &"writeText".into()).map(|write| (clipboard, write)));
    let Ok((clipboard, write)) = write else { return false };
    let Some(write) = write.dyn_ref::<js_sys::Function>() else { return false };
    let Ok(promise) = write.call1(&clipboard, &text.into()) else { return false };
    match promise.dyn_into::<js_sys::Promise>() {
        Ok(promise) => JsFuture::from(promise).await.is_ok(),
        Err(_) => false,
    }
}
