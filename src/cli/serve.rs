//! `zhangbang serve`: the desk in the user's own browser.

use std::path::PathBuf;

use clap::Args;

use super::{Outcome, fail, say, say_error};
use crate::{files, serve};

#[derive(Args, Default)]
pub(super) struct Arguments {
    /// 选举文件夹，或其中的 election.yaml；不写则为上次的
    #[arg(value_name = "选举")]
    folder: Option<PathBuf>,
    /// 固定用这个端口；不写则用任意一个空闲的
    #[arg(long, value_name = "端口")]
    port: Option<u16>,
    /// 不打开浏览器，只打印地址
    #[arg(long)]
    no_open: bool,
    /// 另外查找字体的文件夹（可重复）
    #[arg(long, value_name = "文件夹")]
    font_path: Vec<PathBuf>,
}

pub(super) fn run(arguments: Arguments) -> Outcome {
    let Arguments { folder, port, no_open, font_path } = arguments;
    let folder = folder.map(|path| match path.is_file() {
        true => files::folder_of(&path).to_owned(),
        false => path,
    });
    let options = serve::Options { folder, port, fonts: font_path };
    let open = |address: &str| {
        say(&format!("张榜已在本机打开：{address}\n用完请在页面上点“退出”，或按 Ctrl+C。\n"));
        if !no_open && !serve::open_browser(address) {
            say_error("打不开浏览器，请把上面的地址复制到浏览器里。\n");
        }
    };
    match serve::run(options, open) {
        Ok(()) => Outcome::Done,
        Err(problem) => fail(problem),
    }
}
