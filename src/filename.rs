//! Names that a file or a folder can bear on every system.

use crate::text::is_invisible;

/// Longest name that the file systems of Linux store, in bytes.
const LONGEST: usize = 255;

/// Why no file can bear this name on every system.
pub fn unfit(name: &str) -> Option<String> {
    if let Some(bad) = name.chars().find(|&c| is_forbidden(c)) {
        return Some(format!("含有不能用在文件名中的字符 {}", bad.escape_default()));
    }
    if name.ends_with(['.', ' ']) || name.starts_with(' ') {
        return Some("以空格开头，或以空格、句点结尾".into());
    }
    if is_reserved(name) {
        return Some("是 Windows 保留的名称".into());
    }
    (name.len() > LONGEST).then(|| format!("文件名超过 {LONGEST} 字节"))
}

/// Whether Windows forbids the character, or it would show a name falsely.
fn is_forbidden(c: char) -> bool {
    matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*') || misleads(c)
}

/// Control characters, and those that turn or hide the text around them.
pub fn misleads(c: char) -> bool {
    c.is_control() || is_invisible(c)
}

/// Device names, with or without an extension: `con`, `LPT1.txt`, `COM¹`.
pub fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_uppercase();
    let port = |rest: &str| matches!(rest.chars().next(), Some('1'..='9' | '¹' | '²' | '³'));
    match stem.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" => true,
        stem if stem.chars().count() == 4 => {
            stem.strip_prefix("COM").or(stem.strip_prefix("LPT")).is_some_and(port)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_windows_takes_for_a_device_is_no_name() {
        for name in ["con", "NUL.txt", "Com1.pdf", "lpt¹", "aux.2026"] {
            assert_eq!(unfit(name).as_deref(), Some("是 Windows 保留的名称"), "{name}");
        }
        for name in ["a.", "a ", "换届?", "长".repeat(86).as_str()] {
            assert!(unfit(name).is_some(), "{name}");
        }
        for name in ["console", "com10", "新 选举", "换届2026.5"] {
            assert_eq!(unfit(name), None, "{name}");
        }
    }
}
