//! What a person sees of her own account, and the gate before pages that need one. Not for signing in: that is identity's.

mod delete;
mod details;
mod gate;
mod page;

pub use gate::*;
pub use page::AccountPage;
