CREATE TABLE inquiries (
    id TEXT PRIMARY KEY NOT NULL,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    need_id TEXT REFERENCES needs (id),
    subject TEXT NOT NULL,
    body TEXT,
    questions TEXT NOT NULL,
    reply_by BIGINT NOT NULL,
    state TEXT NOT NULL,
    closed_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX inquiries_by_organisation ON inquiries (organisation_id, id);
CREATE INDEX inquiries_by_need ON inquiries (need_id);

-- What came last from each side and what each side has read last tell what is unread.
CREATE TABLE inquiry_threads (
    id TEXT PRIMARY KEY NOT NULL,
    inquiry_id TEXT NOT NULL REFERENCES inquiries (id),
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    state TEXT NOT NULL,
    answers TEXT NOT NULL,
    answers_version INTEGER NOT NULL,
    decline_reason TEXT,
    decline_text TEXT,
    sent_at BIGINT NOT NULL,
    reply_by BIGINT NOT NULL,
    read_at BIGINT,
    replied_at BIGINT,
    overdue_at BIGINT,
    from_sender_at BIGINT NOT NULL,
    from_provider_at BIGINT NOT NULL,
    sender_read_at BIGINT NOT NULL,
    provider_read_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (inquiry_id, provider_id)
);
CREATE INDEX inquiry_threads_by_provider ON inquiry_threads (provider_id, inquiry_id);
CREATE INDEX inquiry_threads_by_due ON inquiry_threads (reply_by) WHERE replied_at IS NULL AND overdue_at IS NULL;

CREATE TABLE inquiry_messages (
    id TEXT PRIMARY KEY NOT NULL,
    thread_id TEXT NOT NULL REFERENCES inquiry_threads (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    author TEXT,
    text TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX inquiry_messages_by_thread ON inquiry_messages (thread_id, id);
CREATE INDEX inquiry_messages_by_organisation ON inquiry_messages (organisation_id);

CREATE TABLE inquiry_clarifications (
    id TEXT PRIMARY KEY NOT NULL,
    inquiry_id TEXT NOT NULL REFERENCES inquiries (id),
    question TEXT,
    text TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX inquiry_clarifications_by_inquiry ON inquiry_clarifications (inquiry_id, id);

CREATE TABLE inquiry_attachments (
    id TEXT PRIMARY KEY NOT NULL,
    inquiry_id TEXT NOT NULL REFERENCES inquiries (id),
    thread_id TEXT REFERENCES inquiry_threads (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX inquiry_attachments_by_inquiry ON inquiry_attachments (inquiry_id, id);
CREATE INDEX inquiry_attachments_by_thread ON inquiry_attachments (thread_id, id);
CREATE INDEX inquiry_attachments_by_organisation ON inquiry_attachments (organisation_id);
