//! What was made, told to a person.

use std::path::Path;

use super::{Made, Order, Stale, is_posted};
use crate::diagnostic::display;

impl Made {
    /// What lies in `folder` now, and what waits for more data.
    pub fn describe(&self, folder: &Path, order: &Order) -> String {
        let mut text = format!("已生成 {} 个文件，在 {}：\n", self.files.len(), display(folder));
        for file in &self.files {
            text += &format!("  {}\n", display(Path::new(&file.path)));
        }
        // Who asked for some of them is told of these.
        let all = order.documents.only.is_empty() && order.documents.voters.is_empty();
        let awaited = self.composition.pending.iter().filter(|p| all && p.is_awaited());
        let awaited: Vec<_> = awaited.collect();
        if !awaited.is_empty() {
            text += "以下文件要等数据齐了再生成：\n";
            for pending in awaited {
                text += &format!("  {}（还没有 {}）\n", pending.front.name, pending.missing_key());
            }
        }
        text + &self.tell_unposted(order)
    }

    /// Who asked for posters of certain documents is told which have none.
    fn tell_unposted(&self, order: &Order) -> String {
        let asked = order.poster.is_some() && !order.documents.only.is_empty();
        let fronts = self.composition.documents.iter().map(|made| &made.front);
        let unposted = fronts.filter(|front| asked && !is_posted(front));
        let names: Vec<_> = unposted.map(|front| format!("《{}》", front.name)).collect();
        match names.is_empty() {
            true => String::new(),
            false => format!("{}不是张贴的文件，没有张贴版。\n", names.concat()),
        }
    }
}

impl Stale {
    /// What became of it; nothing if there is none.
    pub fn describe(&self) -> String {
        let listed = |said: &str, paths: &[String]| match paths {
            [] => String::new(),
            paths => {
                let lines: String =
                    paths.iter().map(|path| format!("  {}\n", display(Path::new(path)))).collect();
                format!("{said}：\n{lines}")
            }
        };
        listed("以前生成、现在没有了的文件，已经删去", &self.removed)
            + &listed("以前生成、现在没有了，但后来改动过的文件，没有动", &self.kept)
    }
}
