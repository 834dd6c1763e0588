//! The tag files of BagIt (RFC 8493 and the drafts before it): how they are
//! written, and how those of others are read.

use std::collections::BTreeMap;

use encoding_rs::Encoding;

use super::checklist::Finding;
use super::digest::{Algorithm, Checksum};
use super::names;

/// Content of our own `bagit.txt`.
pub(super) const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// The folder of the payload.
pub const PAYLOAD: &str = "data/";

/// What `bagit.txt` declares.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declaration {
    pub version: (u32, u32),
    encoding: &'static Encoding,
}

impl Declaration {
    /// Reads `bagit.txt`, or says what is wrong with it.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        if bytes.starts_with(b"\xef\xbb\xbf") {
            return Err("开头有字节顺序标记（BOM）".into());
        }
        let text = std::str::from_utf8(bytes).map_err(|_| "不是 UTF-8 文本")?;
        let lines: Vec<&str> = text.lines().collect();
        let [first, second] = lines[..] else {
            return Err(format!("应当恰有两行，实有 {} 行", lines.len()));
        };
        let (version, exact) = field(first, "BagIt-Version")?;
        let version = parse_version(version)?;
        let (encoding, exact_too) = field(second, "Tag-File-Character-Encoding")?;
        if version >= (1, 0) && !(exact && exact_too) {
            return Err("冒号前不得有空格，冒号后应恰有一个空格，行末不得有空格".into());
        }
        let encoding = Encoding::for_label(encoding.as_bytes())
            .ok_or_else(|| format!("不认识的字符编码 {encoding}"))?;
        Ok(Self { version, encoding })
    }

    /// Version 1.0 forbids what older ones left open.
    pub(super) fn is_strict(&self) -> bool {
        self.version >= (1, 0)
    }

    /// The text of a tag file, and a finding if its encoding is not as declared.
    pub(super) fn text(&self, bytes: &[u8]) -> (String, Option<Finding>) {
        let (text, _, damaged) = self.encoding.decode(bytes);
        let finding = if damaged {
            Some(Finding::fail("不是所声明的字符编码"))
        } else if bytes.starts_with(b"\xef\xbb\xbf") {
            Some(Finding::fail_if(self.is_strict(), "开头有字节顺序标记（BOM）"))
        } else {
            None
        };
        (text.into_owned(), finding)
    }
}

/// The value of `label: value`, and whether it is spaced exactly so.
fn field<'a>(line: &'a str, label: &str) -> Result<(&'a str, bool), String> {
    let wrong = || format!("缺少“{label}”一行");
    let (found, value) = line.split_once(':').ok_or_else(wrong)?;
    if found.trim_end() != label {
        return Err(wrong());
    }
    let exact = found == label && value.strip_prefix(' ').is_some_and(|rest| rest == rest.trim());
    Ok((value.trim(), exact))
}

fn parse_version(text: &str) -> Result<(u32, u32), String> {
    let digits = |part: &str| {
        let plain = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse().ok()).flatten()
    };
    let version = text.split_once('.').and_then(|(major, minor)| digits(major).zip(digits(minor)));
    match version {
        Some(version @ ((0, 93..=97) | (1, 0))) => Ok(version),
        _ => Err(format!("不支持的 BagIt 版本 {text}")),
    }
}

/// Labels and values of `bag-info.txt`, in order.
pub type Info = Vec<(String, String)>;

/// Writes `bag-info.txt`, folding long lines where a space does no harm.
pub(super) fn format_info(info: &[(String, String)]) -> String {
    info.iter().map(|(label, value)| fold(&format!("{label}: {value}")) + "\n").collect()
}

/// Breaks after spaces and Chinese punctuation only: whoever unfolds the line
/// may leave a space at the break, which must not fall into a word.
fn fold(line: &str) -> String {
    const WIDTH: usize = 79;
    const INDENT: &str = "  ";
    let mut out = String::new();
    let mut width = 0;
    for piece in line.split_inclusive([' ', '，', '。', '；', '、']) {
        let length = piece.chars().count();
        if width > INDENT.len() && width + length > WIDTH {
            out.truncate(out.trim_end().len());
            out.push('\n');
            out.push_str(INDENT);
            width = INDENT.len();
        }
        out.push_str(piece);
        width += length;
    }
    out
}

/// Reads `bag-info.txt`.
pub(super) fn parse_info(text: &str, strict: bool) -> (Info, Vec<Finding>) {
    let mut info = Info::new();
    let mut findings = Vec::new();
    for (number, line) in lines(text) {
        if line.starts_with([' ', '\t'])
            && let Some((_, value)) = info.last_mut()
        {
            value.push(' ');
            value.push_str(line.trim());
        } else if let Some((label, value)) = line.split_once(':') {
            if strict && label.trim() != label {
                findings.push(Finding::warning(format!("第 {number} 行：标签前后有空格")));
            }
            info.push((label.trim().to_owned(), value.trim().to_owned()));
        } else {
            findings.push(Finding::fail(format!("第 {number} 行不是“标签: 值”的形式")));
        }
    }
    (info, findings)
}

/// The values under a label, whose case does not matter.
pub(super) fn values<'a>(info: &'a Info, label: &'a str) -> impl Iterator<Item = &'a str> {
    let same = move |(found, _): &&(String, String)| found.eq_ignore_ascii_case(label);
    info.iter().filter(same).map(|(_, value)| value.as_str())
}

/// A manifest: the checksum of each file, by its path from the base folder.
pub(super) type Manifest = BTreeMap<String, Checksum>;

/// Writes a manifest, in the form that `sha256sum -c` reads.
pub(super) fn format_manifest<'a>(
    lines: impl IntoIterator<Item = (&'a str, &'a Checksum)>,
) -> String {
    lines.into_iter().map(|(path, sum)| format!("{sum}  {}\n", names::encode(path))).collect()
}

/// Which of the two kinds of manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Payload,
    Tag,
}

impl Kind {
    /// The kind and algorithm that a file's name tells: `tagmanifest-sha512.txt`.
    pub(super) fn of(name: &str) -> Option<(Self, &str)> {
        let stem = name.strip_suffix(".txt")?;
        let payload = stem.strip_prefix("manifest-").map(|algorithm| (Self::Payload, algorithm));
        payload.or(stem.strip_prefix("tagmanifest-").map(|algorithm| (Self::Tag, algorithm)))
    }
}

/// Reads manifests of one bag.
#[derive(Clone, Copy, Debug)]
pub(super) struct ManifestReader {
    pub kind: Kind,
    pub algorithm: Algorithm,
    pub strict: bool,
}

impl ManifestReader {
    pub(super) fn read(&self, text: &str) -> (Manifest, Vec<Finding>) {
        let mut manifest = Manifest::new();
        let mut findings = Vec::new();
        for (number, line) in lines(text) {
            match self.line(line, &mut findings) {
                Ok((path, sum)) => findings.extend(self.enter(&mut manifest, path, sum)),
                Err(message) => findings.push(Finding::fail(format!("第 {number} 行：{message}"))),
            }
        }
        (manifest, findings)
    }

    fn line(&self, line: &str, warnings: &mut Vec<Finding>) -> Result<(String, Checksum), String> {
        let (sum, path) = line.split_once([' ', '\t']).ok_or("不是“校验值 路径”的形式")?;
        let sum = Checksum::parse(sum)
            .filter(|sum| sum.len() == self.algorithm.len())
            .ok_or_else(|| format!("不是 {} 校验值", self.algorithm.name()))?;
        let path = path.trim_start_matches([' ', '\t']);
        let (path, starred) = strip(path, "*");
        let decoded = names::decode(path, self.strict);
        let (path, dotted) = strip(&decoded, "./");
        self.within_scope(path)?;
        if starred {
            warnings.push(Finding::warning("路径前有 md5sum 类工具的 * 号").of(path));
        }
        if dotted {
            warnings.push(Finding::warning("路径以 ./ 开头").of(path));
        }
        Ok((path.to_owned(), sum))
    }

    fn within_scope(&self, path: &str) -> Result<(), String> {
        if let Some(why) = names::escapes(path) {
            return Err(format!("路径{why}：{path}"));
        }
        if let Some(why) = names::irregular(path) {
            return Err(format!("路径{why}：{path}"));
        }
        match (self.kind, path.starts_with(PAYLOAD)) {
            (Kind::Payload, false) => Err(format!("路径不在 data/ 内：{path}")),
            (Kind::Tag, true) => Err(format!("标签清单列出了 data/ 内的文件：{path}")),
            (Kind::Tag, _) if matches!(Kind::of(path), Some((Kind::Tag, _))) => {
                Err(format!("标签清单列出了标签清单：{path}"))
            }
            _ => Ok(()),
        }
    }

    fn enter(&self, manifest: &mut Manifest, path: String, sum: Checksum) -> Option<Finding> {
        let strict = self.strict;
        let twice = manifest.get(&path).map(|earlier| match *earlier == sum {
            true => Finding::fail_if(strict, "列出了两次").of(&path),
            false => Finding::fail("列出了两次，校验值不同").of(&path),
        });
        manifest.entry(path).or_insert(sum);
        twice
    }
}

fn strip<'a>(text: &'a str, prefix: &str) -> (&'a str, bool) {
    text.strip_prefix(prefix).map_or((text, false), |rest| (rest, true))
}

/// The paths that `fetch.txt` would have brought from elsewhere. Nothing is
/// ever fetched: a file must be in the bag.
pub(super) fn parse_fetch(text: &str, strict: bool) -> (Vec<String>, Vec<Finding>) {
    let mut paths = Vec::new();
    let mut findings = Vec::new();
    for (number, line) in lines(text) {
        match fetch_line(line, strict) {
            Ok(path) => paths.push(path),
            Err(message) => findings.push(Finding::fail(format!("第 {number} 行：{message}"))),
        }
    }
    (paths, findings)
}

fn fetch_line(line: &str, strict: bool) -> Result<String, String> {
    let malformed = "不是“网址 长度 路径”的形式";
    let (_, rest) = line.split_once([' ', '\t']).ok_or(malformed)?;
    let (length, path) = rest.trim_start().split_once([' ', '\t']).ok_or(malformed)?;
    if length != "-" && length.parse::<u64>().is_err() {
        return Err(malformed.into());
    }
    let path = names::decode(path.trim_start(), strict).into_owned();
    if let Some(why) = names::escapes(&path) {
        return Err(format!("路径{why}：{path}"));
    }
    let (path, _) = strip(&path, "./");
    if path.starts_with(PAYLOAD) {
        Ok(path.to_owned())
    } else {
        Err(format!("路径不在 data/ 内：{path}"))
    }
}

/// Lines that say something, numbered from one, ended as LF, CR or CRLF.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut number = 1;
    let mut after_return = false;
    text.split_inclusive(['\r', '\n'])
        .map(move |piece| {
            let line = piece.trim_end_matches(['\r', '\n']);
            let rest_of_crlf = after_return && piece == "\n";
            after_return = piece.ends_with('\r');
            let here = number;
            number += usize::from(!rest_of_crlf);
            (here, line)
        })
        .filter(|(_, line)| !line.trim().is_empty())
}

/// The sum of octets and the number of files that `Payload-Oxum` states.
pub(super) fn parse_oxum(text: &str) -> Option<(u64, u64)> {
    let (octets, streams) = text.split_once('.')?;
    Some((octets.parse().ok()?, streams.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(strict: bool) -> ManifestReader {
        ManifestReader { kind: Kind::Payload, algorithm: Algorithm::Md5, strict }
    }

    const SUM: &str = "b1946ac92492d2347c6235b4d2611184";

    #[test]
    fn a_declaration_is_exact() {
        assert!(Declaration::parse(DECLARATION.as_bytes()).is_ok());
        let encoding = "Tag-File-Character-Encoding: UTF-8\n";
        for bad in
            ["", "\u{feff}BagIt-Version: 1.0\n", "BagIt-Version : 1.0\n", "BagIt-Version: 1.0 \n"]
        {
            assert!(Declaration::parse(format!("{bad}{encoding}").as_bytes()).is_err(), "{bad}");
        }
        for version in ["1.1", ".97", "0.92", "1", "-1.0", "01.0x", "+1.0", "99999999999.0"] {
            let text = format!("BagIt-Version: {version}\n{encoding}");
            assert!(Declaration::parse(text.as_bytes()).is_err(), "{version}");
        }
        assert!(Declaration::parse(format!("{DECLARATION}more\n").as_bytes()).is_err());
        let old = format!("BagIt-Version: 0.97\r\n{}", encoding.trim_end());
        assert_eq!(Declaration::parse(old.as_bytes()).unwrap().version, (0, 97));
    }

    #[test]
    fn long_values_are_folded_and_read_back() {
        let long = "本包由居民委员会换届选举档案组成，".repeat(12);
        let info = vec![
            ("External-Description".to_owned(), long.clone()),
            ("Contact-Name".to_owned(), "word ".repeat(40).trim_end().to_owned()),
        ];
        let text = format_info(&info);
        assert!(text.lines().all(|line| line.chars().count() <= 79), "{text}");
        let (read, findings) = parse_info(&text, true);
        assert!(findings.is_empty());
        assert_eq!(read[0].1.replace(' ', ""), long);
        assert_eq!(read[1], info[1]);
    }

    #[test]
    fn a_label_may_come_again_and_in_any_case() {
        let (info, _) = parse_info("A: 1\r\nb : 2\r\na:3\r\n  4\r\n", false);
        assert_eq!(values(&info, "a").collect::<Vec<_>>(), ["1", "3 4"]);
        assert_eq!(parse_info("nothing\n", true).1.len(), 1);
    }

    #[test]
    fn a_manifest_names_only_its_own() {
        let manifest = |path: &str, strict| reader(strict).read(&format!("{SUM}  {path}\n"));
        assert_eq!(manifest("data/公告 1.pdf", true).0.len(), 1);
        for bad in [
            "../x",
            "data/../../x",
            "/data/x",
            "~/x",
            "C:\\x",
            "%HomeDrive%\\x",
            "data//x",
            "bagit.txt",
            "data/",
        ] {
            let (entries, findings) = manifest(bad, false);
            assert!(entries.is_empty() && findings.len() == 1, "{bad}");
        }
        assert_eq!(manifest("*data/x", true).1[0].verdict, super::super::Verdict::Warning);
        assert_eq!(manifest("./data/x", true).0.keys().next().unwrap(), "data/x");
    }

    #[test]
    fn twice_is_an_error_only_since_one_point_zero() {
        let text = format!("{SUM} data/x\n{SUM} data/x\n");
        assert_eq!(reader(true).read(&text).1, [Finding::fail("列出了两次").of("data/x")]);
        assert_eq!(reader(false).read(&text).1, [Finding::warning("列出了两次").of("data/x")]);
    }

    #[test]
    fn a_line_is_named_as_an_editor_counts_it() {
        let (_, findings) = reader(true).read(&format!("{SUM} data/x\r\n\r\nrubbish\r\n"));
        assert!(findings[0].message.starts_with("第 3 行"), "{}", findings[0].message);
    }
}
