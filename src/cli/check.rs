//! `zhangbang check`: everything that is wrong, with place and article.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::Args;

use super::{Outcome, fail, say, say_error};
use crate::codes::Family;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::election::ELECTION_FILE;
use crate::election::edit::Editor;
use crate::law::{Ground, Rule, Stage};
use crate::make::Folder;
use crate::privacy;

#[derive(Args)]
pub struct Arguments {
    /// 选举文件夹，或其中的 election.yaml
    #[arg(value_name = "选举")]
    election: PathBuf,
    /// 输出 JSON，供其他程序使用
    #[arg(long)]
    json: bool,
    /// 只有一种改法的写法错误，直接改在 election.yaml 里
    #[arg(long)]
    fix: bool,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let mut report = Report::new();
    let mut judged = Folder::judge(&arguments.election, &mut report);
    if arguments.fix {
        match mend(&report) {
            Ok(0) => say_error(
                "没有可以直接改好的写法。
",
            ),
            Ok(_) => {
                report = Report::new();
                judged = Folder::judge(&arguments.election, &mut report);
            }
            Err(problem) => return fail(problem),
        }
    }
    report.extend(judged.as_ref().and_then(Folder::guessed_numbers));
    if arguments.json {
        let profile = judged.as_ref().map(|folder| folder.profile.id.clone());
        let result = serde_json::json!({ "profile": profile, "findings": report.to_json() });
        say(&format!("{result:#}\n"));
    } else {
        if let Some(Folder { profile, .. }) = &judged {
            say(&format!("适用规则：{}\n", profile.title()));
            let later = profile.later().filter(|(_, later)| later.ground == Ground::Day);
            for (occasion, later) in later.filter(|(_, later)| later.id != profile.id) {
                say(&format!("{}适用：{}\n", occasion.name(), later.title()));
            }
        }
        show_by_chapter(&report);
        if !report.has_errors() {
            say("检查完毕，没有错误。\n");
        }
    }
    Outcome::of(&report)
}

/// Makes the edits that findings propose, showing each, and counts them. From the
/// end of the file to its beginning: so each still finds its place.
fn mend(report: &Report) -> Result<usize, Diagnostic> {
    let proposed = |finding: &Diagnostic| match &finding.place {
        Some(Place::Text(source, _)) if source.path.ends_with(ELECTION_FILE) => {
            Some((source.clone(), finding.remedy.clone()?))
        }
        _ => None,
    };
    let mut remedies: Vec<_> = report.iter().filter_map(proposed).collect();
    remedies.sort_by_key(|(_, remedy)| std::cmp::Reverse(remedy.range.start));
    let Some((source, _)) = remedies.first() else { return Ok(0) };
    let mut editor = Editor::new(source.clone())?;
    let mut mended = Vec::new();
    for (source, remedy) in &remedies {
        if editor.mend(remedy).is_ok() {
            let line = source.line(remedy.range.start);
            let old = source.text.get(remedy.range.clone()).unwrap_or_default();
            let new = remedy.text.split_whitespace().collect::<Vec<_>>().join(" ");
            mended.push(format!("第 {line} 行：{old} 改为 {new}\n"));
        }
    }
    say_error(&privacy::mask(&mended.iter().rev().map(String::as_str).collect::<String>()));
    if !mended.is_empty() {
        editor.save()?;
    }
    Ok(mended.len())
}

/// Prints all findings on standard error, those of one chapter together.
fn show_by_chapter(report: &Report) {
    let mut chapters: BTreeMap<Chapter, Report> = BTreeMap::new();
    for finding in report.iter() {
        chapters.entry(Chapter::of(finding)).or_default().push(finding.clone());
    }
    let styled = std::io::stderr().is_terminal();
    for (chapter, findings) in &chapters {
        say_error(&format!("【{}】\n{}", chapter.name(), findings.render(styled)));
    }
    if !report.is_empty() {
        say_error(&format!("共 {}。\n", report.tally()));
    }
}

/// Under which heading a finding is told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Chapter {
    Writing,
    Roll,
    Stage(Stage),
}

impl Chapter {
    fn of(finding: &Diagnostic) -> Self {
        match Rule::find(finding.code) {
            Some(rule) => Chapter::Stage(rule.stage),
            None if finding.family() == Some(Family::Roll) => Chapter::Roll,
            None => Chapter::Writing,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Chapter::Writing => "选举说明的写法",
            Chapter::Roll => "选民名册",
            Chapter::Stage(stage) => stage.name(),
        }
    }
}
