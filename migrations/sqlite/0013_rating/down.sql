DROP TABLE rating_shown;
