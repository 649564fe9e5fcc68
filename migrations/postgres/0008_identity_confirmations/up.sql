-- What a later sign-up with an unconfirmed address said. It holds only once that sign-up's own letter is followed.
ALTER TABLE mailed_tokens ADD COLUMN name TEXT;
ALTER TABLE mailed_tokens ADD COLUMN language TEXT;
ALTER TABLE mailed_tokens ADD COLUMN password TEXT;
