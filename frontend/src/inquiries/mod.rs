//! Inquiries: the inbox, writing one, a provider's thread, the sender's view with the answers side by side.

mod answers;
mod attachments;
mod clarifications;
mod compare;
mod compose;
mod inbox;
mod inquiry;
mod messages;
mod questions;
mod recipients;
mod reply;
mod shown;
mod thread;

pub use compare::ComparePage;
pub use compose::ComposePage;
pub use inbox::InboxPage;
pub use inquiry::InquiryPage;
pub use thread::ThreadPage;
