//! What a file gives away about its nature while it streams past.

/// Enough of the beginning to know a format by.
const HEAD: usize = 64;

/// Names of PDF objects, and the mark of PDF/A, that are looked for. A script
/// stands under `/JS`, but three bytes turn up by chance in compressed streams;
/// the action that would run it has a longer name.
const MARKS: [(&[u8], Mark); 6] = [
    (b"pdfaid:part", Mark::PdfA),
    (b"/JavaScript", Mark::Active),
    (b"/Rendition", Mark::Active),
    (b"/Launch", Mark::Active),
    (b"/EmbeddedFile", Mark::Embedded),
    (b"/Encrypt", Mark::Encrypted),
];
const LONGEST_MARK: usize = 13;

/// What Windows, macOS or Android runs when it is opened, by the ending of its name.
const RUN: [&str; 44] = [
    "apk", "app", "appx", "bat", "chm", "cmd", "com", "command", "cpl", "deb", "dll", "exe",
    "gadget", "hta", "ins", "jar", "js", "jse", "lnk", "msc", "msi", "msix", "msp", "ocx", "pif",
    "pkg", "ps1", "psm1", "py", "reg", "rpm", "run", "scf", "scr", "sh", "swf", "sys", "url", "vb",
    "vbe", "vbs", "workflow", "ws", "wsf",
];

/// Documents that may bring programs of their own.
const WITH_MACROS: [&str; 10] =
    ["docm", "dotm", "xlsm", "xltm", "xlam", "xll", "pptm", "potm", "ppsm", "ppam"];

/// Whether a file of this name is run when it is opened.
pub fn is_program(name: &str) -> bool {
    ends_in(name, &RUN)
}

/// Whether a file of this name may bring programs of its own.
pub fn may_have_macros(name: &str) -> bool {
    ends_in(name, &WITH_MACROS)
}

fn ends_in(name: &str, endings: &[&str]) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    endings.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Something a PDF says of itself in the clear. What lies in its compressed
/// streams is not seen: a thorough judgement needs a PDF validator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    PdfA,
    Active,
    Embedded,
    Encrypted,
}

/// Watches a stream.
#[derive(Debug, Default)]
pub struct Probe {
    head: Vec<u8>,
    /// The end of the block before, in which a mark may have begun.
    tail: Vec<u8>,
    marks: Vec<Mark>,
}

impl Probe {
    pub fn feed(&mut self, block: &[u8]) {
        let room = HEAD.saturating_sub(self.head.len()).min(block.len());
        self.head.extend_from_slice(&block[..room]);
        if self.is_pdf() {
            let seam = self.tail.len();
            self.tail.extend_from_slice(&block[..block.len().min(LONGEST_MARK)]);
            let tail = std::mem::take(&mut self.tail);
            self.scan(&tail, seam);
            self.scan(block, block.len());
            let whole = if block.len() < LONGEST_MARK { &tail[..] } else { block };
            self.tail = whole[whole.len().saturating_sub(LONGEST_MARK)..].to_owned();
        }
    }

    /// Looks for marks that begin before `end`.
    fn scan(&mut self, bytes: &[u8], end: usize) {
        for (at, _) in
            bytes[..end].iter().enumerate().filter(|(_, byte)| matches!(byte, b'/' | b'p'))
        {
            let found = MARKS.iter().find(|(name, _)| is_at(&bytes[at..], name));
            if let Some(&(_, mark)) = found
                && !self.marks.contains(&mark)
            {
                self.marks.push(mark);
            }
        }
    }

    pub fn is_pdf(&self) -> bool {
        self.head.starts_with(b"%PDF-")
    }

    pub fn has(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }

    /// Which kind of program it begins like.
    pub fn executable(&self) -> Option<&'static str> {
        let head = &self.head[..];
        let begins = |magic: &[u8]| head.starts_with(magic);
        if begins(b"\x7fELF") {
            Some("Linux 程序")
        } else if begins(b"MZ") && head.contains(&0) {
            Some("Windows 程序")
        } else if [0xfeed_face_u32, 0xfeed_facf, 0xcafe_babe]
            .iter()
            .any(|magic| begins(&magic.to_be_bytes()) || begins(&magic.to_le_bytes()))
        {
            Some("苹果或 Java 程序")
        } else if begins(b"#!") {
            Some("脚本程序")
        } else {
            None
        }
    }

    /// Which kind of archive it is, office documents aside.
    pub fn archive(&self, path: &str) -> Option<&'static str> {
        const ZIPPED: [&str; 9] =
            ["docx", "xlsx", "pptx", "odt", "ods", "odp", "ofd", "epub", "wps"];
        let kinds: [(&[u8], &str); 6] = [
            (b"PK\x03\x04", "zip"),
            (b"7z\xbc\xaf\x27\x1c", "7z"),
            (b"Rar!\x1a\x07", "rar"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"BZh", "bzip2"),
            (b"\xfd7zXZ\0", "xz"),
        ];
        let found = kinds.iter().find(|(magic, _)| self.head.starts_with(magic));
        found.map(|&(_, name)| name).filter(|&name| !(name == "zip" && ends_in(path, &ZIPPED)))
    }
}

/// Whether the whole name stands there: `/Launch` is not in `/Launched`.
fn is_at(bytes: &[u8], name: &[u8]) -> bool {
    let follows =
        |rest: &[u8]| name[0] != b'/' || !rest.first().is_some_and(u8::is_ascii_alphanumeric);
    bytes.strip_prefix(name).is_some_and(follows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn probe(bytes: &[u8], block: usize) -> Probe {
        let mut probe = Probe::default();
        bytes.chunks(block).for_each(|block| probe.feed(block));
        probe
    }

    #[test]
    fn a_mark_is_found_wherever_blocks_part() {
        let text = b"%PDF-1.7 ..... <pdfaid:part>2</pdfaid:part> .... /Type /JavaScript (x) /Names ..........";
        for block in 1..text.len() {
            let probe = probe(text, block);
            assert!(probe.has(Mark::PdfA) && probe.has(Mark::Active), "{block}");
            assert!(!probe.has(Mark::Encrypted) && !probe.has(Mark::Embedded), "{block}");
        }
        assert!(probe(b"%PDF-1.7 /S/Rendition/JS(x)", 5).has(Mark::Active));
        assert!(!probe(b"%PDF-1.7 /JavaScripts /Encryption", 99).has(Mark::Active));
        assert!(!probe(b"%PDF-1.7 stream \x9c/JS(\x01 endstream", 5).has(Mark::Active));
        assert!(!probe(b"text /JavaScript ", 5).has(Mark::Active));
    }

    #[test]
    fn programs_are_known_by_their_endings() {
        for name in ["其他/run.bat", "a.PDF.EXE", "公告.pdf.lnk", "x.Vbs"] {
            assert!(is_program(name), "{name}");
        }
        for name in ["公告.pdf", "exe", "a.exe.txt", "名册.xlsm", "posted/1.txt"] {
            assert!(!is_program(name), "{name}");
        }
        assert!(may_have_macros("名册.XLSM") && !may_have_macros("名册.xlsx"));
    }

    #[test]
    fn programs_and_archives_are_known_by_their_beginning() {
        assert!(probe(b"MZ\x90\0\x03\0\0\0", 3).executable().is_some());
        assert!(probe(b"\x7fELF\x02", 9).executable().is_some());
        assert!(probe("MZ 是两个字母".as_bytes(), 9).executable().is_none());
        assert_eq!(probe(b"PK\x03\x04....", 9).archive("a.zip"), Some("zip"));
        assert_eq!(probe(b"PK\x03\x04....", 9).archive("a.XLSX"), None);
    }
}
