//! What sort of file a roll is, told by its content and never by its name.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use zip::ZipArchive;

use super::xml::Broken;
use super::{compound, text};
use crate::diagnostic::Diagnostic;

/// A file that can be read as a roll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Xlsx,
    Xls,
    Xlsb,
    Ods,
    /// A table of a web page, often under the name of a workbook.
    Html,
    /// A workbook as one file of XML, as Excel 2003 wrote it.
    Xml2003,
}

/// Why a file is no roll; the words a user sees.
#[derive(Debug)]
pub(crate) struct Unfit {
    message: String,
    help: &'static str,
}

impl Unfit {
    pub(crate) fn at(&self, path: &Path) -> Diagnostic {
        Diagnostic::error("roll-unreadable", self.message.as_str()).in_file(path).help(self.help)
    }
}

const SAVE_AS_XLSX: &str = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再用";
const NEED_TABLE: &str = "名册要用 Excel 工作簿（.xlsx）或 CSV 文件";

impl From<Broken> for Unfit {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Damaged => damaged(),
            Broken::TooLong => cell_too_long(),
        }
    }
}

/// Larger workbooks than any roll makes are not opened.
const LARGEST_WORKBOOK: u64 = 64 << 20;
/// The most its sheets may unfold to; they are read row by row.
const LARGEST_SHEETS: u64 = 2 << 30;
/// The most the rest may unfold to, which is held in memory.
const LARGEST_REST: u64 = 128 << 20;

/// How much of a file is looked at to tell what it is.
const HEAD: u64 = 4096;

/// The beginnings of files that people take for tables.
const OTHERS: [(&[u8], &str); 10] = [
    (b"%PDF", "PDF 文件"),
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "程序"),
    (b"\x89PNG", "图片"),
    (b"\xFF\xD8\xFF", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xBC\xAF", "7z 压缩包"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x1F\x8B", "压缩包"),
];

/// Tells what sort of file it is, and puts it back to its beginning.
pub(crate) fn of(input: &mut (impl Read + Seek)) -> io::Result<Result<Kind, Unfit>> {
    let mut head = Vec::new();
    input.by_ref().take(HEAD).read_to_end(&mut head)?;
    let size = input.seek(SeekFrom::End(0))?;
    input.seek(SeekFrom::Start(0))?;
    let kind = if head.is_empty() {
        Err(unfit("选民名册是空文件", "把名册重新导出一次"))
    } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        of_zip(input, size)
    } else if head.starts_with(b"\xD0\xCF\x11\xE0") {
        of_compound(input, size)?
    } else {
        of_plain(&head)
    };
    input.seek(SeekFrom::Start(0))?;
    Ok(kind)
}

pub(crate) fn unfit(message: impl Into<String>, help: &'static str) -> Unfit {
    Unfit { message: message.into(), help }
}

fn of_zip(input: &mut (impl Read + Seek), size: u64) -> Result<Kind, Unfit> {
    if size > LARGEST_WORKBOOK {
        return Err(too_large());
    }
    let mut archive = ZipArchive::new(input).map_err(|_| damaged())?;
    if unfolds_too_far(&mut archive).map_err(|_| damaged())? {
        return Err(too_large());
    }
    let has = |name: &str| archive.index_for_name(name).is_some();
    let has_folder = |folder: &str| {
        let names = archive.file_names().flatten();
        names.map(|name| name.replace('\\', "/")).any(|name| name.starts_with(folder))
    };
    if has("xl/workbook.bin") {
        Ok(Kind::Xlsb)
    } else if has_folder("xl/") {
        Ok(Kind::Xlsx)
    } else if has_folder("word/") {
        Err(unfit(
            "选民名册是 Word 文档，不是表格",
            "把名单复制到 Excel 或 WPS 表格里，另存为 .xlsx",
        ))
    } else if has("content.xml") {
        Ok(Kind::Ods)
    } else {
        Err(unfit("选民名册是压缩包，不是表格", "解压后再用里面的表格文件"))
    }
}

/// Whether a workbook swells when it is unpacked. What will be held in memory
/// is unpacked to see, since the sizes that a file states may be a lie.
fn unfolds_too_far(
    archive: &mut ZipArchive<impl Read + Seek>,
) -> Result<bool, zip::result::ZipError> {
    let (mut sheets, mut rest) = (0u64, 0u64);
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at)?;
        let is_read_in_pieces =
            |name: &str| name.starts_with("xl/worksheets/") && name.ends_with(".xml");
        if entry.name().is_ok_and(|name| is_read_in_pieces(&name)) {
            sheets = sheets.saturating_add(entry.size());
        } else {
            rest += io::copy(&mut entry.by_ref().take(LARGEST_REST), &mut io::sink())?;
        }
        if sheets > LARGEST_SHEETS || rest >= LARGEST_REST {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(crate) fn too_large() -> Unfit {
    unfit("选民名册的文件太大，没有打开", "删去图片和多余的工作表，或另存为 CSV 后再用")
}

/// Old Office files are folders inside a file; their entries are named in
/// UTF-16.
fn of_compound(input: &mut (impl Read + Seek), size: u64) -> io::Result<Result<Kind, Unfit>> {
    if size > LARGEST_WORKBOOK {
        return Ok(Err(too_large()));
    }
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    Ok(if has("EncryptedPackage") {
        Err(locked())
    } else if has("Workbook") || has("Book") {
        if compound::is_sound(&bytes) { Ok(Kind::Xls) } else { Err(damaged()) }
    } else if has("WordDocument") {
        Err(unfit(
            "选民名册是 Word 文档，不是表格",
            "把名单复制到 Excel 或 WPS 表格里，另存为 .xlsx",
        ))
    } else {
        Err(unfit("选民名册不是表格文件", NEED_TABLE))
    })
}

/// A workbook that is not what its format asks for.
pub(crate) fn damaged() -> Unfit {
    unfit("选民名册已损坏，打不开", "请重新取得这个文件；如果 Excel 或 WPS 能打开，另存一份再用")
}

/// A workbook with a cell that is longer than any of a roll.
pub(crate) fn cell_too_long() -> Unfit {
    unfit("选民名册里有一格的内容太长，不像名册", "检查文件；把误贴进一格的大段内容删去后再用")
}

/// A workbook that asks for a password.
pub(crate) fn locked() -> Unfit {
    unfit("选民名册设了打开密码", "用 Excel 或 WPS 打开，去掉密码后另存一份再用")
}

fn of_plain(head: &[u8]) -> Result<Kind, Unfit> {
    if let Some((_, what)) = OTHERS.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(unfit(format!("选民名册是{what}，不是表格"), NEED_TABLE));
    }
    let text = match text::utf16(head) {
        Some(encoding) => text::lossy(head, encoding),
        None => String::from_utf8_lossy(head).into_owned(),
    };
    let text = text.to_ascii_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with("mime-version") {
        return Err(unfit("选民名册其实是单个文件网页（.mht），只是名字像表格", SAVE_AS_XLSX));
    }
    if ["<?xml", "<workbook", "<ss:workbook"].iter().any(|tag| text.starts_with(tag)) {
        let is_workbook = ["urn:schemas-microsoft-com:office:spreadsheet", "excel.sheet"];
        let is_page = text.contains("<html") || text.contains("<!doctype html");
        return match is_workbook.iter().any(|sign| text.contains(sign)) && !is_page {
            true => Ok(Kind::Xml2003),
            false if is_page => Ok(Kind::Html),
            false => Err(unfit("选民名册是 XML 文件，不是表格", SAVE_AS_XLSX)),
        };
    }
    if [
        "<html",
        "<!doctype",
        "<table",
        "<meta",
        "<head",
        "<body",
        "<style",
        "<!--",
        "<div",
        "<center",
        "<tr",
    ]
    .iter()
    .any(|tag| text.starts_with(tag))
    {
        return Ok(Kind::Html);
    }
    let is_text = !head.contains(&0) || text::utf16(head).is_some();
    if is_text { Ok(Kind::Text) } else { Err(unfit("选民名册不是表格文件", NEED_TABLE)) }
}
