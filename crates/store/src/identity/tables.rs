//! This room's tables as diesel sees them; the migrations `identity` and `members` make them.

use crate::schema::organisations;

diesel::table! {
    people (id) {
        id -> Text,
        email -> Nullable<Text>,
        name -> Nullable<Text>,
        language -> Text,
        password -> Nullable<Text>,
        staff -> Nullable<Text>,
        confirmed_at -> Nullable<BigInt>,
        created_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
        version -> Integer,
    }
}

diesel::table! {
    mailed_tokens (hash) {
        hash -> Text,
        person -> Text,
        purpose -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        name -> Nullable<Text>,
        language -> Nullable<Text>,
        password -> Nullable<Text>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        person -> Text,
        created_at -> BigInt,
        refreshed_at -> BigInt,
        expires_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    refresh_tokens (hash) {
        hash -> Text,
        session -> Text,
        created_at -> BigInt,
        spent_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    signing_keys (kid) {
        kid -> Text,
        public -> Text,
        created_at -> BigInt,
        retired_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    memberships (organisation, person) {
        organisation -> Text,
        person -> Text,
        role -> Text,
        created_at -> BigInt,
        version -> Integer,
    }
}

diesel::table! {
    invitations (id) {
        id -> Text,
        organisation -> Text,
        email -> Text,
        role -> Text,
        hash -> Text,
        language -> Text,
        invited_by -> Nullable<Text>,
        created_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    api_keys (id) {
        id -> Text,
        organisation -> Text,
        name -> Text,
        prefix -> Text,
        hash -> Text,
        scopes -> Text,
        made_by -> Nullable<Text>,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        used_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::joinable!(refresh_tokens -> sessions (session));
diesel::joinable!(memberships -> organisations (organisation));
diesel::joinable!(memberships -> people (person));
diesel::allow_tables_to_appear_in_same_query!(refresh_tokens, sessions);
diesel::allow_tables_to_appear_in_same_query!(memberships, organisations, people);
