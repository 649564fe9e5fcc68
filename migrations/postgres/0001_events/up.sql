-- tx orders the log: a follower reads only transactions below the snapshot's xmin, so one that
-- committed late is never skipped.
CREATE TABLE events (
    seq BIGSERIAL PRIMARY KEY,
    tx BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT,
    organisation TEXT,
    subject TEXT NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX events_by_tx ON events (tx, seq);
CREATE INDEX events_by_organisation ON events (organisation, seq);
CREATE INDEX events_by_subject ON events (subject, seq);

CREATE TABLE idempotency_keys (
    owner TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    reply TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
