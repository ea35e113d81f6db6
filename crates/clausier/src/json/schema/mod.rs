//! JSON Schemas: of what a dossier holds, and of the protocol.

mod criteria;
mod dossier;
mod protocol;

pub(super) use dossier::dossier;
pub(super) use protocol::protocol;
