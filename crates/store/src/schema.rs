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
    letters (id) {
        id -> Text,
        holder -> Text,
        recipient -> Text,
        subject -> Text,
        text -> Text,
        attempts -> Integer,
        due_at -> BigInt,
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

diesel::table! {
    needs (id) {
        id -> Text,
        organisation_id -> Text,
        state -> Text,
        visibility -> Text,
        wanted -> Text,
        alert_from_score -> Nullable<Double>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    shortlist_entries (need_id, organisation_id) {
        need_id -> Text,
        organisation_id -> Text,
        note -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    need_alerts (need_id, organisation_id) {
        need_id -> Text,
        organisation_id -> Text,
        score -> Nullable<Double>,
        created_at -> BigInt,
    }
}

diesel::table! {
    follower_cursors (name) {
        name -> Text,
        tx -> BigInt,
        seq -> BigInt,
    }
}

diesel::table! {
    inquiries (id) {
        id -> Text,
        organisation_id -> Text,
        need_id -> Nullable<Text>,
        subject -> Text,
        body -> Nullable<Text>,
        questions -> Text,
        reply_by -> BigInt,
        state -> Text,
        closed_at -> Nullable<BigInt>,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    inquiry_threads (id) {
        id -> Text,
        inquiry_id -> Text,
        provider_id -> Text,
        state -> Text,
        answers -> Text,
        answers_version -> Integer,
        decline_reason -> Nullable<Text>,
        decline_text -> Nullable<Text>,
        sent_at -> BigInt,
        reply_by -> BigInt,
        read_at -> Nullable<BigInt>,
        replied_at -> Nullable<BigInt>,
        overdue_at -> Nullable<BigInt>,
        from_sender_at -> BigInt,
        from_provider_at -> BigInt,
        sender_read_at -> BigInt,
        provider_read_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    inquiry_messages (id) {
        id -> Text,
        thread_id -> Text,
        organisation_id -> Text,
        author -> Nullable<Text>,
        text -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    inquiry_clarifications (id) {
        id -> Text,
        inquiry_id -> Text,
        question -> Nullable<Text>,
        text -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    inquiry_attachments (id) {
        id -> Text,
        inquiry_id -> Text,
        thread_id -> Nullable<Text>,
        organisation_id -> Text,
        name -> Text,
        kind -> Text,
        bytes -> BigInt,
        sha256 -> Text,
        created_at -> BigInt,
    }
}

diesel::joinable!(inquiry_threads -> inquiries (inquiry_id));
diesel::allow_tables_to_appear_in_same_query!(inquiries, inquiry_threads);

pub use crate::identity::tables::*;

diesel::table! {
    imports (id) {
        id -> Text,
        person -> Nullable<Text>,
        file_name -> Text,
        state -> Text,
        sheet -> Text,
        mapping -> Text,
        done -> Nullable<Text>,
        kept -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        applied_at -> Nullable<BigInt>,
        undone_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    import_changes (import, organisation) {
        import -> Text,
        organisation -> Text,
        before -> Nullable<Text>,
        version_after -> Integer,
    }
}

diesel::table! {
    claims (id) {
        id -> Text,
        organisation -> Text,
        person -> Text,
        state -> Text,
        evidence -> Text,
        work_email -> Text,
        link -> Nullable<Text>,
        created_at -> BigInt,
        due_at -> BigInt,
        decided_at -> Nullable<BigInt>,
        decided_by -> Nullable<Text>,
        reason -> Nullable<Text>,
    }
}
diesel::joinable!(claims -> organisations (organisation));
diesel::allow_tables_to_appear_in_same_query!(claims, organisations);

diesel::table! {
    distinct_pairs (one, other) {
        one -> Text,
        other -> Text,
        person -> Nullable<Text>,
        created_at -> BigInt,
    }
}
diesel::table! {
    readings (id) {
        id -> Text,
        organisation_id -> Text,
        metric -> Text,
        period -> Text,
        site -> Text,
        standard -> Integer,
        stated -> Text,
        audience -> Text,
        given_grade -> Text,
        graded_on -> Text,
        confirmed_by -> Nullable<Text>,
        reason -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    reading_revisions (reading_id, version) {
        reading_id -> Text,
        version -> Integer,
        stated -> Text,
        given_grade -> Text,
        confirmed_by -> Nullable<Text>,
        reason -> Nullable<Text>,
        at -> BigInt,
    }
}

diesel::table! {
    rating_shown (organisation_id) {
        organisation_id -> Text,
        audience -> Text,
        reply -> Nullable<Text>,
        version -> Integer,
        updated_at -> BigInt,
    }
}
