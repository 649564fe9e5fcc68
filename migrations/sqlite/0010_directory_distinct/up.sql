-- Pairs of listings that a steward looked at and found to be two organisations; the smaller id comes first.
CREATE TABLE distinct_pairs (
    one TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    other TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    person TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (one, other)
);
CREATE INDEX distinct_pairs_by_other ON distinct_pairs (other);

-- The host alone does not tell an organisation where many have a page; the key is made anew with the next edit.
UPDATE organisations SET website_key = NULL WHERE website_key IN (
    'facebook.com', 'linkedin.com', 'instagram.com', 'twitter.com', 'x.com', 'youtube.com', 'tiktok.com', 't.me', 'wa.me',
    'linktr.ee', 'medium.com', 'github.com', 'sites.google.com', 'docs.google.com', 'goo.gl', 'bit.ly', 'crunchbase.com',
    'upwork.com', 'clutch.co'
);
