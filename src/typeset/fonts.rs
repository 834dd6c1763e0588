//! Fonts by role. Layouts ask for 仿宋 or 黑体, never for a file or a family;
//! each role is filled with the first face at hand.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use fontdb::{Database, FaceInfo, Source, Style};
use serde::{Deserialize, Serialize};
use typst::foundations::Bytes;
use typst::text::{
    Coverage, Font, FontBook, FontFlags, FontInfo, FontStretch, FontStyle, FontVariant, FontWeight,
};
use typst::utils::{LazyHash, hash128};

use super::fontfile;
use crate::bag::sha256;
use crate::diagnostic::{Diagnostic, Report};

/// A part that a face plays on the page. The name is the family that layouts
/// ask for.
#[derive(Debug)]
struct Role {
    name: &'static str,
    /// What users call it.
    title: &'static str,
    /// Families from best to worst, with the least weight that will do: as Windows,
    /// macOS, WPS (方正), Kylin (CESI) and Debian name them.
    families: &'static [(&'static str, u16)],
    /// How a Windows that lacks it comes by it.
    windows: Remedy,
}

/// How a face comes to Windows.
#[derive(Debug)]
enum Remedy {
    /// With every one of them.
    Part,
    /// In a file that is left out unless the language is Chinese.
    Supplement(&'static str),
    /// Never by itself.
    Bought,
}

/// The first role is the last resort of all others, and must be filled.
const ROLES: &[Role] = &[
    Role {
        name: "song",
        title: "宋体",
        families: &[
            ("SimSun", 0),
            ("STSong", 0),
            ("Songti SC", 0),
            ("FZShuSong-Z01", 0),
            ("方正书宋_GBK", 0),
            ("CESI宋体-GB18030", 0),
            ("CESI宋体-GB13000", 0),
            ("CESI宋体-GB2312", 0),
            ("Source Han Serif SC", 0),
            ("Noto Serif SC", 0),
            ("Noto Serif CJK SC", 0),
            ("FandolSong", 0),
            ("AR PL UMing", 0),
        ],
        windows: Remedy::Part,
    },
    Role {
        name: "fang",
        title: "仿宋",
        families: &[
            ("FangSong_GB2312", 0),
            ("仿宋_GB2312", 0),
            ("FangSong", 0),
            ("STFangsong", 0),
            ("FZFangSong-Z02", 0),
            ("方正仿宋_GBK", 0),
            ("CESI仿宋-GB18030", 0),
            ("CESI仿宋-GB13000", 0),
            ("CESI仿宋-GB2312", 0),
            ("FZFangSong-Z02S", 0),
            ("Zhuque Fangsong (technical preview)", 0),
            ("Zhuque Fangsong", 0),
            ("FandolFang", 0),
            ("FandolFang R", 0),
        ],
        windows: Remedy::Supplement("simfang.ttf"),
    },
    Role {
        name: "title",
        title: "小标宋",
        families: &[
            ("FZXiaoBiaoSong-B05S", 0),
            ("方正小标宋简体", 0),
            ("方正小标宋_GBK", 0),
            ("FZXiaoBiaoSong-B05", 0),
            ("CESI小标宋-GB18030", 0),
            ("CESI小标宋-GB13000", 0),
            ("CESI小标宋-GB2312", 0),
            ("STZhongsong", 0),
            ("Noto Serif SC", 700),
            ("Source Han Serif SC", 700),
            // Before the collection, which is five times as large.
            ("FandolSong", 700),
            ("Noto Serif CJK SC", 700),
        ],
        windows: Remedy::Bought,
    },
    Role {
        name: "hei",
        title: "黑体",
        families: &[
            ("SimHei", 0),
            ("STHeiti", 0),
            ("Heiti SC", 0),
            ("FZHei-B01", 0),
            ("方正黑体_GBK", 0),
            ("CESI黑体-GB18030", 0),
            ("CESI黑体-GB13000", 0),
            ("CESI黑体-GB2312", 0),
            ("FZHei-B01S", 0),
            ("Source Han Sans SC", 0),
            ("Noto Sans SC", 0),
            ("FandolHei", 0),
            ("Noto Sans CJK SC", 0),
            ("WenQuanYi Micro Hei", 0),
        ],
        windows: Remedy::Supplement("simhei.ttf"),
    },
    Role {
        name: "kai",
        title: "楷体",
        families: &[
            ("KaiTi_GB2312", 0),
            ("楷体_GB2312", 0),
            ("KaiTi", 0),
            ("STKaiti", 0),
            ("Kaiti SC", 0),
            ("FZKai-Z03", 0),
            ("方正楷体_GBK", 0),
            ("CESI楷体-GB18030", 0),
            ("CESI楷体-GB13000", 0),
            ("CESI楷体-GB2312", 0),
            ("FZKai-Z03S", 0),
            ("LXGW WenKai", 0),
            ("LXGW WenKai GB", 0),
            ("FandolKai", 0),
            ("FandolKai R", 0),
            ("AR PL UKai", 0),
        ],
        windows: Remedy::Supplement("simkai.ttf"),
    },
    Role {
        name: "rare",
        title: "生僻字",
        families: &[
            ("HanaMinA", 0),
            ("SimSun-ExtB", 0),
            ("BabelStone Han", 0),
            ("Noto Serif CJK SC", 0),
        ],
        windows: Remedy::Part,
    },
    Role {
        name: "rarest",
        title: "生僻字（扩展区）",
        families: &[("HanaMinB", 0), ("SimSun-ExtG", 0), ("BabelStone Han", 0)],
        windows: Remedy::Part,
    },
];

const ELSEWHERE: &str = "UOS、麒麟装上 WPS 就有；macOS 自带；Debian、Ubuntu 上请运行 make fonts；";
const BESIDE: &str =
    "也可以把字体文件放进选举文件夹或程序旁边的 fonts 文件夹，或用 --font-path 指定。";

impl Role {
    /// How the face is had.
    fn advice(&self, on_windows: bool) -> String {
        let system = match self.windows {
            _ if !on_windows => ELSEWHERE.to_owned(),
            Remedy::Part => "它是 Windows 的一部分，请恢复字体；".to_owned(),
            Remedy::Supplement(file) => format!(
                "在 Windows 的“设置”里搜“可选功能”，添加“简体中文补充字体”；不能上网的，\
                 从有它的电脑上复制 C:\\Windows\\Fonts\\{file}，双击安装；"
            ),
            Remedy::Bought => "Windows 不带小标宋：装有 WPS 或 Office 的就有相近的华文中宋；\
                               单位有方正小标宋的，双击安装；"
                .to_owned(),
        };
        system + BESIDE
    }
}

/// The faces that fill the roles, in the order of [`ROLES`].
pub struct Fonts {
    faces: Vec<Face>,
    book: LazyHash<FontBook>,
}

/// Which face fills which role.
#[derive(Debug, Serialize, Deserialize)]
pub struct Given {
    role: String,
    path: PathBuf,
    index: u32,
}

/// One role and the face that fills it.
pub struct Face {
    pub role: &'static str,
    pub title: &'static str,
    /// The family found; another role's where this one has none of its own.
    pub family: String,
    pub path: PathBuf,
    index: u32,
    /// Whether the face is of the kind the role asks for.
    pub genuine: bool,
    file: Arc<FontFile>,
    font: OnceLock<Option<Font>>,
}

/// A font file, mapped into memory on first use: once for all its faces, for
/// Typst takes a checksum of every file it is given.
#[derive(Debug, Default)]
struct FontFile {
    mapped: OnceLock<Option<(Bytes, Mapped)>>,
    sha256: OnceLock<String>,
}

/// What the system reads of a file when it is looked at.
#[derive(Clone, Debug)]
struct Mapped(Arc<memmap2::Mmap>);

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl FontFile {
    fn get(&self, path: &Path) -> Option<&(Bytes, Mapped)> {
        let open = || {
            let mapped = Mapped(Arc::new(map(path)?));
            Some((Bytes::new(mapped.clone()), mapped))
        };
        self.mapped.get_or_init(open).as_ref()
    }

    fn bytes(&self, path: &Path) -> Option<Bytes> {
        self.get(path).map(|(bytes, _)| bytes.clone())
    }

    /// Lets go of what was read for the checksum: most of a face of 26 MB is
    /// never looked at again.
    #[cfg(unix)]
    #[allow(unsafe_code, reason = "said below")]
    fn let_go(&self) {
        if let Some(Some((_, mapped))) = self.mapped.get() {
            // SAFETY: the file is mapped for reading only, so that what is
            // dropped here is read again from the file when it is needed.
            let _ = unsafe { mapped.0.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) };
        }
    }

    #[cfg(not(unix))]
    fn let_go(&self) {}
}

impl Fonts {
    /// Fills the roles from `folders`, then from the system. A missing Chinese
    /// font is an error; a stand-in is a note.
    pub fn find(folders: &[PathBuf], report: &mut Report) -> Option<Self> {
        let mut database = Database::new();
        for folder in folders.iter().filter(|folder| folder.is_dir()) {
            fontfile::load(&mut database, folder, report);
        }
        database.load_system_fonts();
        Self::fill(&database, report)
    }

    fn fill(database: &Database, report: &mut Report) -> Option<Self> {
        let found: Vec<_> = ROLES.iter().map(|role| best(database, role)).collect();
        let Some(song) = found[0].or(found.iter().flatten().next().copied()) else {
            let problem = Diagnostic::error("no-font", "这台电脑上没有中文字体，无法排版。");
            report.push(problem.help(ROLES[0].advice(cfg!(windows))));
            return None;
        };
        let mut faces: Vec<Face> = Vec::with_capacity(ROLES.len());
        for (role, hit) in ROLES.iter().zip(found) {
            let Some(mut face) = Face::new(role, hit.unwrap_or(song), hit.is_some()) else {
                continue;
            };
            if let Some(other) = faces.iter().find(|other| other.path == face.path) {
                face.file = other.file.clone();
            }
            if !face.genuine && !role.name.starts_with("rare") {
                report.push(
                    Diagnostic::note(
                        "font-substitute",
                        format!("没有找到{}，用“{}”代替。", role.title, face.family),
                    )
                    .help(role.advice(cfg!(windows))),
                );
            }
            faces.push(face);
        }
        Some(Self::with(faces))
    }

    fn with(faces: Vec<Face>) -> Self {
        let book = FontBook::from_infos(faces.iter().map(Face::info));
        Self { faces, book: LazyHash::new(book) }
    }

    /// The faces that were found, for another process.
    pub fn given(&self) -> Vec<Given> {
        let given = |face: &Face| Given {
            role: face.role.to_owned(),
            path: face.path.clone(),
            index: face.index,
        };
        self.faces.iter().map(given).collect()
    }

    /// Faces that another process found.
    pub fn of(given: &[Given]) -> Self {
        let face = |given: &Given| {
            let role = ROLES.iter().find(|role| role.name == given.role)?;
            Some(Face::of(role, given.path.clone(), given.index))
        };
        Self::with(given.iter().filter_map(face).collect())
    }

    pub fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub fn font(&self, index: usize) -> Option<Font> {
        self.faces.get(index)?.load()
    }

    /// Loads the faces that nearly every document needs, and has Typst take
    /// their checksums here, once, rather than on every thread at the same time.
    pub fn warm_up(&self) {
        for face in
            self.faces.iter().filter(|face| matches!(face.role, "song" | "fang" | "title" | "hei"))
        {
            hash128(&face.load());
            face.file.let_go();
        }
    }

    /// The faces that stand in for a character which the face of a text lacks, as
    /// the layouts ask for them.
    pub fn fallbacks(&self) -> impl Iterator<Item = Font> {
        let named = |role: &str| self.faces.iter().find(move |face| face.role == role);
        ["song", "rare", "rarest"].into_iter().filter_map(move |role| named(role)?.load())
    }

    pub fn faces(&self) -> &[Face] {
        &self.faces
    }

    /// The face of the running text, if it has no more than the 6,763 characters of
    /// GB 2312, of which some names are not made.
    pub fn narrow(&self) -> Option<&Face> {
        let is_narrow = |family: &str| family.contains("GB2312") || family == "FZFangSong-Z02S";
        self.faces.iter().find(|face| face.role == "fang" && is_narrow(&face.family))
    }

    /// Whether any face can print `c`.
    pub fn covers(&self, c: char) -> bool {
        c.is_whitespace() || self.faces.iter().any(|face| face.covers(c))
    }
}

impl Face {
    fn new(role: &'static Role, info: &FaceInfo, genuine: bool) -> Option<Self> {
        let (Source::File(path) | Source::SharedFile(path, _)) = &info.source else { return None };
        let family = info.families.first().map(|(name, _)| name.clone()).unwrap_or_default();
        Some(Self { family, genuine, ..Self::of(role, path.clone(), info.index) })
    }

    fn of(role: &'static Role, path: PathBuf, index: u32) -> Self {
        Self {
            role: role.name,
            title: role.title,
            family: String::new(),
            path,
            index,
            genuine: true,
            file: Arc::default(),
            font: OnceLock::new(),
        }
    }

    /// What Typst's font book says of the face: one face a role, so neither
    /// variant nor coverage has to be known for it to be chosen.
    fn info(&self) -> FontInfo {
        FontInfo {
            family: self.role.to_owned(),
            variant: FontVariant {
                style: FontStyle::Normal,
                weight: FontWeight::REGULAR,
                stretch: FontStretch::NORMAL,
            },
            flags: FontFlags::empty(),
            axes: Vec::new(),
            coverage: Coverage::from_vec(Vec::new()),
        }
    }

    /// The face, mapped into memory on first use.
    pub fn load(&self) -> Option<Font> {
        self.font.get_or_init(|| Font::new(self.file.bytes(&self.path)?, self.index)).clone()
    }

    pub fn covers(&self, c: char) -> bool {
        self.load().is_some_and(|font| font.info().coverage.contains(c as u32))
    }

    /// The sum of the face's file, as it was when it was first read.
    pub fn sha256(&self) -> Option<&str> {
        let bytes = self.file.bytes(&self.path)?;
        Some(self.file.sha256.get_or_init(|| sha256(&bytes)))
    }

    /// Whether it is the one that a text was set in.
    pub(super) fn is(&self, font: &Font) -> bool {
        self.font.get().is_some_and(|own| own.as_ref() == Some(font))
    }
}

#[allow(unsafe_code, reason = "said below")]
fn map(path: &Path) -> Option<memmap2::Mmap> {
    let file = std::fs::File::open(path).ok()?;
    // SAFETY: a font file is installed once and not written to while in use;
    // reading 20 MB into memory for a few hundred glyphs would cost more than
    // setting the page.
    unsafe { memmap2::Mmap::map(&file) }.ok()
}

/// The best face for a role: the first of its families that is there, upright,
/// and of the least weight that will do.
fn best<'d>(database: &'d Database, role: &Role) -> Option<&'d FaceInfo> {
    role.families.iter().find_map(|(family, least)| {
        database
            .faces()
            .filter(|face| face.style == Style::Normal && weight(face) >= *least)
            .filter(|face| face.families.iter().any(|(name, _)| name.eq_ignore_ascii_case(family)))
            .min_by_key(|face| weight(face).abs_diff((*least).max(REGULAR)))
    })
}

const REGULAR: u16 = 400;
const BOLD: u16 = 700;

/// The weight of a face. The Fandol faces all call themselves regular; only
/// their PostScript names tell the bold ones.
fn weight(face: &FaceInfo) -> u16 {
    if face.post_script_name.ends_with("-Bold") { BOLD } else { face.weight.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_windows_lacks_is_told_with_the_file_that_brings_it() {
        let advice = |name: &str, windows| {
            let role = ROLES.iter().find(|role| role.name == name).unwrap();
            role.advice(windows)
        };
        for (name, file) in [("fang", "simfang.ttf"), ("kai", "simkai.ttf"), ("hei", "simhei.ttf")]
        {
            let told = advice(name, true);
            assert!(told.contains("简体中文补充字体") && told.contains(file), "{told}");
        }
        assert!(!advice("title", true).contains("补充字体"));
        assert!(advice("fang", false).contains("make fonts"));
    }

    #[test]
    fn a_face_of_the_system_comes_before_one_that_stands_in() {
        for role in ROLES.iter().filter(|role| !role.name.starts_with("rare")) {
            let at = |part: &str| role.families.iter().position(|(name, _)| name.contains(part));
            assert!(at("CESI") < at("Fandol"), "{}", role.name);
        }
    }
}
