CREATE TABLE needs (
    id TEXT PRIMARY KEY NOT NULL,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    state TEXT NOT NULL,
    visibility TEXT NOT NULL,
    wanted TEXT NOT NULL,
    alert_from_score DOUBLE,
    version INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX needs_by_organisation ON needs (organisation_id, id);
CREATE INDEX needs_by_state ON needs (state, visibility, id);

CREATE TABLE shortlist_entries (
    need_id TEXT NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    organisation_id TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    note TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (need_id, organisation_id)
);
CREATE INDEX shortlist_entries_by_organisation ON shortlist_entries (organisation_id);

-- One row is one provider that reached a need's threshold, or had reached it when the threshold was
-- set (score absent). The key makes an alert happen once, whoever of the replicas sees it.
CREATE TABLE need_alerts (
    need_id TEXT NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    organisation_id TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    score DOUBLE,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (need_id, organisation_id)
);
CREATE INDEX need_alerts_by_organisation ON need_alerts (organisation_id);

-- How far a follower whose work is durable has read the log.
CREATE TABLE follower_cursors (
    name TEXT PRIMARY KEY NOT NULL,
    tx BIGINT NOT NULL,
    seq BIGINT NOT NULL
);
