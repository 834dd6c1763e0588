//! Many elections made one after another in one process, as a batch makes them, each
//! of another place: the time, and the most memory that the process ever had.
//!
//! `cargo run --example many -- [how many]`

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark speaks and may panic")]

use std::path::Path;
use std::time::Instant;

use tempfile::TempDir;
use zhangbang::diagnostic::Report;
use zhangbang::make::{self, Order};

/// The examples that are made over and over, and the place that each is of.
const EXAMPLES: [(&str, &str); 2] = [("shiping-2026", "示坪"), ("anhe-2026", "安和")];
const DIGITS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];

fn main() {
    zhangbang::typeset::memory::settle();
    let asked = std::env::args().skip(1).find_map(|word| word.parse().ok());
    let count: usize = asked.unwrap_or(1000);
    let start = Instant::now();
    let (mut files, mut bytes) = (0, 0);
    for n in 0..count {
        let folder = another(n);
        let mut report = Report::new();
        let finished = make::from_folder(folder.path(), &Order::of_records(), &[], &mut report);
        let made = finished.unwrap_or_else(|| panic!("{report}")).made;
        files += made.files.len();
        bytes += made.files.iter().map(|file| file.bytes.len()).sum::<usize>();
        if (n + 1) % 100 == 0 || n + 1 == count {
            let seconds = start.elapsed().as_secs_f64();
            println!("{:>6} elections  {seconds:>8.1} s  peak {}", n + 1, peak());
        }
    }
    println!("{files} documents, {bytes} bytes");
}

/// The `n`th election: an example, moved to a place of which Typst remembers nothing.
fn another(n: usize) -> TempDir {
    let (name, place) = EXAMPLES[n % EXAMPLES.len()];
    let number = n.to_string();
    let digits = number.bytes().map(|digit| DIGITS[usize::from(digit - b'0')]);
    let elsewhere = digits.collect::<String>() + place;
    let folder = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    for file in std::fs::read_dir(example).unwrap().flatten() {
        let text = std::fs::read_to_string(file.path()).unwrap();
        let target = folder.path().join(file.file_name());
        std::fs::write(target, text.replace(place, &elsewhere)).unwrap();
    }
    folder
}

/// The most memory that the process ever had, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "not known".to_owned(), |text| text.trim().to_owned())
}
