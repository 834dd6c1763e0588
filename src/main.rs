//! The program: arguments in, exit code out.

use std::process::ExitCode;

use zhangbang::meter::Meter;

#[global_allocator]
static ALLOCATOR: Meter = Meter;

fn main() -> ExitCode {
    zhangbang::cli::run(std::env::args_os())
}
