//! A form's fields as one value: what is written in them, and the signals that hold it.

/// `written! { struct Written, Fields { name: String, … } }` makes the plain value and its signals.
macro_rules! written {
    ($(#[$meta:meta])* struct $written:ident, $fields:ident { $($field:ident: $type:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct $written { $(pub $field: $type),* }

        /// The signals behind the fields.
        #[derive(Clone, Copy)]
        pub struct $fields { $(pub $field: leptos::prelude::RwSignal<$type>),* }

        impl $fields {
            pub fn of(w: $written) -> Self {
                Self { $($field: leptos::prelude::RwSignal::new(w.$field)),* }
            }
            #[allow(dead_code, reason = "not every form is filled anew")]
            pub fn set(self, w: $written) {
                use leptos::prelude::Set;
                $(self.$field.set(w.$field);)*
            }
            /// Follows every field.
            pub fn written(self) -> $written {
                use leptos::prelude::Get;
                $written { $($field: self.$field.get()),* }
            }
        }
    };
}
pub(crate) use written;
