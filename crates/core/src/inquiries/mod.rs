//! # Room: inquiries
//!
//! - owns: inquiries, their threads, messages, answers, clarifications, the response clock, attachments' rules
//! - does not own: needs (matching), organisations (directory)
//! - rules: a provider sees its own thread and no other; a clarification goes to all; every state change is one of `ThreadState`'s
//! - enters: buyers and funders send; providers answer or decline
//! - neighbours: codes, directory, ids
//! - try it: `cargo test -p kazi-core inquiries`
