//! Running the program, and reading what it wrote with other people's tools.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use tempfile::TempDir;

/// How one run of the program ended.
pub(crate) struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "exit {}\n{}{}", self.code, self.stdout, self.stderr)
    }
}

/// The program under test: that of Cargo, or another, as the one for Windows under Wine.
pub(crate) fn program() -> OsString {
    let built = || env!("CARGO_BIN_EXE_zhangbang").into();
    std::env::var_os("ZHANGBANG_PROGRAM").unwrap_or_else(built)
}

/// Runs the program in `folder`. It must end by itself: a panic is no exit.
pub(crate) fn run_in<S: AsRef<OsStr>>(folder: &Path, words: &[S]) -> Run {
    let mut command = Command::new(program());
    let output = command.args(words).current_dir(folder).output().unwrap();
    let run = Run {
        code: output.status.code().expect("the program was not killed"),
        stdout: text(&output.stdout),
        stderr: with_slashes(text(&output.stderr)),
    };
    assert!(run.code < 4 && !run.stderr.contains("panicked"), "{run}");
    run
}

/// Messages name places as the system does.
fn with_slashes(messages: String) -> String {
    if cfg!(windows) { messages.replace('\\', "/") } else { messages }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the program and its judges write UTF-8")
}

/// Runs a judge and gives its output; `make test` brings all of them.
pub(crate) fn judge<S: AsRef<OsStr>>(program: &str, words: &[S]) -> String {
    let output = judged(program, words);
    assert!(output.status.success(), "{program}: {}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

/// Runs a judge whose verdict is its exit code.
pub(crate) fn judged<S: AsRef<OsStr>>(program: &str, words: &[S]) -> Output {
    let output = Command::new(program).args(words).output();
    output.unwrap_or_else(|error| {
        panic!("{program}: {error}; `make test` brings what the tests need")
    })
}

/// The Python that has bagit and jsonschema.
pub(crate) fn python() -> String {
    std::env::var("ZHANGBANG_PYTHON").unwrap_or_else(|_| "python3".into())
}

/// Where cargo runs the tests: asked each time, since a program that was compiled in
/// another checkout counts as fresh in this one.
pub(crate) fn repository() -> PathBuf {
    std::env::current_dir().expect("a folder to run in")
}

/// A script that a judge runs.
pub(crate) fn judge_script(name: &str) -> PathBuf {
    repository().join("tests/judges").join(name)
}

pub(crate) fn example(name: &str) -> PathBuf {
    repository().join("data").join(name)
}

/// An example's documents, built once for all tests.
pub(crate) fn built(name: &'static str) -> &'static Path {
    static BUILT: [(&str, OnceLock<PathBuf>); 3] = [
        ("qimei-2017", OnceLock::new()),
        ("shiping-2026", OnceLock::new()),
        ("anhe-2026", OnceLock::new()),
    ];
    let (_, once) = BUILT.iter().find(|(known, _)| *known == name).expect("an example");
    once.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        build(&example(name), &folder);
        folder
    })
}

/// Builds an election into `folder`, which must succeed.
pub(crate) fn build(election: &Path, folder: &Path) -> Run {
    let words: [&OsStr; 4] = ["build".as_ref(), election.as_ref(), "-o".as_ref(), folder.as_ref()];
    let run = run_in(Path::new("."), &words);
    assert_eq!(run.code, 0, "{run}");
    run
}

/// Every file below `folder`, by its path with `/`, in order; not those that are
/// hidden.
pub(crate) fn files(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let is_hidden =
        |entry: &walkdir::DirEntry| entry.file_name().to_string_lossy().starts_with('.');
    let files = entries.filter(|entry| entry.file_type().is_file() && !is_hidden(entry));
    let path = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        path.replace('\\', "/")
    };
    files.map(path).collect()
}

/// A PDF's text as pdftotext reads it, without spaces, line ends and the page
/// numbers at the foot.
pub(crate) fn words_of(pdf: &Path) -> String {
    let raw = judge("pdftotext", &["-raw".as_ref(), pdf.as_os_str(), "-".as_ref()]);
    let is_number = |line: &&str| line.starts_with('—') && line.ends_with('—');
    let kept = raw.lines().filter(|line| !is_number(line));
    kept.flat_map(str::chars).filter(|c| !c.is_whitespace()).collect()
}

/// What a web page of ours says, without tags and spaces: for tests that have no
/// other reader.
pub(crate) fn words_of_page(page: &Path) -> String {
    let html = std::fs::read_to_string(page).unwrap();
    let (_, body) = html.split_once("<body").unwrap();
    let mut words = String::new();
    let mut in_tag = true;
    for c in body.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if in_tag || c.is_whitespace() => {}
            _ => words.push(c),
        }
    }
    words
}

/// A word on a page, as `pdftotext -bbox` measures it, in points.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub text: String,
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

#[derive(Debug)]
pub(crate) struct Page {
    pub width: f64,
    pub height: f64,
    pub words: Vec<Word>,
}

/// The pages of a PDF with the place of every word.
pub(crate) fn pages(pdf: &Path) -> Vec<Page> {
    let html = judge("pdftotext", &["-bbox".as_ref(), pdf.as_os_str(), "-".as_ref()]);
    let number = |line: &str, name: &str| {
        let rest = line.split_once(&format!("{name}=\"")).unwrap().1;
        rest.split('"').next().unwrap().parse::<f64>().unwrap()
    };
    let mut pages: Vec<Page> = Vec::new();
    for line in html.lines().map(str::trim) {
        if line.starts_with("<page ") {
            pages.push(Page {
                width: number(line, "width"),
                height: number(line, "height"),
                words: Vec::new(),
            });
        } else if let Some(word) = line.strip_prefix("<word ") {
            let (tag, rest) = word.split_once('>').unwrap();
            let text = rest.strip_suffix("</word>").unwrap();
            pages.last_mut().unwrap().words.push(Word {
                text: text
                    .replace("&lt;", "<")
                    .replace("&apos;", "'")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&amp;", "&"),
                left: number(tag, "xMin"),
                top: number(tag, "yMin"),
                right: number(tag, "xMax"),
                bottom: number(tag, "yMax"),
            });
        }
    }
    pages
}

/// A valid election of a made-up community, small enough to spoil by hand.
pub(crate) const SMALL: &str = "\
类别: 社区
社区:
  名称: 试验社区
  省份: 示例省
  街道: 示例街道
届次: 7
选举日: 2026-05-10
职数:
  主任: 1
  副主任: 1
  委员: 3
选举委员会:
  推选日期: 2026-03-20
  公布日期: 2026-03-21
  成员:
    - {姓名: 张守信, 性别: 男, 职务: 主任}
    - {姓名: 李明理, 性别: 女}
    - {姓名: 王公正, 性别: 男}
选民登记:
  名单公布日期: 2026-04-18
";

/// A roll of three for [`SMALL`].
pub(crate) const ROLL: &str = "\
序号,姓名,性别,出生日期,小组
1,张守信,男,1970-01-02,第一居民小组
2,李明理,女,1980-03-04,第一居民小组
3,王公正,男,1990-05-06,第二居民小组
";

/// A folder with an election and its roll.
pub(crate) fn election(description: &str, roll: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("election.yaml"), description).unwrap();
    std::fs::write(folder.path().join("voters.csv"), roll).unwrap();
    folder
}

/// [`SMALL`] with one passage replaced, which must be there.
pub(crate) fn spoiled(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from}");
    SMALL.replacen(from, to, 1)
}
