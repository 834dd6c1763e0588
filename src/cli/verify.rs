//! `zhangbang verify`: is a package complete and unchanged?

use std::path::PathBuf;

use clap::Args;

use super::{Outcome, fail, say};
use crate::bundle::{self, Options};

#[derive(Args)]
pub struct Arguments {
    /// 档案包：.zip、.tar 文件或解开的文件夹
    #[arg(value_name = "档案包")]
    package: PathBuf,
    /// 输出 JSON，供其他程序使用
    #[arg(long)]
    json: bool,
    /// 只按 BagIt 通用要求检验，不按本程序的档案包格式
    #[arg(long)]
    bag_only: bool,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let options = Options { bag_only: arguments.bag_only, ..Options::default() };
    match bundle::verify(&arguments.package, &options) {
        Ok(verification) => {
            if arguments.json {
                say(&format!("{:#}\n", verification.to_json()));
            } else {
                say(&verification.to_string());
            }
            if verification.passed() { Outcome::Done } else { Outcome::BadInput }
        }
        Err(problem) => fail(problem, Outcome::BadMachine),
    }
}
