//! Every SQL statement of the house.
