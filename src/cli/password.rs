//! A password: from the terminal without echo, or from a file; never from the
//! command line, where other users of the machine could read it.

use std::path::Path;

use super::say_error;
use crate::diagnostic::Diagnostic;
use crate::files;
use crate::privacy::Personal;

/// Shorter ones are found by trying.
const SHORTEST: usize = 8;

/// The password in the first line of `file`, or asked for twice on the terminal.
pub(super) fn obtain(file: Option<&Path>) -> Result<Personal<String>, Diagnostic> {
    let password = match file {
        Some(file) => from_file(file)?,
        None => from_terminal()?,
    };
    if password.expose().chars().count() < SHORTEST {
        return Err(problem(format!("密码太短：至少要 {SHORTEST} 个字符。")));
    }
    Ok(password)
}

fn from_file(file: &Path) -> Result<Personal<String>, Diagnostic> {
    const LONGEST: u64 = 64 * 1024;
    let bytes = files::read(file, LONGEST).map_err(|error| files::read_error(file, &error))?;
    let text =
        String::from_utf8(bytes).map_err(|_| problem("密码文件应是 UTF-8 文本。").in_file(file))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(Personal::new(text.lines().next().unwrap_or_default().to_owned()))
}

fn from_terminal() -> Result<Personal<String>, Diagnostic> {
    let [first, again] = [ask("密码（输入时不显示）：")?, ask("再输入一次：")?];
    match first == again {
        true => Ok(first),
        false => Err(problem("两次输入的密码不同。")),
    }
}

fn ask(question: &str) -> Result<Personal<String>, Diagnostic> {
    // Not asked for by `rpassword`, which writes UTF-8 to consoles of code page 936.
    say_error(question);
    rpassword::read_password().map(Personal::new).map_err(|_| {
        problem("没有可以输入密码的终端。").help("请用 --password-file 指定一个写有密码的文件。")
    })
}

fn problem(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("password", message)
}
