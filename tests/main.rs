//! End-to-end tests, one binary: the program is run as a secretary runs it. `plain`
//! needs nothing else; what is `judged` is read with tools that are not ours.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a test that fails may panic"
)]

mod judged;
mod plain;
mod support;
