//! A packet behind a password: a zip file encrypted with AES-256 (WinZip AE-2),
//! which holds the packet itself as its one entry.
//!
//! An archive takes over nothing encrypted, so the encryption lies around the
//! packet, not in it: once opened, what is handed over is an ordinary packet.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, DateTime, System, ZipWriter};

use super::write::{self, Packet, Written, from_start};
use crate::diagnostic::Diagnostic;
use crate::files::{self, Draft, Readers};
use crate::privacy::Personal;

/// Writes `packet` to `target`, encrypted. The same packet and password give
/// the same contents, but not the same bytes: the salt is new each time.
pub fn write_encrypted(
    packet: &Packet,
    password: &Personal<String>,
    target: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Written, Diagnostic> {
    let failed = |error: io::Error| files::write_error(target, &error);
    // Without a name on the disk: if this process is killed, nothing readable
    // is left behind.
    let mut open = tempfile::tempfile_in(files::folder_of(target)).map_err(failed)?;
    let written = write::write_to(packet, &mut open, target, progress)?;
    let mut draft = Draft::new(target, Readers::Owner)?;
    let entry = format!("{}.zip", packet.name);
    let size = wrap(&mut open, &entry, password, draft.file()).map_err(failed)?;
    draft.commit()?;
    Ok(Written { size, ..written })
}

fn wrap(
    packet: &mut File,
    entry: &str,
    password: &Personal<String>,
    target: &mut File,
) -> io::Result<u64> {
    let options = SimpleFileOptions::default()
        .system(System::Unix)
        // Stored: a packet is compressed already.
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o600)
        .large_file(packet.metadata()?.len() >= 0xff00_0000)
        .with_aes_encryption(AesMode::Aes256, password.expose());
    let mut zip = ZipWriter::new(target);
    zip.start_file(entry, options)?;
    io::copy(from_start(packet)?, &mut zip)?;
    let target = zip.finish()?;
    target.flush()?;
    Ok(target.metadata()?.len())
}
