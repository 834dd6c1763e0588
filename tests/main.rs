//! End-to-end tests, one binary: the program is run as a secretary runs it, and
//! what came out is read with tools that are not ours.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a test that fails may panic"
)]

mod archive;
mod bag;
mod broken;
mod codes;
mod commands;
mod docs;
mod documents;
mod edits;
mod examples;
mod forms;
mod holidays;
mod hostile;
mod law;
mod law_cli;
mod outputs;
mod packet;
mod pages;
mod roll;
mod roll_cli;
mod rooms;
mod said;
mod statements;
mod support;
mod verdicts;
mod wordings;
