//! Layouts that are not ours are tried in a worker before anything is set by them here.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::Write as _;

use serde::{Deserialize, Serialize};
use typst_layout::PagedDocument;

use super::Fonts;
use super::data;
use super::fonts::Given;
use super::pdf::{Job, STACK, Typesetter};
use super::world::Layouts;
use crate::diagnostic::Diagnostic;
use crate::pool::Pool;
use crate::worker::{self, Limits};

/// What the worker is to do.
pub const WORD: &str = "layouts";

#[derive(Serialize, Deserialize)]
struct Task {
    fonts: Vec<Given>,
    layouts: BTreeMap<String, String>,
    sheets: Vec<Sheet>,
}

#[derive(Serialize, Deserialize)]
struct Sheet {
    title: String,
    layout: String,
    document: String,
}

impl Typesetter {
    /// Has those of the jobs tried whose layouts somebody else wrote.
    ///
    /// # Errors
    /// The first that takes too long or too much.
    pub(super) fn rehearse(&self, jobs: &[Job]) -> Result<(), Diagnostic> {
        let others = jobs.iter().filter(|job| self.layouts().runs_own(job.layout));
        let others: Vec<&Job> = others.collect();
        if others.is_empty() {
            return Ok(());
        }
        let sheet = |job: &&Job| Sheet {
            title: job.document.title.clone(),
            layout: job.layout.to_owned(),
            document: String::from_utf8_lossy(&data::to_json(job.document, None)).into_owned(),
        };
        let sheets: Vec<Sheet> = others.iter().map(sheet).collect();
        let limits = limits(&others, &sheets);
        let (fonts, layouts) = (self.fonts().given(), self.layouts().texts());
        let task = serde_json::to_vec(&Task { fonts, layouts, sheets }).unwrap_or_default();
        worker::try_out(&[OsStr::new(WORD)], &task, limits).map_err(|(ended, last)| {
            let (layout, title) = last.split_once('\t').unwrap_or(("", "文件"));
            let message = format!("用自己的版式“{layout}”排《{title}》，{}。", ended.told(limits));
            Diagnostic::error("too-costly", message)
                .in_file(format!("templates/layouts/{layout}.typ"))
                .help("请看版式里有没有停不下来的循环；删去自己的版式就用自带的。")
        })
    }
}

/// Enough for any document of ours, on a slow computer.
fn limits(jobs: &[&Job], sheets: &[Sheet]) -> Limits {
    const SECONDS: u64 = 30;
    const MEGABYTES: usize = 1024;
    let parts: usize = jobs.iter().map(|job| data::parts(job.document)).sum();
    let megabytes = sheets.iter().map(|sheet| sheet.document.len()).sum::<usize>() >> 20;
    Limits {
        seconds: SECONDS + jobs.len() as u64 + parts as u64 / 1000 + megabytes as u64,
        megabytes: MEGABYTES + parts / 100 + 32 * megabytes,
    }
}

/// In the worker: sets what is asked for and keeps nothing, saying what it is at.
pub fn perform(task: &[u8]) -> bool {
    let Ok(Task { fonts, layouts, sheets }) = serde_json::from_slice(task) else { return false };
    let typesetter = Typesetter::new(Fonts::of(&fonts), Layouts::given(layouts));
    let pool = Pool { stack: STACK, threads: 1 };
    pool.each(
        &sheets,
        || (),
        |(), sheet| {
            let line = format!("{}\t{}\n", sheet.layout, sheet.title.replace('\n', " "));
            let _ = std::io::stdout().write_all(line.as_bytes());
            let _ = std::io::stdout().flush();
            let document = sheet.document.clone().into_bytes();
            // What is wrong with it is told by who sets it for good.
            if let Some(world) = typesetter.world_of(&sheet.layout, document) {
                drop(typst::compile::<PagedDocument>(&world));
            }
        },
    );
    true
}
