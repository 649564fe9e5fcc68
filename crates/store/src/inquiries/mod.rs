//! Rows of inquiries. Every statement that a side may cause is bound to one inquiry or one thread;
//! who may cause it is decided before, from the parties that these functions name.

mod attachments;
mod clock;
mod list;
mod rows;
mod send;
mod threads;
mod write;

pub use attachments::*;
pub use clock::sweep_overdue;
pub use list::*;
pub use rows::{ThreadParties, parties};
pub use send::*;
pub use threads::*;
pub use write::*;
