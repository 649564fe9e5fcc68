-- One row is one organisation. Its profile is a document because it is edited, versioned and read as
-- one thing; the columns beside it are what statements look things up by.
CREATE TABLE organisations (
    id TEXT PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    website_key TEXT,
    profile TEXT NOT NULL,
    provenance TEXT NOT NULL,
    responsiveness TEXT,
    claimed BOOLEAN NOT NULL,
    fictional BOOLEAN NOT NULL,
    merged_into TEXT REFERENCES organisations (id),
    source_key TEXT UNIQUE,
    version INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX organisations_by_name_key ON organisations (name_key);
CREATE INDEX organisations_by_website_key ON organisations (website_key);
CREATE INDEX organisations_by_merged_into ON organisations (merged_into);
