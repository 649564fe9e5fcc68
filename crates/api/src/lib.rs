//! Kazi over HTTP: routes, sign-in, OpenAPI, background followers, the server's pages, and the
//! commands of the one binary. What a rule says is core's, what a row says is store's.

pub mod app;
pub mod cli;
pub mod corridor;
pub mod demo;
pub mod directory;
pub mod http;
pub mod identity;
pub mod inquiries;
pub mod mail;
pub mod matching;
pub mod metrics;
pub mod openapi;
pub mod production;
mod prose;
pub mod rating;
pub mod settings;
pub mod site;
pub mod standard;
pub mod state;
pub mod sweep;
mod texts;
