-- Whoever reads all organisations that stand reads them by id; with the id in the index none is read twice or sorted.
DROP INDEX organisations_by_merged_into;
CREATE INDEX organisations_by_merged_into ON organisations (merged_into, id);
