CREATE TABLE memberships (
    organisation TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (organisation, person)
);
CREATE INDEX memberships_by_person ON memberships (person);

CREATE TABLE invitations (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    language TEXT NOT NULL,
    invited_by TEXT REFERENCES people (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (organisation, email)
);
CREATE INDEX invitations_by_invited_by ON invitations (invited_by);
CREATE INDEX invitations_by_email ON invitations (email);

-- The secret is kept as its SHA-256; the prefix is what people see and what a key is found by.
CREATE TABLE api_keys (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    prefix TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    scopes TEXT NOT NULL,
    made_by TEXT REFERENCES people (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    used_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX api_keys_by_organisation ON api_keys (organisation);
CREATE INDEX api_keys_by_made_by ON api_keys (made_by);
