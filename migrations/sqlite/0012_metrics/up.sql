-- One reading of each figure: a metric of an organisation, or of one of its sites, in a period.
CREATE TABLE readings (
    id TEXT PRIMARY KEY NOT NULL,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    metric TEXT NOT NULL,
    period TEXT NOT NULL,
    -- The id of a site of the profile; empty is the whole organisation.
    site TEXT NOT NULL,
    standard INTEGER NOT NULL,
    stated TEXT NOT NULL,
    audience TEXT NOT NULL,
    given_grade TEXT NOT NULL,
    graded_on TEXT NOT NULL,
    confirmed_by TEXT,
    reason TEXT,
    version INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (organisation_id, metric, period, site)
);
CREATE INDEX readings_by_organisation ON readings (organisation_id, id);
CREATE INDEX readings_by_period ON readings (period, metric);

-- What readings said before.
CREATE TABLE reading_revisions (
    reading_id TEXT NOT NULL REFERENCES readings (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    stated TEXT NOT NULL,
    given_grade TEXT NOT NULL,
    confirmed_by TEXT,
    reason TEXT,
    at BIGINT NOT NULL,
    PRIMARY KEY (reading_id, version)
);
