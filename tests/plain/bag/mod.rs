//! The archive packet from end to end: written, read back, damaged, attacked.

mod flips;
mod foreign;
mod hostile;
mod packet;
mod rezipped;
pub(super) mod sample;
