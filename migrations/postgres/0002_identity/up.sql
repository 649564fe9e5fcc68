-- A deleted account keeps its id and nothing personal.
CREATE TABLE people (
    id TEXT PRIMARY KEY NOT NULL,
    email TEXT UNIQUE,
    name TEXT,
    language TEXT NOT NULL,
    password TEXT,
    staff TEXT,
    confirmed_at BIGINT,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT,
    version INTEGER NOT NULL
);
CREATE INDEX people_by_staff ON people (staff) WHERE staff IS NOT NULL;

-- Tokens that went out by mail, by their SHA-256; using one deletes it.
CREATE TABLE mailed_tokens (
    hash TEXT PRIMARY KEY NOT NULL,
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX mailed_tokens_by_person ON mailed_tokens (person);
CREATE INDEX mailed_tokens_by_expiry ON mailed_tokens (expires_at);

-- One sign-in on one device: a family of refresh tokens.
CREATE TABLE sessions (
    id TEXT PRIMARY KEY NOT NULL,
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    refreshed_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX sessions_by_person ON sessions (person);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE refresh_tokens (
    hash TEXT PRIMARY KEY NOT NULL,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    spent_at BIGINT
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session);

-- Public halves of the keys that sign access tokens; the private ones stay in the data folder.
CREATE TABLE signing_keys (
    kid TEXT PRIMARY KEY NOT NULL,
    public TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    retired_at BIGINT
);
