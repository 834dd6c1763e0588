//! The archive packet: written once, and proving itself for decades after.
//!
//! A packet is a BagIt 1.0 bag (RFC 8493) in a zip file. Within its payload
//! lies the tree that 档发〔2012〕7号 prescribes for electronic archives handed
//! over, catalogued after DA/T 22. This module knows nothing of elections: it
//! takes files and records.
//!
//! - [`Scheme`] numbers the items, [`Holder`] turns [`Record`]s into
//!   catalogues and metadata;
//! - [`write`] makes the packet, whole or not at all;
//! - [`verify`] judges ours and anybody's, and unpacks nothing.

mod bag;
mod catalogue;
mod checklist;
mod contents;
mod digest;
mod encrypt;
pub mod names;
mod probe;
mod profile;
mod read;
mod records;
mod seal;
mod verify;
mod write;
mod xml;

pub use bag::Info;
pub use catalogue::{
    COLUMNS, CSV, DIRECTORY, Holder, STATEMENT, XLSX, csv, directory, retention_table,
    rows as catalogue_rows,
};
pub use checklist::{Check, Finding, Group, Item as CheckItem, Verdict, Verification};
pub use contents::{CATALOGUE_PDF, COVER_PDF, EXCERPT, LACKING, NOTE_PDF, REBUILT};
pub use digest::sha256;
pub use encrypt::write_encrypted;
pub use read::{Limits, payload};
pub use records::{
    Access, ArchiveCode, FILES, OTHERS, Origin, Record, RecordedFile, Retention, Scheme,
};
pub use verify::{Options, verify, verify_with};
pub use write::{Content, Item, Packet, Written, measure, write};
pub use xml::Element;
