//! `zhangbang new`: an election folder to begin with.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{Outcome, fail, say, show};
use crate::diagnostic::{Diagnostic, Report};
use crate::election::model;
use crate::files;
use crate::make::{Kit, Last, Scaffold, lay_out};

#[derive(Args)]
pub(super) struct Arguments {
    /// 新文件夹的名称，如 淇美社区2026
    #[arg(value_name = "文件夹")]
    folder: PathBuf,
    /// 选举日，如 2026-05-10；写了就按法定期限推算各步日期
    #[arg(long, value_name = "日期")]
    election_day: Option<Date>,
    /// 社区居委会还是村委会；不写则与上一届相同，没有上一届的为社区
    #[arg(long, value_name = "类别")]
    kind: Option<Kind>,
    /// 所在的省，如 四川省；有地方规定的按地方规定推算
    #[arg(long, value_name = "省")]
    province: Option<String>,
    /// 上一届的选举文件夹：不变的（名称、职数、小组、张榜地点、全宗号、自己的模板等）带过来
    #[arg(long, value_name = "上一届")]
    from: Option<PathBuf>,
}

impl Arguments {
    fn scaffold(&self, last: Option<Last>) -> Scaffold {
        let given = self.kind.map(model::Kind::from);
        let kind = given.or(last.as_ref().and_then(|last| last.kind));
        let kind = kind.unwrap_or(model::Kind::Residents);
        let (province, election_day) = (self.province.clone(), self.election_day);
        Scaffold { kind, province, election_day, last }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    #[value(name = "社区", alias = "residents")]
    Residents,
    #[value(name = "村", alias = "villagers")]
    Villagers,
}

impl From<Kind> for model::Kind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Residents => Self::Residents,
            Kind::Villagers => Self::Villagers,
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let folder = &arguments.folder;
    let occupied = folder.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    if occupied || folder.is_file() {
        let problem = Diagnostic::error("exists", "这个位置已经有内容，不会覆盖。")
            .in_file(folder)
            .help("请换一个名称。");
        return fail(problem);
    }
    if let Some(unfit) = files::unfit_name(&files::name_of(folder)) {
        return fail(unfit.in_file(folder));
    }
    let mut report = Report::new();
    let kit = Kit::beside(folder, &mut report);
    let mut last = None;
    if let Some(from) = &arguments.from {
        // What was wrong last time is nothing to be told now.
        let mut told = Report::new();
        last = Last::read(from, &mut told);
        if last.is_none() {
            return fail(told);
        }
    }
    let made = arguments.scaffold(last);
    let description = made.describe(&kit, &mut report);
    show(&report);
    let Some(description) = description else { return Outcome::stopped(&report) };
    if let Err(problem) = lay_out(folder, &description, arguments.from.as_deref(), true) {
        return fail(problem);
    }
    say(&made.told(folder, arguments.from.as_deref()));
    Outcome::Done
}
