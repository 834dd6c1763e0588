//! Rebuilds when a file is added to what the program carries along: the compiler
//! only sees changes of those that it already knows. For Windows, puts icon, version
//! and manifest into the program.

use std::path::Path;
use std::process::Command;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=packaging/windows");
    println!("cargo::rerun-if-changed=src/build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    match is("CARGO_CFG_TARGET_OS", "windows") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        true => resources(Path::new(&env::var("OUT_DIR").unwrap_or_default())),
        false => Ok(()),
    }
}

/// Compiled by binutils, which who links for Windows has.
fn resources(out: &Path) -> io::Result<()> {
    let number = |part: &str| env::var(format!("CARGO_PKG_VERSION_{part}")).unwrap_or_default();
    let [major, minor, patch] = ["MAJOR", "MINOR", "PATCH"].map(number);
    let version = format!(
        "#define VERSION_NUMBERS {major},{minor},{patch},0\n\
         #define VERSION_TEXT \"{major}.{minor}.{patch}\"\n"
    );
    fs::write(out.join("version.h"), version)?;
    let object = out.join("resources.o");
    let compiled = Command::new("x86_64-w64-mingw32-windres")
        .args(["--codepage=65001", "--include-dir"])
        .arg(out)
        .args(["packaging/windows/zhangbang.rc", "--output"])
        .arg(&object)
        .status()?;
    if !compiled.success() {
        return Err(io::Error::other("windres failed"));
    }
    println!("cargo::rustc-link-arg-bins={}", object.display());
    // No names of functions, which rustc leaves in, and no time of linking, by which
    // the same sources would give another program.
    println!("cargo::rustc-link-arg-bins=-Wl,--strip-all,--no-insert-timestamp");
    Ok(())
}
