//! How the desk is found: by the browser that it opens, by a second start, and on
//! the next day.
//!
//! Beside the settings of the user lie a file that names the last election, and for
//! each desk that runs one with its port and a key, which only the user may read.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::desk::Desk;
use crate::bag::sha256;
use crate::files;

/// 32 bytes that nobody guesses, in hexadecimal.
#[derive(Clone)]
pub(super) struct Key(String);

impl Key {
    /// # Errors
    /// A machine without chance.
    pub(super) fn new() -> std::io::Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
        let mut key = String::new();
        for byte in bytes {
            let _ = write!(key, "{byte:02x}");
        }
        Ok(Self(key))
    }

    /// Whether `text` is the key; how long that takes tells nothing.
    pub(super) fn is(&self, text: &str) -> bool {
        let (own, other) = (self.0.as_bytes(), text.as_bytes());
        let differs = own.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b));
        own.len() == other.len() && differs == 0
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

/// The desk of an election: as a second start reads it, and the next one, so that
/// pages that are still open go on.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    port: u16,
    /// What the browser brings.
    key: String,
    /// What a second start brings; a new one each time, since whoever has the port
    /// after the desk has left hears it.
    call: String,
}

/// Writes down where the desk is to be found.
pub(super) fn announce(desk: &Desk) {
    let written = desk.folder().and_then(|folder| record_of(&folder)).and_then(|file| {
        let (key, call) = (desk.key.expose().to_owned(), desk.call.expose().to_owned());
        let text = serde_json::to_string(&Record { port: desk.port, key, call }).ok()?;
        write_private(&file, &text).ok()
    });
    // Not found, it is started a second time.
    let _ = written;
}

/// The header by which a second start shows that it is the same user's.
pub(super) const OWN_CALL: &str = "x-key";
/// What it asks for: an address that lets one browser in.
pub(super) const INVITE: &str = "/invite";

/// An address of the desk that already runs on `folder`, if one does.
pub(super) fn running_on(folder: &Path) -> Option<String> {
    ask(&read(folder)?)
}

/// Port and key that the desk on `folder` had before.
pub(super) fn left_behind(folder: &Path) -> Option<(u16, Key)> {
    let Record { port, key, .. } = read(folder)?;
    Some((port, Key(key)))
}

fn read(folder: &Path) -> Option<Record> {
    let file = record_of(folder)?;
    serde_json::from_str(&std::fs::read_to_string(&file).ok()?).ok()
}

/// So long a desk of this computer may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

fn ask(record: &Record) -> Option<String> {
    let Record { port, call, .. } = record;
    let address = std::net::SocketAddr::from(([127, 0, 0, 1], *port));
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let request = format!(
        "GET {INVITE} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{OWN_CALL}: {call}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.take(1 << 16).read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let prefix = format!("http://127.0.0.1:{port}/");
    (head.starts_with("HTTP/1.1 200") && body.starts_with(&prefix)).then(|| body.trim().to_owned())
}

/// A page on the disk that leads to `address`: what is on a command line, others on
/// this computer can read.
pub(super) fn doorstep(address: &str) -> Option<PathBuf> {
    let file = own_folder()?.join("open.html");
    let page = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>张榜</title>\
         <meta http-equiv=\"refresh\" content=\"0;url={address}\">\
         <p><a href=\"{address}\">打开张榜</a></p>\n"
    );
    write_private(&file, &page).ok()?;
    Some(file)
}

/// The election that was on the desk last, if it is still there.
pub(super) fn last_folder() -> Option<PathBuf> {
    let text = std::fs::read_to_string(own_folder()?.join(LAST)).ok()?;
    Some(PathBuf::from(text.trim())).filter(|folder| folder.is_dir())
}

pub(super) fn remember(folder: &Path) {
    let Some(file) = own_folder().map(|own| own.join(LAST)) else { return };
    if let Ok(folder) = std::path::absolute(folder) {
        // What cannot be remembered is asked for again.
        let _ = write_private(&file, &folder.to_string_lossy());
    }
}

const LAST: &str = "last.txt";

fn record_of(folder: &Path) -> Option<PathBuf> {
    let folder = std::fs::canonicalize(folder).ok()?;
    let name = sha256(folder.to_string_lossy().as_bytes());
    Some(own_folder()?.join(format!("desk-{}.json", &name[..16])))
}

/// Where programs keep what is the user's own.
fn own_folder() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let base = match () {
        () if cfg!(windows) => PathBuf::from(set("LOCALAPPDATA")?),
        () if cfg!(target_os = "macos") => {
            PathBuf::from(set("HOME")?).join("Library/Application Support")
        }
        () => match set("XDG_STATE_HOME") {
            Some(state) => PathBuf::from(state),
            None => PathBuf::from(set("HOME")?).join(".local/state"),
        },
    };
    Some(base.join("zhangbang"))
}

/// Writes a file that nobody but the user reads; on Windows its folder sees to that.
fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    let folder = files::folder_of(file);
    std::fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    }
    // Temporary files are private by default.
    let mut draft = tempfile::NamedTempFile::new_in(folder)?;
    draft.write_all(text.as_bytes())?;
    draft.persist(file)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_only_itself() {
        let (key, other) = (Key::new().unwrap(), Key::new().unwrap());
        assert_eq!(key.expose().len(), 64);
        assert!(key.is(key.expose()));
        assert!(!key.is(other.expose()) && !key.is("") && !key.is(&key.expose()[1..]));
        assert!(!key.is(&format!("{}0", key.expose())));
    }
}
