-- The sheet is kept as it was read, so that a mapping can be changed and an import repeated.
CREATE TABLE imports (
    id TEXT PRIMARY KEY NOT NULL,
    person TEXT,
    file_name TEXT NOT NULL,
    state TEXT NOT NULL,
    sheet TEXT NOT NULL,
    mapping TEXT NOT NULL,
    done TEXT,
    kept TEXT,
    version INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    applied_at BIGINT,
    undone_at BIGINT
);

-- What an import did to each listing: what it was before (null: not there), and the version it left.
CREATE TABLE import_changes (
    import TEXT NOT NULL REFERENCES imports (id),
    organisation TEXT NOT NULL,
    before TEXT,
    version_after INTEGER NOT NULL,
    PRIMARY KEY (import, organisation)
);
CREATE INDEX import_changes_by_organisation ON import_changes (organisation);

CREATE TABLE claims (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    person TEXT NOT NULL,
    state TEXT NOT NULL,
    evidence TEXT NOT NULL,
    work_email TEXT NOT NULL,
    link TEXT,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    decided_at BIGINT,
    decided_by TEXT,
    reason TEXT
);
CREATE UNIQUE INDEX claims_one_open ON claims (organisation, person) WHERE state = 'open';
CREATE INDEX claims_by_organisation ON claims (organisation);
CREATE INDEX claims_by_person ON claims (person, id);
CREATE INDEX claims_by_state ON claims (state, id);
