//! End-to-end tests, one binary: the program is run as a secretary runs it, and
//! what came out is read with tools that are not ours.

mod archive;
mod broken;
mod bundle;
mod commands;
mod documents;
mod examples;
mod hostile;
mod law;
mod outputs;
mod packet;
mod pages;
#[path = "roll/main.rs"]
mod roll;
mod support;
