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
