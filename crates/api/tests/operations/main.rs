//! Operations: every test of the API, against a real server on a real database. One program, so that
//! the house is linked once.

mod access;
mod attachments;
mod claims;
mod corridor;
mod directory;
mod identity;
mod imports;
mod inquiries;
mod letters;
mod matches;
mod members;
mod needs;
mod once;
mod openapi;
mod process;
mod search;
mod site;
mod support;
mod tokens;
