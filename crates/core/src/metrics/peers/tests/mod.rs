//! The rules by example, figures against the plain way, and an attacker who has read every table.

mod attack;
mod figures;
mod rules;
mod samples;
