//! The few line icons that the app uses; each is decoration beside a text.

use leptos::prelude::*;

#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    let path = match name {
        "cross" => "M5 5l14 14M19 5L5 19",
        "menu" => "M4 7h16M4 12h16M4 17h16",
        "check" => "M5 13l5 5L19 7",
        "search" => "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
        "arrow" => "M5 12h14M13 6l6 6-6 6",
        "down" => "M6 9l6 6 6-6",
        "globe" => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
        "theme" => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 7h7M12 12h9M12 17h7",
        "person" => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4 4-6 8-6s8 2 8 6",
        "warning" => "M12 4L3 20h18L12 4zM12 10v5M12 17.5v.5",
        "external" => "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
        "plus" => "M12 5v14M5 12h14",
        _ => "M12 11v6M12 7v.5M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
    };
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=path></path></svg> }
}
