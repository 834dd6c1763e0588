//! What any machine with Rust can run: no other program is needed.

mod agree;
mod bag;
mod batch;
mod bounds;
mod broken;
mod codes;
mod commands;
mod desk;
mod docs;
mod law;
mod law_cli;
mod posted;
mod roll;
mod roll_cli;
mod rooms;
mod said;
mod slips;
mod statements;
mod verdicts;
