DROP TABLE claims;
DROP TABLE import_changes;
DROP TABLE imports;
