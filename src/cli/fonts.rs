//! `zhangbang fonts`: which face fills which role.

use std::path::PathBuf;

use clap::Args;

use super::{Outcome, say, show};
use crate::diagnostic::{Report, display};
use crate::make::font_folders;
use crate::typeset::Fonts;

#[derive(Args)]
pub(super) struct Arguments {
    /// 另外查找字体的文件夹（可重复）
    #[arg(long, value_name = "文件夹")]
    font_path: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut report = Report::new();
    let fonts = Fonts::find(&font_folders(&arguments.font_path, None), &mut report);
    for face in fonts.iter().flat_map(Fonts::faces) {
        let mark = if face.genuine { "" } else { "（代用）" };
        say(&format!("{}\t{}{mark}\t{}\n", face.title, face.family, display(&face.path)));
    }
    show(&report);
    if fonts.is_some() { Outcome::Done } else { Outcome::stopped(&report) }
}
