//! Rebuilds when a file is added to what the program carries along: the compiler
//! only sees changes of those that it already knows.

fn main() {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=data");
}
