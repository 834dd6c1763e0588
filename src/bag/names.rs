//! Names of files: which are safe, which are portable, which are one and the same.

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::filename::{self, is_reserved, misleads};

/// Longest path in a packet, in UTF-16 units as Windows counts: below its 260
/// there must be room for the folder in which somebody unpacks it.
const LONGEST_PATH: usize = 200;

/// The composed form (NFC), in which every packet stores its names.
pub fn composed(path: &str) -> Cow<'_, str> {
    if is_nfc(path) { Cow::Borrowed(path) } else { Cow::Owned(path.nfc().collect()) }
}

/// Whether a name is in that form.
pub fn is_composed(path: &str) -> bool {
    is_nfc(path)
}

/// What two names share when Windows or macOS takes them for the same file.
pub fn folded(path: &str) -> String {
    path.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// Why `path` leads, or may lead on some system, out of the folder it belongs to.
pub fn escapes(path: &str) -> Option<&'static str> {
    let bytes = path.as_bytes();
    if path.starts_with("\\\\") {
        Some("是网络路径")
    } else if path.starts_with('/') || path.starts_with('\\') {
        Some("是绝对路径")
    } else if bytes.len() > 1 && bytes[1] == b':' && bytes[0].is_ascii_alphabetic() {
        Some("以盘符开头")
    } else if path.starts_with('~') {
        Some("以 ~ 开头，会被当作用户目录")
    } else if path.split(['/', '\\']).any(|part| part == "..") {
        Some("含有 ..")
    } else if path.contains('\\') {
        Some("含有反斜杠")
    } else if path.contains('\0') {
        Some("含有空字符")
    } else {
        None
    }
}

/// Why `path` is not written as a clean relative path, beyond [`escapes`].
pub fn irregular(path: &str) -> Option<&'static str> {
    let mut parts = path.split('/');
    let odd = parts.any(|part| part.is_empty() || part == ".");
    if path.is_empty() || odd { Some("含有空的或 . 一级") } else { None }
}

/// Why no honest path is so long. Names that grow by their own length, once for
/// each level, would otherwise cost more to compare than they did to write.
pub fn excessive(path: &str) -> Option<&'static str> {
    (path.len() > 4096 || path.matches('/').count() > 64).then_some("过长或层次过多")
}

/// Why a file cannot bear this path on every system that may unpack the packet.
pub fn unportable(path: &str) -> Option<String> {
    if path.encode_utf16().count() > LONGEST_PATH {
        return Some(format!("路径超过 {LONGEST_PATH} 个字符"));
    }
    if !is_nfc(path) {
        return Some("不是规范组合形式（NFC）".into());
    }
    path.split('/').find_map(filename::unfit)
}

/// A title made fit for a file name: forbidden characters become their
/// full-width likenesses, and what is too long is cut.
pub fn from_title(title: &str) -> String {
    const LONGEST_TITLE: usize = 60;
    let fit = |c| match c {
        '<' => '＜',
        '>' => '＞',
        ':' => '：',
        '"' => '＂',
        '/' => '／',
        '\\' => '＼',
        '|' => '｜',
        '?' => '？',
        '*' => '＊',
        '%' => '％',
        '~' => '～',
        c if misleads(c) => ' ',
        c => c,
    };
    let words: String = title.nfc().map(fit).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = words.chars().take(LONGEST_TITLE).collect();
    let name = short.trim_end_matches(['.', ' ']);
    if name.is_empty() || is_reserved(name) { format!("_{name}") } else { name.to_owned() }
}

/// Pairs of paths that cannot lie side by side on every system: alike but for
/// case or normalisation, or one of them a file where the other has a folder.
pub fn collisions<'a>(paths: impl IntoIterator<Item = &'a str>) -> Vec<(String, String)> {
    // By the number of the folder it lies in, so that no name is folded twice: paths
    // may be long and deep.
    let mut seen: HashMap<(usize, String), (usize, &str, bool)> = HashMap::new();
    let mut found = Vec::new();
    for path in paths {
        let (mut above, mut start) = (0, 0);
        let folders = path.match_indices('/').map(|(at, _)| (at, true));
        for (end, is_folder) in folders.chain([(path.len(), false)]) {
            let key = (above, folded(&path[start..end]));
            let (part, new) = (&path[..end], seen.len() + 1);
            let known = seen.get(&key).copied();
            match known {
                Some((_, other, true)) if other == part && is_folder => {}
                Some((_, other, _)) => found.push((other.to_owned(), part.to_owned())),
                None => {}
            }
            (above, start) = (known.map_or(new, |(number, ..)| number), end + 1);
            seen.insert(key, (above, part, is_folder));
        }
    }
    found
}

/// A path as manifests write it: line ends and `%` as percent codes.
pub fn encode(path: &str) -> Cow<'_, str> {
    if !path.contains(['%', '\r', '\n']) {
        return Cow::Borrowed(path);
    }
    Cow::Owned(path.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A"))
}

/// The path that stands encoded in a manifest. Only the three codes that
/// version 1.0 knows are decoded; older versions did not encode `%` itself.
pub fn decode(text: &str, percent_too: bool) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let decoded = match rest.get(at + 1..at + 3) {
            Some("0D" | "0d") => Some('\r'),
            Some("0A" | "0a") => Some('\n'),
            Some("25") if percent_too => Some('%'),
            _ => None,
        };
        out.push(decoded.unwrap_or('%'));
        rest = &rest[at + if decoded.is_some() { 3 } else { 1 }..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// A name from outside as a report may show it: no character of it can steer a
/// terminal, and it does not run on for pages.
pub fn shown(name: &str) -> String {
    const LONGEST: usize = 240;
    let mut out = String::new();
    for c in name.chars().take(LONGEST) {
        match misleads(c) {
            true => out.extend(c.escape_default()),
            false => out.push(c),
        }
    }
    if name.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_outside_is_seen_on_every_system() {
        let bad = [
            "/etc/passwd",
            "../x",
            "a/../../b",
            "~root/x",
            "C:\\x",
            "c:x",
            "\\\\?\\UNC\\s",
            "a\\..\\b",
            "a\0",
        ];
        for path in bad {
            assert!(escapes(path).is_some(), "{path}");
        }
        for path in ["data/公告.pdf", "data/~test", "data/a..b", "data/...", "百分之%50"] {
            assert_eq!(escapes(path), None, "{path}");
        }
    }

    #[test]
    fn what_windows_cannot_store_is_refused() {
        for name in [
            "a?",
            "a:b",
            "con",
            "NUL.txt",
            "Com1.pdf",
            "lpt¹",
            "a.",
            "a ",
            "a\u{202e}fdp.exe",
            "\u{7}",
        ] {
            assert!(unportable(name).is_some(), "{name:?}");
        }
        for name in [
            "公告.pdf",
            "console.txt",
            "com10",
            "0001 第六届居民委员会.pdf",
            "a.b.c",
            "X001-WS·2026-HJX",
        ] {
            assert_eq!(unportable(name), None, "{name}");
        }
        assert!(unportable(&"长".repeat(86)).is_some(), "258 bytes");
        assert!(unportable(&["长"; 101].join("/")).is_some(), "201 characters");
        assert!(unportable("e\u{301}").is_some(), "decomposed");
    }

    #[test]
    fn a_title_becomes_a_name() {
        assert_eq!(from_title("关于\"选举\"的公告: 1/2?"), "关于＂选举＂的公告： 1／2？");
        assert_eq!(from_title("con"), "_con");
        assert_eq!(from_title(" .. "), "_");
        assert_eq!(from_title(&"长".repeat(99)).chars().count(), 60);
        for title in ["a\nb", "\u{202e}x", "e\u{301}.", "*", "CON.txt", "~/.ssh", "../../x"] {
            let name = from_title(title);
            assert_eq!((unportable(&name), escapes(&name)), (None, None), "{name}");
        }
    }

    #[test]
    fn names_that_are_one_on_some_system_collide() {
        let two = |a, b| collisions([a, b]).len();
        assert_eq!(two("A.txt", "a.TXT"), 1);
        assert_eq!(two("é", "e\u{301}"), 1);
        assert_eq!(two("a", "a/b"), 1);
        assert_eq!(two("Dir/a", "dir/b"), 1);
        assert_eq!(two("x", "x"), 1);
        assert_eq!(two("dir/a", "dir/b"), 0);
    }

    #[test]
    fn only_what_the_standard_names_is_encoded() {
        for path in ["公告 %0A.pdf", "a\r\nb", "100%", "%25"] {
            assert_eq!(decode(&encode(path), true), path);
        }
        assert_eq!(decode("data/%7Etest %", true), "data/%7Etest %");
        assert_eq!(decode("%2525", true), "%25");
        assert_eq!(decode("%25", false), "%25");
    }

    #[test]
    fn a_shown_name_cannot_steer_a_terminal() {
        assert_eq!(shown("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert!(shown(&"x".repeat(1000)).chars().count() < 250);
    }
}
