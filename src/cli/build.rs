//! `zhangbang build`: every document whose data is present.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{Outcome, fail, say, say_error, show};
use crate::compose::{self, Purpose};
use crate::diagnostic::Report;
use crate::law::calendar;
use crate::make::{self, Finished, Format, Order, Poster};

#[derive(Args, Default)]
pub(super) struct Arguments {
    /// 选举文件夹，或其中的 election.yaml
    #[arg(value_name = "选举")]
    election: PathBuf,
    /// 输出文件夹；不写则为 output/选举文件夹名
    #[arg(short, long, value_name = "文件夹")]
    output: Option<PathBuf>,
    /// 只生成这些文件：写代号或名称，几份用逗号或顿号隔开
    #[arg(long, value_name = "文件")]
    only: Vec<String>,
    /// 选民证、选民登记册只做这些人的：写小组的名称或编号，如 第一居民小组、101-200
    #[arg(long, value_name = "选民")]
    voters: Vec<String>,
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
    /// 另做打印用的文件：印制清单（纸张、份数、次序、颜色），每种纸一个 PDF
    #[arg(long)]
    print: bool,
    /// 另外查找字体的文件夹（可重复）
    #[arg(long, value_name = "文件夹")]
    font_path: Vec<PathBuf>,
    /// 说明各步用了多少时间
    #[arg(long)]
    timings: bool,
    /// 记下已经张贴：编号此后不变，以后内容变了会提醒。不写日期就是今天；不写 --only，记这一天成文的
    #[arg(long, value_name = "日期", num_args = 0..=1, conflicts_with_all = ["draft", "blank"])]
    posted: Option<Option<Date>>,
}

/// What `summary` asks for: a build of the summary of the year.
#[derive(Args)]
pub(super) struct Summary {
    /// 选举文件夹，或其中的 election.yaml
    #[arg(value_name = "选举")]
    election: PathBuf,
    /// 输出文件夹；不写则为 output/选举文件夹名
    #[arg(short, long, value_name = "文件夹")]
    output: Option<PathBuf>,
    /// 另外查找字体的文件夹（可重复）
    #[arg(long, value_name = "文件夹")]
    font_path: Vec<PathBuf>,
}

/// `zhangbang summary`: the summary of the year and its sheet for the board, in every
/// format, whether or not the description says anything of it.
pub(super) fn summarize(summary: &Summary) -> Outcome {
    const OF_THE_YEAR: [&str; 2] = ["year-end", "year-end-board"];
    let Summary { election, output, font_path } = summary;
    run(&Arguments {
        election: election.clone(),
        output: output.clone(),
        font_path: font_path.clone(),
        only: OF_THE_YEAR.map(str::to_owned).to_vec(),
        formats: Format::value_variants().to_vec(),
        ..Arguments::default()
    })
}

impl Arguments {
    fn order(&self) -> Order {
        Order {
            documents: compose::Options {
                only: compose::names_among(&self.only),
                voters: compose::names_among(&self.voters),
                draft: self.draft,
                purpose: if self.blank { Purpose::Blanks } else { Purpose::Use },
                posting: self.posted_on(),
            },
            formats: self.formats.clone(),
            poster: self.poster,
            printing: self.print,
        }
    }

    fn posted_on(&self) -> Option<Date> {
        self.posted.map(|day| day.unwrap_or_else(calendar::today))
    }
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
        &Self::ALL
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
    let order = arguments.order();
    let made = make::from_folder(&arguments.election, &order, &arguments.font_path, &mut report);
    show(&report);
    let Some(Finished { folder, made, mut timings, .. }) = made else {
        return Outcome::stopped(&report);
    };
    let slug = folder.dossier.slug();
    let output = arguments.output.clone().unwrap_or_else(|| Path::new("output").join(slug));
    let stale = match made.write(&output, &order) {
        Ok(stale) => stale,
        Err(problem) => return fail(problem),
    };
    timings.end("写文件");
    say(&(made.describe(&output, &order) + &stale.describe()));
    if let Some(day) = arguments.posted_on() {
        match folder.record_and_tell(&made, &order, day) {
            Ok(told) => say(&told),
            Err(problems) => return fail(problems),
        }
    }
    if arguments.timings {
        say_error(&timings.describe());
    }
    Outcome::Done
}
