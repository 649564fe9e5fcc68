-- To whom an organisation shows its rating, and what it says of it.
CREATE TABLE rating_shown (
    organisation_id TEXT PRIMARY KEY NOT NULL REFERENCES organisations (id),
    audience TEXT NOT NULL,
    reply TEXT,
    version INTEGER NOT NULL,
    updated_at BIGINT NOT NULL
);
