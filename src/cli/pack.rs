//! `zhangbang pack`: all documents, the scanned originals and the source in
//! one archive packet; a public one, or one behind a password.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Outcome, fail, password, progress, say, show};
use crate::archive::{Archive, Scope};
use crate::bag::{self, Packet, Written};
use crate::diagnostic::{Diagnostic, Report, display};
use crate::files;
use crate::make::{self, Finished, Order};
use crate::privacy::Personal;

#[derive(Args)]
pub(super) struct Arguments {
    /// 选举文件夹，或其中的 election.yaml
    #[arg(value_name = "选举")]
    election: PathBuf,
    /// 档案包的文件名；不写则为 output/选举文件夹名.zip
    #[arg(short, long, value_name = "文件")]
    output: Option<PathBuf>,
    /// 只收可以公开的部分，可以交给任何人
    #[arg(long)]
    public: bool,
    /// 用密码加密（AES-256）；与 --public 同用时，公开的和加密的各成一包
    #[arg(long)]
    encrypt: bool,
    /// 从这个文件读密码（第一行）；不写则在终端里输入
    #[arg(long, value_name = "文件", requires = "encrypt")]
    password_file: Option<PathBuf>,
    /// 另外查找字体的文件夹（可重复）
    #[arg(long, value_name = "文件夹")]
    font_path: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut report = Report::new();
    let (order, fonts) = (Order::of_records(), &arguments.font_path);
    let made = make::from_folder(&arguments.election, &order, fonts, &mut report);
    show(&report);
    let Some(made) = made else { return Outcome::stopped(&report) };
    let mut notes = Report::new();
    let plans = plans(arguments, &made, &report, &mut notes);
    show(&notes);
    match plans {
        Ok(plans) => write_all(&plans),
        Err(problem) => fail(problem),
    }
}

/// A packet, where it is to lie, and behind which password.
struct Plan {
    packet: Packet,
    target: PathBuf,
    password: Option<Personal<String>>,
}

fn plans(
    arguments: &Arguments,
    made: &Finished,
    findings: &Report,
    notes: &mut Report,
) -> Result<Vec<Plan>, Report> {
    let password = match arguments.encrypt {
        true => Some(password::obtain(arguments.password_file.as_deref())?),
        false => None,
    };
    let material = made.material(findings);
    let archive = Archive::of(&material, notes)?;
    let mut plans = Vec::new();
    if arguments.encrypt || !arguments.public {
        let target = arguments.target(&archive.name(Scope::Whole), arguments.encrypt);
        plans.push(Plan { packet: archive.packet(Scope::Whole)?, target, password });
    }
    if arguments.public {
        notes.extend(archive.scans_note());
        let target = arguments.target(&archive.name(Scope::Public), false);
        plans.push(Plan { packet: archive.packet(Scope::Public)?, target, password: None });
    }
    Ok(plans)
}

impl Arguments {
    /// Where a packet goes. The name asked for is the public packet's if there
    /// are two; the encrypted one then lies beside it.
    fn target(&self, name: &str, encrypted: bool) -> PathBuf {
        const MARK: &str = "-加密";
        match &self.output {
            Some(output) if encrypted && self.public => {
                let stem = output.file_stem().unwrap_or_default().to_string_lossy();
                output.with_file_name(format!("{stem}{MARK}.zip"))
            }
            Some(output) => output.clone(),
            None => {
                Path::new("output").join(format!("{name}{}.zip", if encrypted { MARK } else { "" }))
            }
        }
    }
}

fn write_all(plans: &[Plan]) -> Outcome {
    for plan in plans {
        match plan.write() {
            Ok(written) => {
                let seals = bag::seals_of(&written.path)
                    .map_err(|error| files::read_error(&written.path, &error));
                match seals {
                    Ok(seals) => {
                        say(&(describe(&written, plan.password.is_some()) + &tell_seals(&seals)))
                    }
                    Err(problem) => return fail(problem),
                }
            }
            Err(problem) => return fail(problem),
        }
    }
    Outcome::Done
}

impl Plan {
    fn write(&self) -> Result<Written, Diagnostic> {
        let Self { packet, target, password } = self;
        files::create_folder(files::folder_of(target))?;
        let progress = progress("打包");
        let progress = &mut |done, total| progress(done, total);
        match password {
            Some(password) => bag::write_encrypted(packet, password, target, progress),
            None => bag::write(packet, target, progress),
        }
    }
}

/// By what the packet is known again: no packet can prove itself alone.
fn tell_seals(seals: &bag::Checksums) -> String {
    let mut text =
        "请把下面的校验值写进移交清册或备考表；日后用 zhangbang verify --expect 核对：\n"
            .to_owned();
    for (algorithm, sum) in seals {
        let name = algorithm.name().to_uppercase().replace("SHA", "SHA-");
        text += &format!("  {name}  {sum}\n");
    }
    text
}

fn describe(written: &Written, encrypted: bool) -> String {
    let Written { path, size, payload_files, .. } = written;
    let path = display(path);
    match encrypted {
        true => format!(
            "已打包并加密：{path}（{payload_files} 个文件，{size} 字节）\n\
             请另外保管密码：忘了密码，谁也打不开。移交档案馆之前要先解开，\
             解出的 zip 文件就是完整的档案包。\n"
        ),
        false => format!(
            "已打包：{path}（{payload_files} 个文件，{size} 字节）\n\
             用 zhangbang verify 可以随时验证。\n"
        ),
    }
}
