//! The library in a browser: one request in JSON, one answer in JSON, by the protocol of [`clausier::json::call`].
//!
//! The page that asks is in `web/`; `cargo run -p xtask -- page` puts both into one HTML file. No rule lives there: the page
//! asks, shows and carries away.

pub mod boundary;
