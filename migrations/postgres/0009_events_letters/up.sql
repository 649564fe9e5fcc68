-- Letters on their way, written with the change that they tell of and gone once they are sent. `holder` is the running
-- server that sends one first; after due_at any may.
CREATE TABLE letters (
    id TEXT PRIMARY KEY NOT NULL,
    holder TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX letters_by_due_at ON letters (due_at);
CREATE INDEX letters_by_holder ON letters (holder, attempts);
CREATE INDEX letters_by_recipient ON letters (recipient);
