//! Rebuilds when a file is added to what the program carries along: the compiler
//! only sees changes of those that it already knows. For Windows, puts icon, version
//! and manifest into the program.

use std::path::Path;
use std::process::Command;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=packaging");
    println!("cargo::rerun-if-changed=src/build.rs");
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rerun-if-env-changed=ZHANGBANG_NOTICES");
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    fs::write(Path::new(&out).join("notices"), notices()?)?;
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    match is("CARGO_CFG_TARGET_OS", "windows") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        true => resources(Path::new(&out)),
        false => Ok(()),
    }
}

/// What the program says of other people's work: all of it, packed, where it is made to be
/// handed out (`scripts/licences.py`); else what it is made of.
fn notices() -> io::Result<Vec<u8>> {
    if let Some(packed) = env::var_os("ZHANGBANG_NOTICES") {
        println!("cargo::rerun-if-changed={}", Path::new(&packed).display());
        return fs::read(packed);
    }
    let lock = fs::read_to_string("Cargo.lock")?;
    let field = |entry: &str, name: &str| {
        let (_, rest) = entry.split_once(&format!("\n{name} = \""))?;
        Some(rest.split_once('"')?.0.to_owned())
    };
    let entries = lock.split("[[package]]").filter(|entry| entry.contains("\nsource = "));
    let crates = entries.filter_map(|entry| {
        Some(format!("- {} {}\n", field(entry, "name")?, field(entry, "version")?))
    });
    let data = fs::read_to_string("packaging/embedded.md")?;
    let text = format!(
        "# 他人的作品\n\n这个程序是自己编译的，没有带许可全文；全文在各库的源代码里，make licences 可以汇成一份。\n\n\
         ## 数据\n\n{data}\n## 程序库（连同测试用的）\n\n{}",
        crates.collect::<String>()
    );
    Ok(text.into_bytes())
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
    // As much stack as on Linux; Windows gives a fraction of it, which a description nested
    // to the limit may need more than.
    println!("cargo::rustc-link-arg-bins=-Wl,--stack,8388608");
    Ok(())
}
