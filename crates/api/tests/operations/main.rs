//! Operations: every test of the API, against a real server on a real database. One program, so that
//! the house is linked once.

mod access;
mod attachments;
mod claims;
mod client;
mod corridor;
mod directory;
mod identity;
mod imports;
mod inquiries;
mod letters;
mod mail;
mod matches;
mod members;
mod metrics;
mod needs;
mod once;
mod openapi;
mod process;
mod rating;
mod s3;
mod search;
mod site;
mod support;
mod tokens;
