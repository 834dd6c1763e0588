//! The command line: one file a subcommand, each thin.

mod batch;
mod build;
mod check;
mod console;
mod explain;
mod fonts;
mod law;
mod new;
mod pack;
mod password;
mod roll;
mod schema;
mod serve;
mod sign;
mod status;
mod templates;
mod verify;

use std::ffi::OsString;
use std::io::{IsTerminal as _, Read as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::codes::Fault;
use crate::diagnostic::Report;
use crate::{election, make, worker};

/// 张榜：一份选举说明，生成换届选举的全部公告和档案包。
#[derive(Parser)]
#[command(name = "zhangbang", version, disable_help_subcommand = true, disable_version_flag = true)]
struct Arguments {
    /// 显示用了哪些他人的作品和许可全文
    #[arg(long)]
    licenses: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// 在浏览器里办：填写、检查、预览、打印、打包（双击程序也是这样）
    Serve(serve::Arguments),
    /// 新建一个选举文件夹，内有带说明的样本
    New(new::Arguments),
    /// 检查选举说明和选民名册，指出全部问题
    Check(check::Arguments),
    /// 看各步的法定期限：已办、还有几天、已过几天
    Status(status::Arguments),
    /// 检查和整理选民名册，比较新旧两份名册
    Roll(roll::Arguments),
    /// 查看规则：每一条的意思、条文和数值
    Law(law::Arguments),
    /// 说明消息里的代号是什么意思
    Explain(explain::Arguments),
    /// 生成已具备条件的全部文件
    Build(build::Arguments),
    /// 做年终总结和公开栏，四种格式
    Summary(build::Summary),
    /// 生成全部文件，连同扫描件和源数据打成档案包
    Pack(pack::Arguments),
    /// 验证档案包是否完整、未被改动
    Verify(verify::Arguments),
    /// 给档案包签名，做签名用的密钥
    Sign(sign::Arguments),
    /// 一次办许多选举：街道、乡镇的全部社区和村
    Batch(batch::Arguments),
    /// 列出或导出模板
    Templates(templates::Arguments),
    /// 打印 election.yaml 的 JSON Schema，供编辑器提示和校验
    Schema(schema::Arguments),
    /// 列出各种字体用的是哪一款
    Fonts(fonts::Arguments),
}

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    Failed(Fault),
}

impl Outcome {
    /// Of a command that went its whole way.
    fn of(report: &Report) -> Self {
        report.fault().map_or(Self::Done, Self::Failed)
    }

    /// Of one that could not go on.
    fn stopped(report: &Report) -> Self {
        Self::Failed(report.fault().unwrap_or(Fault::Input))
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::Failed(Fault::Input) => ExitCode::from(1),
            Outcome::Failed(Fault::Usage) => ExitCode::from(BAD_USAGE),
            Outcome::Failed(Fault::Machine) => ExitCode::from(3),
        }
    }
}

const BAD_USAGE: u8 = 2;

/// Leaves it to the readers of workbooks to tell of the panics that they catch.
#[allow(clippy::disallowed_methods, reason = "this is the program, not a library")]
fn leave_caught_panics_untold() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !election::roll::tells_panics() && !crate::batch::tells_panics() {
            usual(panic);
        }
    }));
}

/// Runs the program with the words of its command line. The window of a double click
/// goes when it ends: what was said in it is left to be read, but for the desk's.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let words = dropped(words.into_iter().map(unquoted).collect());
    let is_desk = words.get(1).is_none_or(|word| word == "serve");
    let code = obey(words);
    if (!is_desk || code != ExitCode::SUCCESS) && console::goes_with_us() {
        say_error("\n按回车键关闭窗口。");
        let _ = std::io::stdin().read(&mut [0]);
    }
    code
}

fn obey(words: Vec<OsString>) -> ExitCode {
    leave_caught_panics_untold();
    crate::typeset::memory::settle();
    if words.get(1).is_some_and(|word| word == worker::WORD) {
        let done =
            worker::bounded(&words[2..]).is_some_and(|(words, task)| make::perform(words, &task));
        return if done { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    worker::is_program();
    let parsed = in_chinese(Arguments::command())
        .try_get_matches_from(words)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    if arguments.licenses {
        say(&licences());
        return ExitCode::SUCCESS;
    }
    // A double click brings no words.
    let command = arguments.command.unwrap_or_else(|| Command::Serve(serve::Arguments::default()));
    let outcome = match command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Status(arguments) => status::run(&arguments),
        Command::Roll(arguments) => roll::run(&arguments),
        Command::Law(arguments) => law::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::Summary(arguments) => build::summarize(&arguments),
        Command::Pack(arguments) => pack::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Sign(arguments) => sign::run(&arguments),
        Command::Batch(arguments) => batch::run(&arguments),
        Command::Templates(arguments) => templates::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Fonts(arguments) => fonts::run(&arguments),
    };
    outcome.into()
}

/// What the program is made of, and the notices that go with it.
fn licences() -> String {
    const NOTICES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/notices"));
    let mut text = String::new();
    // Packed where the program is made to be handed out.
    match flate2::read::ZlibDecoder::new(NOTICES).read_to_string(&mut text) {
        Ok(_) => text,
        Err(_) => String::from_utf8_lossy(NOTICES).into_owned(),
    }
}

/// A word without the quotation mark that Windows leaves at its end: of `"新 选举\"`, as
/// PowerShell completes it, the backslash takes the mark for part of the name.
fn unquoted(word: OsString) -> OsString {
    match word.to_str().and_then(|text| text.strip_suffix('"')) {
        Some(bare) if cfg!(windows) => bare.into(),
        _ => word,
    }
}

/// What is dropped on the program's icon comes as its only word: a folder is put on the
/// desk, a packet verified.
fn dropped(mut words: Vec<OsString>) -> Vec<OsString> {
    if let [_, word] = &words[..] {
        let (path, name) = (Path::new(word), word.to_string_lossy());
        let is_command = Arguments::command().find_subcommand(&*name).is_some();
        if !is_command && (path.is_dir() || path.is_file()) {
            let is_packet = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip"));
            words.insert(1, if is_packet { "verify" } else { "serve" }.into());
        }
    }
    words
}

/// The command and all below it with their help in Chinese.
fn in_chinese(command: clap::Command) -> clap::Command {
    let parts = if command.has_subcommands() {
        "命令：\n{subcommands}"
    } else if command.get_positionals().next().is_some() {
        "参数：\n{positionals}"
    } else {
        "{positionals}"
    };
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示帮助");
    let version =
        Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本");
    let command = if command.get_version().is_some() { command.arg(version) } else { command };
    command
        .help_template(format!("{{about}}\n\n用法：{{usage}}\n\n{parts}\n\n选项：\n{{options}}\n"))
        .subcommand_value_name("命令")
        .disable_help_flag(true)
        .arg(help)
        .mut_subcommands(in_chinese)
}

/// Says in Chinese what clap found wrong with the command line.
fn usage(error: &clap::Error) -> ExitCode {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let message = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            say(&error.render().to_string().replace("[OPTIONS]", "[选项]"));
            return ExitCode::SUCCESS;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            say_error(&error.render().to_string());
            return ExitCode::from(BAD_USAGE);
        }
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令。", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("不认识“{}”。", context(ContextKind::InvalidArg)),
        ErrorKind::MissingRequiredArgument => {
            format!("还缺：{}。", context(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!(
                "“{}”不能是“{}”。",
                context(ContextKind::InvalidArg),
                context(ContextKind::InvalidValue)
            )
        }
        _ => "命令的写法不对。".to_owned(),
    };
    say_error(&format!("错误：{message}\n用 zhangbang --help 查看用法。\n"));
    ExitCode::from(BAD_USAGE)
}

/// Writes to standard output. A reader that has gone away is no fault of ours.
fn say(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

fn say_error(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Prints all findings on standard error.
fn show(report: &Report) {
    say_error(&report.render(console::is_coloured()));
    if !report.is_empty() {
        say_error(&format!("共 {}。\n", report.tally()));
    }
}

/// Prints what ends the command.
fn fail(problems: impl Into<Report>) -> Outcome {
    let report = problems.into();
    show(&report);
    Outcome::stopped(&report)
}

/// Shows how far a long work has come, on a terminal only.
fn progress(work: &str) -> impl Fn(u64, u64) + Sync {
    let shown = AtomicU64::new(0);
    let visible = std::io::stderr().is_terminal();
    move |done, total| {
        let percent = done * 100 / total.max(1);
        if visible && shown.fetch_max(percent, Ordering::Relaxed) < percent {
            say_error(&format!("\r{work} {percent}%{}", if done == total { "\n" } else { "" }));
        }
    }
}
