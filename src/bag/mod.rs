//! Bags: files with a manifest that proves them, written once and judged for
//! decades after.
//!
//! A bag is BagIt 1.0 (RFC 8493), in a folder, a zip or a tar file. This room
//! knows nothing of what lies in it, only of the [`Profile`] that it may follow.
//!
//! - [`write`] makes a packet, whole or not at all;
//! - [`examine`] judges ours and anybody's, and unpacks nothing.

mod checklist;
mod digest;
mod encrypt;
mod examine;
mod manifest;
pub mod names;
mod probe;
mod profile;
mod read;
mod seal;
pub mod signature;
mod write;

pub use checklist::{Check, Finding, Group, Item as CheckItem, Verdict, Verification};
pub use digest::{Algorithm, Checksum, Checksums, seals_of, sha256};
pub use encrypt::write_encrypted;
pub use examine::{Examined, Learnt, Options, Package, Progress, examine};
pub use manifest::{Info, PAYLOAD};
pub use probe::{Mark, Probe, is_program, may_have_macros};
pub use profile::Profile;
pub use read::{Limits, is_litter, payload, reason, texts};
pub use write::{Content, Item, Packet, Written, measure, write};
