//! What a run did, told to a person.

use std::path::Path;
use std::time::Duration;

use super::{Ended, Progress, Run};
use crate::diagnostic::display;

impl Progress<'_> {
    /// `37/300，还要约 4 分钟：东街/一村`
    pub fn line(&self) -> String {
        const LONGEST: usize = 30;
        let left = self.left.filter(|_| self.done < self.total).map(say).unwrap_or_default();
        let length = self.path.chars().count();
        let path: String = self.path.chars().skip(length.saturating_sub(LONGEST)).collect();
        format!("{}/{}{left}：{path}", self.done, self.total)
    }
}

fn say(left: Duration) -> String {
    const MINUTE: u64 = 60;
    match left.as_secs() {
        seconds if seconds < 90 => format!("，还要约 {} 秒", seconds.max(1)),
        seconds => format!("，还要约 {} 分钟", seconds.div_ceil(MINUTE)),
    }
}

impl Run {
    /// How many there were and what became of them; a line for each that is at fault.
    pub fn describe(&self, out: &Path) -> String {
        let total = self.records.len();
        let kept = match self.kept {
            0 => String::new(),
            kept => format!("其中 {kept} 个没有变动，沿用上次的结果；"),
        };
        let mut text = format!("共 {total} 个选举，{kept}{} 个没有错误", self.count(Ended::Done));
        for (ended, said) in [(Ended::AtFault, "有错误"), (Ended::Machine, "没有办成")] {
            let count = self.count(ended);
            if count > 0 {
                text += &format!("，{count} 个{said}");
            }
        }
        text += "。\n";
        let lines = self.records.iter().filter_map(|record| record.line());
        text += &lines.map(|line| format!("  {line}\n")).collect::<String>();
        for aside in &self.aside {
            text += &format!("改动过的旧结果没有删，移到了 {}\n", display(aside));
        }
        text += &format!("结果在 {}，每个选举各有一份“检查报告.txt”。\n", display(out));
        if self.stopped {
            text += "还没有办完；再运行一次，从停下的地方接着办。\n";
        } else if self.count(Ended::Machine) > 0 {
            text += "没有办成的，再运行一次，只办这些。\n";
        }
        text
    }
}
