//! `zhangbang build`: every document whose data is present.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::{Outcome, fail, say, say_error, show};
use crate::compose::{self, Purpose};
use crate::diagnostic::Report;
use crate::make::{self, Finished, Format, Made, Order, Poster, Stale};

#[derive(Args)]
pub(super) struct Arguments {
    /// 选举文件夹，或其中的 election.yaml
    #[arg(value_name = "选举")]
    election: PathBuf,
    /// 输出文件夹；不写则为 output/选举文件夹名
    #[arg(short, long, value_name = "文件夹")]
    output: Option<PathBuf>,
    /// 只生成这些文件（按代号，可重复）
    #[arg(long, value_name = "代号")]
    only: Vec<String>,
    /// 文件格式，用逗号隔开：pdf、docx（Word）、html（网页）、png（图片）；不写则只要 pdf
    #[arg(long, value_name = "格式", value_enum, value_delimiter = ',', default_value = "pdf")]
    #[arg(hide_default_value = true, hide_possible_values = true)]
    formats: Vec<Format>,
    /// 空白表：只生成要用手填的表（登记表、选票、计票单、报告单等），已知的内容先印好
    #[arg(long)]
    blank: bool,
    /// 草稿：有错误也生成，每页印“草稿”字样
    #[arg(long)]
    draft: bool,
    /// 凡是张贴的文件都做张贴版，名单也做；纸张写 a3、a2 或 a1。不写则只做主要公告的，用 a3
    #[arg(long, value_name = "纸张", value_enum, hide_possible_values = true)]
    poster: Option<Poster>,
    /// 另外查找字体的文件夹（可重复）
    #[arg(long, value_name = "文件夹")]
    font_path: Vec<PathBuf>,
    /// 说明各步用了多少时间
    #[arg(long)]
    timings: bool,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Pdf, Self::Docx, Self::Html, Self::Png]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Png => "png",
        }))
    }
}

impl ValueEnum for Poster {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::A3, Self::A2, Self::A1]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::A3 => "a3",
            Self::A2 => "a2",
            Self::A1 => "a1",
        }))
    }
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut report = Report::new();
    let order = Order {
        documents: compose::Options {
            only: arguments.only.clone(),
            draft: arguments.draft,
            purpose: if arguments.blank { Purpose::Blanks } else { Purpose::Use },
        },
        formats: arguments.formats.clone(),
        poster: arguments.poster,
    };
    let made = make::from_folder(&arguments.election, &order, &arguments.font_path, &mut report);
    show(&report);
    let Some(Finished { folder, made, mut timings, .. }) = made else {
        return Outcome::stopped(&report);
    };
    let slug = folder.dossier.slug();
    let folder = arguments.output.clone().unwrap_or_else(|| Path::new("output").join(slug));
    let stale = match made.write(&folder, &order) {
        Ok(stale) => stale,
        Err(problem) => return fail(problem),
    };
    timings.end("写文件");
    say(&(describe(&made, &folder) + &tell_unposted(&made, &order) + &tell_stale(&stale)));
    if arguments.timings {
        say_error(&timings.describe());
    }
    Outcome::Done
}

fn describe(made: &Made, folder: &Path) -> String {
    let mut text = format!("已生成 {} 个文件，在 {}：\n", made.files.len(), folder.display());
    for file in &made.files {
        text += &format!("  {}\n", file.path);
    }
    let awaited: Vec<_> = made.composition.pending.iter().filter(|p| p.is_awaited()).collect();
    if !awaited.is_empty() {
        text += "以下文件要等数据齐了再生成：\n";
        for pending in awaited {
            text += &format!("  {}（还没有 {}）\n", pending.front.name, pending.missing_key());
        }
    }
    text
}

/// Who asked for posters of certain documents is told which have none.
fn tell_unposted(made: &Made, order: &Order) -> String {
    let asked = order.poster.is_some() && !order.documents.only.is_empty();
    let fronts = made.composition.documents.iter().map(|made| &made.front);
    let unposted = fronts.filter(|front| asked && !make::is_posted(front));
    let names: Vec<_> = unposted.map(|front| format!("《{}》", front.name)).collect();
    match names.is_empty() {
        true => String::new(),
        false => format!("{}不是张贴的文件，没有张贴版。\n", names.concat()),
    }
}

fn tell_stale(stale: &Stale) -> String {
    let mut text = String::new();
    if !stale.removed.is_empty() {
        text += "以前生成、现在没有了的文件，已经删去：\n";
        text += &stale.removed.iter().map(|path| format!("  {path}\n")).collect::<String>();
    }
    if !stale.kept.is_empty() {
        text += "以前生成、现在没有了，但后来改动过的文件，没有动：\n";
        text += &stale.kept.iter().map(|path| format!("  {path}\n")).collect::<String>();
    }
    text
}
