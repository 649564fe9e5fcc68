//! What stands around every page: header, footer, skip link. Not for any room's content.

mod account;
mod footer;
mod header;
mod menu;
mod not_found;
mod theme;

pub use footer::Footer;
pub use header::Header;
pub use menu::Menu;
pub use not_found::NotFound;
