//! What the law asks of an election, and whether it was done.

pub mod parameter;
pub mod profile;

pub use profile::{Basis, Library, Profile, Provision};
