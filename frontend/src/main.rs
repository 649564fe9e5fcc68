//! The app in the browser: routes in `app`, one folder a room, the controls in `ui`.

mod account;
mod app;
mod charts;
mod codes;
mod directory;
mod i18n;
mod identity;
mod inquiries;
mod landing;
mod matching;
mod metrics;
mod parts;
mod rating;
mod session;
mod settings;
mod shell;
mod staff;
mod standard;
mod ui;

fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(app::start());
}
