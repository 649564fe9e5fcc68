//! The tables as diesel sees them; the migrations make them.

diesel::table! {
    events (seq) {
        seq -> BigInt,
        tx -> BigInt,
        at -> BigInt,
        kind -> Text,
        actor -> Nullable<Text>,
        organisation -> Nullable<Text>,
        subject -> Text,
        data -> Text,
    }
}

diesel::table! {
    idempotency_keys (owner, key) {
        owner -> Text,
        key -> Text,
        fingerprint -> Text,
        reply -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    organisations (id) {
        id -> Text,
        slug -> Text,
        name -> Text,
        name_key -> Text,
        website_key -> Nullable<Text>,
        profile -> Text,
        provenance -> Text,
        responsiveness -> Nullable<Text>,
        claimed -> Bool,
        fictional -> Bool,
        merged_into -> Nullable<Text>,
        source_key -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}
