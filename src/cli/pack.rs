//! `zhangbang pack`: all documents, the scanned originals and the source in
//! one archive packet; a public one, or one behind a password.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Outcome, fail, password, progress, say, show};
use crate::archive::Scope;
use crate::bag::signature::{self, SigningKey};
use crate::diagnostic::{Report, display};
use crate::make::{self, Finished, Order, Packed, Parcel};

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
    /// 用这个私钥（PEM，SM2 或 Ed25519）签名，签名写在包旁边的 .sig 文件里
    #[arg(long, value_name = "私钥")]
    sign: Option<PathBuf>,
    /// 另外查找字体的文件夹（可重复）
    #[arg(long, value_name = "文件夹")]
    font_path: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let key = match arguments.sign.as_deref().map(SigningKey::read).transpose() {
        Ok(key) => key,
        Err(problem) => return fail(problem),
    };
    let mut report = Report::new();
    let (order, fonts) = (Order::of_records(), &arguments.font_path);
    let made = make::from_folder(&arguments.election, &order, fonts, &mut report);
    show(&report);
    let Some(made) = made else { return Outcome::stopped(&report) };
    let mut notes = Report::new();
    let packing =
        arguments.parcels(&made).and_then(|parcels| made.packing(parcels, &report, &mut notes));
    show(&notes);
    let written = packing.and_then(|packing| Ok(packing.write(progress("打包"))?));
    let told = written.and_then(|packed| {
        say(&packed.iter().map(Packed::describe).collect::<String>());
        let Some(key) = &key else { return Ok(()) };
        for one in &packed {
            let target = signature::sign(&one.path, key)?;
            say(&format!("“{}”已签名：{}\n", key.name, display(&target)));
        }
        Ok(())
    });
    told.map_or_else(fail, |()| Outcome::Done)
}

impl Arguments {
    fn parcels(&self, made: &Finished) -> Result<Vec<Parcel>, Report> {
        let password = match self.encrypt {
            true => Some(password::obtain(self.password_file.as_deref())?),
            false => None,
        };
        let mut parcels = Vec::new();
        if self.encrypt || !self.public {
            let target = self.target(made, Scope::Whole);
            parcels.push(Parcel { scope: Scope::Whole, password, target });
        }
        if self.public {
            let target = self.target(made, Scope::Public);
            parcels.push(Parcel { scope: Scope::Public, password: None, target });
        }
        Ok(parcels)
    }

    /// Where a packet goes. The name asked for is the public packet's if there
    /// are two; the encrypted one then lies beside it.
    fn target(&self, made: &Finished, scope: Scope) -> PathBuf {
        let usual = Path::new("output").join(made.packet_name(scope));
        let mark = if self.encrypt && scope == Scope::Whole { "-加密" } else { "" };
        let with_mark = |path: &Path| {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            path.with_file_name(format!("{stem}{mark}.zip"))
        };
        match &self.output {
            Some(output) if self.public && !mark.is_empty() => with_mark(output),
            Some(output) => output.clone(),
            None if mark.is_empty() => usual,
            None => with_mark(&usual),
        }
    }
}
