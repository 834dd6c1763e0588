//! `zhangbang verify`: is a package complete and unchanged?

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Outcome, fail, progress, say};
use crate::archive::{self, Depth, checklist};
use crate::bag::signature::{self, Trusted};
use crate::bag::{Options, Verification};
use crate::codes::Fault;
use crate::diagnostic::{Diagnostic, Report};
use crate::files;
use crate::make::{self, Kit, Press};

#[derive(Args)]
pub(super) struct Arguments {
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
    /// 应当是谁签的名：签名人的公钥文件，或登记的公钥指纹（可重复）
    #[arg(long, value_name = "公钥")]
    signer: Vec<String>,
    /// 签名文件；不写则用档案包旁边的同名 .sig
    #[arg(long, value_name = "文件")]
    signature: Option<PathBuf>,
    /// 只按 BagIt 通用要求检验，不按本程序的档案包格式
    #[arg(long)]
    bag_only: bool,
    /// 另外查找字体的文件夹（可重复）
    #[arg(long, value_name = "文件夹")]
    font_path: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let depth = if arguments.bag_only { Depth::Bag } else { Depth::Contents };
    let (options, progress) = (Options::default(), progress("检验"));
    let mut verification = match archive::verify(&arguments.package, depth, &options, &progress) {
        Ok(verification) => verification,
        Err(problem) => return fail(problem),
    };
    if arguments.rebuild {
        make::rebuild(&arguments.package, &arguments.font_path, &mut verification);
    }
    if let Err(problem) = arguments.check_signatures(&mut verification) {
        return fail(problem);
    }
    if let Some(expected) = &arguments.expect {
        archive::hold_against(&arguments.package, expected, &mut verification);
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

impl Arguments {
    fn check_signatures(&self, verification: &mut Verification) -> Result<(), Diagnostic> {
        let trusted: Vec<Trusted> =
            self.signer.iter().map(|given| Trusted::read(given)).collect::<Result<_, _>>()?;
        let usual = signature::beside(&self.package);
        let text = signature::text_at(self.signature.as_ref().unwrap_or(&usual))?;
        archive::check_signatures(&self.package, text.as_deref(), &trusted, verification);
        Ok(())
    }
}

/// Writes the checklist as PDF.
fn print(verification: &Verification, target: &Path, fonts: &[PathBuf]) -> Result<(), Report> {
    let mut report = Report::new();
    let Some(press) = Press::find(fonts, None, &Kit::built_in(), &mut report) else {
        report.push(Diagnostic::error("no-report", "没有字体，打印不了检测报告。"));
        return Err(report);
    };
    let bytes = checklist::print(verification, press.typesetter())?;
    Ok(files::write_new(target, &bytes)?)
}
