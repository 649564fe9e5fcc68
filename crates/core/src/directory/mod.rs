//! # Room: directory
//!
//! - owns: organisations and what is said of them (profile, sites, offers, certificates, workforce), each fact's
//!   provenance, claims, merges, imports, what a search asks for and answers
//! - does not own: who may act (policy), scoring (matching), people (identity)
//! - rules: unknown stays unknown; every stated fact has a provenance; an expired certificate does not count
//! - enters: everyone reads; members edit; staff decide claims, merges and imports
//! - neighbours: codes, ids, money, events, problem
//! - try it: `cargo test -p kazi-core --features slugs directory`

mod answers;
mod claims;
mod consistency;
mod facets;
mod imports;
#[cfg(feature = "slugs")]
mod naming;
mod profile;
mod provenance;
mod search;

pub use answers::*;
pub use claims::*;
pub use facets::*;
pub use imports::*;
#[cfg(feature = "slugs")]
pub use naming::*;
pub use profile::*;
pub use provenance::*;
pub use search::*;
