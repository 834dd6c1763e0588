//! What was made, told to a person.

use std::path::Path;

use jiff::civil::Date;

use super::{Folder, Made, Order, Recorded, Scaffold, Stale, is_posted};
use crate::compose::chinese;
use crate::diagnostic::{Report, as_word, display};
use crate::election::ELECTION_FILE;

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

impl Folder {
    /// Remembers what was posted on `day`, what was asked for or else what bears it,
    /// and tells of it.
    ///
    /// # Errors
    /// As [`record_posted`](Self::record_posted).
    pub fn record_and_tell(&self, made: &Made, order: &Order, day: Date) -> Result<String, Report> {
        let (postings, said) = (self.postings(made, order, day), chinese::date(day.into()));
        if postings.is_empty() {
            return Ok(format!("没有{said}成文、还没有记的公告；贴了别的，用 --only 写明。\n"));
        }
        let recorded = self.record_posted(&postings, day)?;
        let line = |one: &Recorded| {
            let number = one.number.map(|number| format!("第{number}号 ")).unwrap_or_default();
            format!("  {number}{}\n", one.name)
        };
        let lines: String = recorded.iter().map(line).collect();
        Ok(format!("已记入 election.yaml 的“已贴公告”，{said}张贴：\n{lines}"))
    }
}

impl Scaffold {
    /// What lies in `folder` now, what came from the `last` election, and what to do.
    pub fn told(&self, folder: &Path, last: Option<&Path>) -> String {
        let folder = as_word(folder);
        let mut text = format!(
            "已建立 {folder}：\n  {ELECTION_FILE}  选举说明，按里面的提示填写\n  voters.csv     选民名册，可用 Excel 或 WPS 填写，也可换成 voters.xlsx\n  attachments    扫描件和照片放这里\n填好后运行：zhangbang check {folder}\n"
        );
        if let Some(last) = last {
            text += &format!(
                "从 {} 带来了名称、届次（加一届）、职数、选举方式、小组、张榜地点、会场、全宗号和自己的模板、字体，请逐项核对。\n名册没有带：可以用 zhangbang roll merge 把上届名册和新的名单合在一起。\n",
                display(last)
            );
        }
        if self.election_day.is_some() {
            text += &format!(
                "各步日期已按法定期限推算，可以改；随时用 zhangbang status {folder} 查看还有几天。\n"
            );
        }
        text
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
