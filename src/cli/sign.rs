//! `zhangbang sign`: who vouches for a packet; and keys to do it with.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{Outcome, fail, say};
use crate::bag::names;
use crate::bag::signature::{self, Scheme, SigningKey};
use crate::diagnostic::{Diagnostic, display};
use crate::files::{self, Readers};

#[derive(Args)]
pub(super) struct Arguments {
    /// 要签名的档案包（zip 文件）
    #[arg(value_name = "档案包", required_unless_present = "new_key", requires = "key")]
    package: Option<PathBuf>,
    /// 签名人的私钥文件（PEM，SM2 或 Ed25519）
    #[arg(long, value_name = "私钥")]
    key: Option<PathBuf>,
    /// 签名人的名称；不写则用私钥文件名第一个点以前的部分
    #[arg(long, value_name = "名称")]
    name: Option<String>,
    /// 做一对新的密钥：“名称.私钥.pem”自己保管，“名称.公钥.pem”交给验证的人
    #[arg(long, value_name = "名称", conflicts_with_all = ["package", "key", "name"])]
    new_key: Option<String>,
    /// 新密钥用哪一种
    #[arg(long, value_enum, value_name = "种类", default_value_t = Kind::Sm2, requires = "new_key")]
    kind: Kind,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// 国密 SM2
    Sm2,
    Ed25519,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let done = match (&arguments.new_key, &arguments.package, &arguments.key) {
        (Some(name), ..) => make_keys(name, arguments.kind),
        (None, Some(package), Some(key)) => sign(package, key, arguments.name.as_deref()),
        // The parser asks for one or the other.
        _ => Ok(()),
    };
    done.map_or_else(fail, |()| Outcome::Done)
}

fn sign(package: &Path, key: &Path, name: Option<&str>) -> Result<(), Diagnostic> {
    if package.is_dir() {
        let told = Diagnostic::error("not-signed", "签名是签给一个文件的，文件夹签不了。");
        return Err(told.in_file(package).help("请签打成的 zip 文件。"));
    }
    let mut key = SigningKey::read(key)?;
    if let Some(name) = name {
        name.clone_into(&mut key.name);
    }
    let target = signature::sign(package, &key)?;
    say(&format!(
        "“{}”已签名：{}\n请和档案包放在一起；验证用 zhangbang verify --signer 公钥文件。\n",
        key.name,
        display(&target)
    ));
    Ok(())
}

fn make_keys(name: &str, kind: Kind) -> Result<(), Diagnostic> {
    let scheme = match kind {
        Kind::Sm2 => Scheme::Sm2,
        Kind::Ed25519 => Scheme::Ed25519,
    };
    let pair = scheme.pair()?;
    // The name of the signer ends at the first dot.
    let stem = names::from_title(&name.replace('.', "·"));
    let [secret, public] =
        [format!("{stem}.私钥.pem"), format!("{stem}.公钥.pem")].map(PathBuf::from);
    // The public one first: alone it is worth nothing, and is not missing beside the other.
    files::write_where_free(&[
        (public.clone(), &pair.public, Readers::All),
        (secret.clone(), &pair.secret, Readers::Owner),
    ])?;
    say(&format!(
        "已写出 {}：自己保管，不要交给任何人；丢了只能重做一对，另行登记\n\
         已写出 {}：交给验证的人\n\
         公钥指纹：{}\n请把公钥指纹写进移交清单，或者用别的办法当面告诉验证的人。\n",
        display(&secret),
        display(&public),
        pair.fingerprint
    ));
    Ok(())
}
