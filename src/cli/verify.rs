//! `zhangbang verify`: is a package complete and unchanged?

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Outcome, fail, progress, say, show};
use crate::archive::source::Rebuild;
use crate::archive::{self, Depth, checklist};
use crate::bag::{self, Finding, Options, Verification};
use crate::codes::Fault;
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::files;
use crate::make::{self, Kit, Order, Press};

#[derive(Args)]
pub struct Arguments {
    /// 档案包：.zip、.tar 文件或解开的文件夹
    #[arg(value_name = "档案包")]
    package: PathBuf,
    /// 输出 JSON，供其他程序使用
    #[arg(long)]
    json: bool,
    /// 另写一份可以打印、签字的四性检测报告（PDF）
    #[arg(long, value_name = "文件")]
    report: Option<PathBuf>,
    /// 由包内的源数据重新生成文件，逐字节比较（要有同样的字体和版本）
    #[arg(long)]
    rebuild: bool,
    /// 移交时登记的校验值（SHA-256 或 SM3），与整个包核对
    #[arg(long, value_name = "校验值")]
    expect: Option<String>,
    /// 只按 BagIt 通用要求检验，不按本程序的档案包格式
    #[arg(long)]
    bag_only: bool,
    /// 另外查找字体的文件夹（可重复）
    #[arg(long, value_name = "文件夹")]
    font_path: Vec<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let depth = if arguments.bag_only { Depth::Bag } else { Depth::Contents };
    let (options, progress) = (Options::default(), progress("检验"));
    let mut verification = match archive::verify(&arguments.package, depth, &options, &progress) {
        Ok(verification) => verification,
        Err(problem) => return fail(problem),
    };
    if arguments.rebuild {
        rebuild(arguments, &mut verification);
    }
    if let Some(expected) = &arguments.expect {
        hold_against(&arguments.package, expected, &mut verification);
    }
    match arguments.json {
        true => say(&format!("{:#}\n", verification.to_json())),
        false => say(&verification.to_string()),
    }
    if let Some(target) = &arguments.report
        && let Err(problem) = print(&verification, target, &arguments.font_path)
    {
        return fail(problem);
    }
    if verification.passed() { Outcome::Done } else { Outcome::Failed(Fault::Input) }
}

/// Enters whether the whole packet is the one whose sum was written down.
fn hold_against(package: &Path, expected: &str, verification: &mut Verification) {
    let expected: String =
        expected.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    match bag::seals_of(package) {
        Ok(seals) => {
            let is_same = seals.values().any(|sum| sum.to_string() == expected);
            let other = (!is_same).then(|| Finding::fail("整个包的校验值与登记的不同"));
            verification.enter(
                archive::EXPECTED_SUM,
                other.into_iter().collect(),
                "整个包没有变动",
            );
        }
        Err(_) => verification.skip(archive::EXPECTED_SUM, "不是一个文件，不能整体核对"),
    }
    verification.arrange();
}

/// Writes the checklist as PDF.
fn print(verification: &Verification, target: &Path, fonts: &[PathBuf]) -> Result<(), Diagnostic> {
    let mut report = Report::new();
    let Some(press) = Press::find(fonts, None, &Kit::built_in(), &mut report) else {
        show(&report);
        return Err(Diagnostic::error("no-report", "没有字体，打印不了检测报告。"));
    };
    let bytes = checklist::print(verification, press.typesetter())?;
    files::write_new(target, &bytes)
}

/// Enters whether the source in the packet still gives the same documents.
fn rebuild(arguments: &Arguments, verification: &mut Verification) {
    let outcome = match verification.ours && verification.passed() {
        true => rebuilt(&arguments.package, &arguments.font_path),
        false => Err("包本身没有通过检验，没有重新生成".to_owned()),
    };
    match outcome {
        Ok((count, findings)) => {
            verification.enter(archive::REBUILT, findings, format!("{count} 个文件"));
        }
        Err(why) => verification.skip(archive::REBUILT, why),
    }
    verification.arrange();
}

/// How many documents were made again, and what is not as it was; or why none
/// could be.
fn rebuilt(package: &Path, fonts: &[PathBuf]) -> Result<(usize, Vec<Finding>), String> {
    let rebuild = Rebuild::from(package)?;
    let mut report = Report::new();
    let made = make::from_folder(rebuild.folder(), &Order::of_records(), fonts, &mut report);
    let Some(finished) = made else {
        let errors = report.iter().filter(|finding| finding.severity == Severity::Error);
        let first = errors.map(|error| error.message.clone()).next().unwrap_or_default();
        return match report.fault() {
            // The same program made documents of it once.
            Some(Fault::Input) => {
                let message = format!("源数据不再能生成文件，与制作时的不同：{first}");
                Ok((rebuild.count(), vec![Finding::fail(message)]))
            }
            _ => Err(format!("在这里生成不了文件：{first}")),
        };
    };
    let (lost, more) = rebuild.differences(finished.made.files.into_iter().map(|file| file.bytes));
    if lost.is_empty() && more == 0 {
        return Ok((rebuild.count(), vec![]));
    }
    if let Some(why) = rebuild.other_fonts(finished.press.fonts()) {
        return Err(why);
    }
    let lost = lost.into_iter().map(|path| Finding::fail("重新生成的内容与它不同").of(path));
    let more = (more > 0).then(|| Finding::fail(format!("重新生成的文件中有 {more} 个不在包里")));
    Ok((rebuild.count(), lost.chain(more).collect()))
}
