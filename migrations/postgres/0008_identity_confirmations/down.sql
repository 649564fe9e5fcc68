ALTER TABLE mailed_tokens DROP COLUMN password;
ALTER TABLE mailed_tokens DROP COLUMN language;
ALTER TABLE mailed_tokens DROP COLUMN name;
