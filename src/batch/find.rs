//! What there is to do: elections in folders, and packets that were handed in.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use super::key;
use crate::diagnostic::{Diagnostic, Report};
use crate::election::{ELECTION_FILE, ROLL_EXTENSIONS};
use crate::files;

/// One election to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The path below the folder of all, with `/`: where its results lie, too.
    pub path: String,
    /// Its folder, or its packet.
    pub place: PathBuf,
    pub kind: Kind,
    /// How much there is to do, roughly.
    pub weight: u64,
}

/// As what an election came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Folder,
    Packet,
}

/// One of so many parts of the work, for machines that share nothing but a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    part: u64,
    of: u64,
}

impl Shard {
    /// Reads `2/8`.
    pub fn parse(text: &str) -> Option<Self> {
        let (part, of) = text.split_once('/')?;
        let shard = Self { part: part.parse().ok()?, of: of.parse().ok()? };
        (1..=shard.of).contains(&shard.part).then_some(shard)
    }

    /// Whether it does what lies at `path`: by the path alone, so that another
    /// village moves none of those that are there.
    pub fn takes(self, path: &str) -> bool {
        key::spread(path) % self.of == self.part - 1
    }
}

/// All that lies below `folder`, but for what lies in `out`, in the order of the
/// paths. What cannot be read is told.
pub fn find(folder: &Path, out: &Path, report: &mut Report) -> Vec<Item> {
    let out = out.canonicalize().ok();
    let is_out = |entry: &DirEntry| {
        out.is_some() && entry.file_type().is_dir() && entry.path().canonicalize().ok() == out
    };
    let mut walk = WalkDir::new(folder).into_iter();
    let mut items = Vec::new();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let place = error.path().unwrap_or(folder).to_owned();
                report.push(files::read_error(&place, &error.into()));
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        let is_hidden = entry.depth() > 0 && files::name_of(entry.path()).starts_with('.');
        if is_folder && (is_hidden || is_out(&entry)) {
            walk.skip_current_dir();
        } else if is_folder && entry.path().join(ELECTION_FILE).is_file() {
            items.push(Item::new(folder, entry.path(), Kind::Folder));
            // What lies within is its own.
            walk.skip_current_dir();
        } else if entry.file_type().is_file() && !is_hidden && is_packet(entry.path()) {
            items.push(Item::new(folder, entry.path(), Kind::Packet));
        }
    }
    items.sort_by(|one, other| one.path.cmp(&other.path));
    items
}

fn is_packet(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// The largest first, so that none is left to the end.
pub fn order(items: &mut [Item]) {
    items.sort_by_key(|item| Reverse(item.weight));
}

impl Item {
    fn new(folder: &Path, place: &Path, kind: Kind) -> Self {
        let below = place.strip_prefix(folder).unwrap_or(place);
        let parts = below.components().map(|part| part.as_os_str().to_string_lossy());
        let path = parts.collect::<Vec<_>>().join("/");
        // The folder of all is itself an election's.
        let path = if path.is_empty() { own_name(place) } else { path };
        Self { path, place: place.to_owned(), kind, weight: weight(place, kind) }
    }
}

fn own_name(place: &Path) -> String {
    let absolute = place.canonicalize().unwrap_or_else(|_| place.to_owned());
    let name = files::name_of(&absolute);
    if name.is_empty() { "election".to_owned() } else { name }
}

/// The bytes of the largest table: the roll decides how long it takes.
fn weight(place: &Path, kind: Kind) -> u64 {
    const COMPRESSED: u64 = 4;
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |found| found.len());
    if kind == Kind::Packet {
        return size(place) / COMPRESSED;
    }
    let entries = std::fs::read_dir(place).into_iter().flatten().flatten();
    let weigh = |entry: std::fs::DirEntry| {
        let path = entry.path();
        let ending = path.extension()?.to_string_lossy().to_lowercase();
        let factor = if matches!(&*ending, "csv" | "tsv") { 1 } else { COMPRESSED };
        ROLL_EXTENSIONS.contains(&&*ending).then(|| size(&path) * factor)
    };
    entries.filter_map(weigh).max().unwrap_or(0) + size(&place.join(ELECTION_FILE))
}

/// Where each is to lie must be its own: a file cannot lie where a folder is.
pub fn judge(folder: &Path, out: &Path) -> Result<(), Diagnostic> {
    let absolute = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path));
    let (Ok(folder), Ok(whole)) = (absolute(folder), absolute(out)) else { return Ok(()) };
    if folder.starts_with(&whole) {
        return Err(Diagnostic::error("batch-output", "结果不能放在选举文件夹自己的位置上。")
            .in_file(out)
            .help("请用 -o 指定另外一个文件夹，如 结果。"));
    }
    Ok(())
}

/// Every path that there is to do, for who adds up what was done.
pub fn paths(items: &[Item]) -> BTreeSet<String> {
    items.iter().map(|item| item.path.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(paths: &[&str]) -> tempfile::TempDir {
        let top = tempfile::tempdir().unwrap();
        for path in paths {
            files::write_new(&top.path().join(path), b"x").unwrap();
        }
        top
    }

    #[test]
    fn elections_and_packets_are_found_and_what_is_theirs_is_not() {
        let top = tree(&[
            "b/election.yaml",
            "b/output/b.zip",
            "b/nested/election.yaml",
            "a/一村/election.yaml",
            "a/二村.zip",
            "a/.hidden/election.yaml",
            "a/.~lock.zip",
            "out/a/一村/election.yaml",
            "readme.txt",
        ]);
        let mut report = Report::new();
        let items = find(top.path(), &top.path().join("out"), &mut report);
        let found: Vec<_> = items.iter().map(|item| (&*item.path, item.kind)).collect();
        let expected =
            [("a/一村", Kind::Folder), ("a/二村.zip", Kind::Packet), ("b", Kind::Folder)];
        assert_eq!(found, expected);
        assert!(report.is_empty(), "{report}");
        let own = find(&top.path().join("b"), &top.path().join("out"), &mut report);
        assert_eq!(paths(&own), BTreeSet::from(["b".to_owned()]));
    }

    #[test]
    fn every_path_is_in_one_shard_whatever_else_there_is() {
        let shards: Vec<Shard> =
            (1..=7).map(|part| Shard::parse(&format!("{part}/7")).unwrap()).collect();
        let mut counts = [0; 7];
        for n in 0..2000 {
            let path = format!("街道{}/村{n}", n % 13);
            let takers: Vec<_> = (0..7).filter(|&at| shards[at].takes(&path)).collect();
            assert_eq!(takers.len(), 1, "{path}");
            counts[takers[0]] += 1;
        }
        assert!(counts.iter().all(|count| (200..400).contains(count)), "{counts:?}");
        for bad in ["0/3", "4/3", "1", "1/0", "a/b", "-1/3", ""] {
            assert_eq!(Shard::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn results_do_not_lie_on_what_they_are_of() {
        let top = tree(&["a/election.yaml"]);
        assert_eq!(judge(top.path(), top.path()).unwrap_err().code, "batch-output");
        assert_eq!(judge(&top.path().join("a"), top.path()).unwrap_err().code, "batch-output");
        assert!(judge(top.path(), &top.path().join("out")).is_ok());
    }
}
