//! 张榜 (Zhangbang): every public document of a residents' or villagers'
//! committee election, from one description.
//!
//! Data flows one way:
//!
//! ```text
//! load ─▶ check ─▶ compose ─▶ typeset ─▶ bundle ─▶ pack
//! election  law     compose    typeset    bundle    archive
//! ```
//!
//! Each step is a plain function on plain values and knows only the steps to
//! its left. [`cli`] runs them and speaks to the user.

pub mod archive;
pub mod bundle;
pub mod cli;
pub mod compose;
pub mod diagnostic;
pub mod election;
pub mod files;
pub mod law;
pub mod privacy;
pub mod typeset;
