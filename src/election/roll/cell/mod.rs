//! What one cell says: words, names, numbers and days, and what they tell of people.

pub(crate) mod apart;
pub(crate) mod columns;
pub(crate) mod days;
pub(crate) mod declared;
pub(crate) mod elsewhere;
pub(crate) mod form;
pub(crate) mod grouping;
pub(crate) mod harmless;
pub(crate) mod labels;
pub(crate) mod leaving;
pub(crate) mod lexicon;
pub(crate) mod misplaced;
pub(crate) mod names;
pub(crate) mod notes;
pub(crate) mod numerals;
pub(crate) mod relations;
pub(crate) mod same_group;
pub(crate) mod shown;
pub(crate) mod simplified;
pub(crate) mod status;
pub(crate) mod sums;
pub(crate) mod values;
pub(crate) mod villages;
mod vocabulary;
pub(crate) mod words;
