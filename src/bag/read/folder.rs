//! A bag that lies open in a folder.

use std::io;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::{Entry, Limits, Listed, Listing, Place, What, bad};

/// Lists every entry below `path`, following no link.
pub(super) fn list(path: &Path, limits: &Limits) -> io::Result<Listing> {
    let mut listing = Listing::default();
    for entry in WalkDir::new(path).min_depth(1) {
        let entry = entry.map_err(|error| {
            error.into_io_error().unwrap_or_else(|| bad("文件夹首尾相连，没有尽头"))
        })?;
        if listing.entries.len() >= limits.entries {
            return Err(bad(format!("文件超过 {} 个", limits.entries)));
        }
        listing.entries.push(listed(path, entry)?);
    }
    Ok(listing)
}

fn listed(root: &Path, entry: DirEntry) -> io::Result<Listed> {
    let kind = entry.file_type();
    let what = if kind.is_symlink() {
        What::Link
    } else if kind.is_dir() {
        What::Folder
    } else if kind.is_file() {
        let size = entry.metadata().map_err(io::Error::from)?.len();
        What::File(Entry { size, place: Place::File(entry.path().to_owned()) })
    } else {
        What::Other
    };
    Ok(Listed { path: relative(root, entry.path())?, what })
}

/// The path from `root`, with `/` on every system.
fn relative(root: &Path, path: &Path) -> io::Result<String> {
    let inner = path.strip_prefix(root).unwrap_or(path);
    let parts = inner.iter().map(|part| part.to_str()).collect::<Option<Vec<_>>>();
    let parts = parts.ok_or_else(|| bad(format!("文件名不是 UTF-8 编码：{}", inner.display())))?;
    Ok(parts.join("/"))
}
