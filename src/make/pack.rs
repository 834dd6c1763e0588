//! Packets: the one way from what was made to a file that is handed over.

use std::path::PathBuf;

use super::Finished;
use crate::archive::{Archive, Scope};
use crate::bag::{self, Checksums, Packet, Written};
use crate::diagnostic::{Diagnostic, Report, display};
use crate::files;
use crate::privacy::Personal;

/// A packet that is wanted.
pub struct Parcel {
    pub scope: Scope,
    /// Behind which it is kept, if it is.
    pub password: Option<Personal<String>>,
    /// The file that it becomes.
    pub target: PathBuf,
}

impl Parcel {
    /// All of an archive, for whoever may see all of it.
    pub fn whole(target: PathBuf) -> Self {
        Self { scope: Scope::Whole, password: None, target }
    }
}

/// A packet that was written.
#[derive(Debug)]
pub struct Packed {
    pub path: PathBuf,
    /// Its bytes.
    pub size: u64,
    /// How many files are kept in it.
    pub files: u64,
    pub is_encrypted: bool,
    /// By what it is known again: no packet can prove itself alone.
    pub seals: Checksums,
    /// What its archive still lacks, each by name.
    pub lacking: Vec<String>,
}

/// The archive of what was made, ready to be written.
pub struct Packing {
    packets: Vec<(Packet, Parcel)>,
    lacking: Vec<String>,
}

impl Finished {
    /// The name of the file in which a packet lies, as long as nobody wants another.
    pub fn packet_name(&self, scope: Scope) -> String {
        format!("{}.zip", scope.name_of(&self.folder.dossier))
    }

    /// Gathers what goes into the packets, with what the check found. What the user
    /// should know before they are written goes to `notes`.
    ///
    /// # Errors
    /// What keeps an archive from being made of it.
    pub fn packing(
        &self,
        parcels: Vec<Parcel>,
        findings: &Report,
        notes: &mut Report,
    ) -> Result<Packing, Report> {
        let material = self.material(findings);
        let archive = Archive::of(&material, notes)?;
        let mut packets = Vec::with_capacity(parcels.len());
        for parcel in parcels {
            if parcel.scope == Scope::Public {
                notes.extend(archive.scans_note());
            }
            packets.push((archive.packet(parcel.scope)?, parcel));
        }
        Ok(Packing { packets, lacking: archive.lacking() })
    }
}

impl Packing {
    /// Writes the packets, each whole or not at all; `progress` hears of the bytes
    /// of each that are written and to be written.
    ///
    /// # Errors
    /// The first that could not be written; those before it lie where they belong.
    pub fn write(self, progress: impl Fn(u64, u64)) -> Result<Vec<Packed>, Diagnostic> {
        let Self { packets, lacking } = self;
        let progress = &mut |done, total| progress(done, total);
        let write = |(packet, parcel): (Packet, Parcel)| {
            let Parcel { password, target, .. } = parcel;
            files::create_folder(files::folder_of(&target))?;
            let written = match &password {
                Some(password) => bag::write_encrypted(&packet, password, &target, progress)?,
                None => bag::write(&packet, &target, progress)?,
            };
            let Written { path, size, payload_files: files, .. } = written;
            let seals = bag::seals_of(&path).map_err(|error| files::read_error(&path, &error))?;
            let (is_encrypted, lacking) = (password.is_some(), lacking.clone());
            Ok(Packed { path, size, files, is_encrypted, seals, lacking })
        };
        packets.into_iter().map(write).collect()
    }
}

impl Packed {
    /// What was packed, and what is to be written down of it.
    pub fn describe(&self) -> String {
        let Self { path, size, files, .. } = self;
        let path = display(path);
        let said = match self.is_encrypted {
            true => format!(
                "已打包并加密：{path}（{files} 个文件，{size} 字节）\n\
                 请另外保管密码：忘了密码，谁也打不开。移交档案馆之前要先解开，\
                 解出的 zip 文件就是完整的档案包。\n"
            ),
            false => format!(
                "已打包：{path}（{files} 个文件，{size} 字节）\n\
                 用 zhangbang verify 可以随时验证。\n"
            ),
        };
        let seals = self.seals.iter().map(|(kind, sum)| format!("  {}  {sum}\n", kind.title()));
        said + "请把下面的校验值写进档案移交清单；日后用 zhangbang verify --expect 核对：\n"
            + &seals.collect::<String>()
    }
}
