DROP TABLE follower_cursors;
DROP TABLE need_alerts;
DROP TABLE shortlist_entries;
DROP TABLE needs;
