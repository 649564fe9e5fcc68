//! Tables for each criterion and constraint, laws that hold for any need and any provider, and the index
//! against the plain way.

mod index;
mod laws;
mod samples;
mod tables;
