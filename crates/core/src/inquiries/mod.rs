//! # Room: inquiries
//!
//! - owns: inquiries, their threads, messages, answers, clarifications, the response clock, attachments' rules
//! - does not own: needs (matching), organisations (directory)
//! - rules: a provider sees its own thread and no other; a clarification goes to all; every state change is one of `ThreadState`'s
//! - enters: buyers, funders, BPOs and governments send; providers answer or decline
//! - neighbours: codes, directory, ids, problem
//! - try it: `cargo test -p kazi-core inquiries`

mod attachment;
mod clock;
mod inquiry;
mod question;
mod thread;

pub use attachment::*;
pub use clock::*;
pub use inquiry::*;
pub use question::*;
pub use thread::*;
