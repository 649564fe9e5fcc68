DROP INDEX organisations_by_merged_into;
CREATE INDEX organisations_by_merged_into ON organisations (merged_into);
