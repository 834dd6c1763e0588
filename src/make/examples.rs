//! The example elections that the program carries along, to try templates on.

use std::path::PathBuf;

use include_dir::{Dir, include_dir};
use tempfile::TempDir;

use crate::diagnostic::Diagnostic;
use crate::files;

static EXAMPLES: [Dir; 3] = [
    include_dir!("$CARGO_MANIFEST_DIR/data/qimei-2017"),
    include_dir!("$CARGO_MANIFEST_DIR/data/shiping-2026"),
    include_dir!("$CARGO_MANIFEST_DIR/data/anhe-2026"),
];

/// The examples in a folder that goes when this does.
pub struct Examples(TempDir);

impl Examples {
    /// Writes the examples where they can be read as any election is.
    ///
    /// # Errors
    /// No place to write.
    pub fn unpack() -> Result<Self, Diagnostic> {
        let folder = tempfile::tempdir().map_err(|error| {
            let reason = files::reason(&error);
            Diagnostic::error("write", format!("不能建立临时文件夹：{reason}。"))
                .help("请检查磁盘的空间和权限；临时文件夹在环境变量 TMPDIR（Windows 上是 TEMP）所指的地方。")
        })?;
        for (n, example) in EXAMPLES.iter().enumerate() {
            for file in example.files() {
                files::write_new(
                    &folder.path().join(n.to_string()).join(file.path()),
                    file.contents(),
                )?;
            }
        }
        Ok(Self(folder))
    }

    pub fn folders(&self) -> impl Iterator<Item = PathBuf> {
        (0..EXAMPLES.len()).map(|n| self.0.path().join(n.to_string()))
    }
}
