//! The contents of our own packets: catalogue against metadata, metadata
//! against files, and the four properties of DA/T 70.

use std::collections::{BTreeMap, BTreeSet};

use super::records::{Access, ArchiveCode, FILES, OTHERS, Origin, Retention};
use super::xml::Element;
use super::{catalogue, names};
use crate::bag::{
    self, Algorithm, CheckItem as Item, Checksum, Finding, Group, Learnt, Mark, PAYLOAD, Package,
    Probe, Verification,
};
use crate::number::placed;
use crate::privacy::{self, Shape};

const DIGESTS: Item = Item::new("Z1", Group::Authenticity, "固化信息（数字摘要）有效");
const VALUES: Item = Item::new("Z2", Group::Authenticity, "元数据格式和取值合规");
const CODES: Item = Item::new("Z3", Group::Authenticity, "档号规范");
const REPEATS: Item = Item::new("Z4", Group::Authenticity, "档号、文号、题名不重复");
const RECORDED: Item =
    Item::new("Z5", Group::Authenticity, "文件与元数据所记的名称、大小、摘要一致");
const LINKED: Item = Item::new("Z6", Group::Authenticity, "元数据与文件一一关联");
const LAYOUT: Item = Item::new("Z7", Group::Authenticity, "文件夹结构合规");
/// Entered by the caller, who alone can make documents.
pub const REBUILT: Item = Item::new("Z8", Group::Authenticity, "由源数据重新生成，内容逐字节相同");
/// Entered where somebody was told what to expect.
pub(super) const EXPECTED_SUM: Item =
    Item::new("Z0", Group::Authenticity, "与移交时登记的校验值相同");
/// Entered where there is a signature, or somebody asked for one.
pub(super) const SIGNED: Item = Item::new("Z9", Group::Authenticity, "签名有效，签名人可信");
const COUNTS: Item = Item::new("W1", Group::Completeness, "目录与内容件数相符、逐项一致");
const FIELDS: Item = Item::new("W2", Group::Completeness, "必填项齐全");
const NUMBERS: Item = Item::new("W3", Group::Completeness, "件号、顺序号连续");
const EXPECTED: Item = Item::new("W4", Group::Completeness, "应归档的材料齐全");
const PARSED: Item = Item::new("K1", Group::Usability, "目录和元数据可读");
const PDF_A: Item = Item::new("K3", Group::Usability, "PDF 标明为 PDF/A");
const STATED: Item = Item::new("K4", Group::Usability, "说明文件写明读取环境");
const OPEN: Item = Item::new("K5", Group::Usability, "没有加密，没有再压缩");
const QUIET: Item = Item::new("A1", Group::Safety, "PDF 没有脚本、启动动作和内嵌文件");
const STRAYS: Item = Item::new("A2", Group::Safety, "没有归档范围以外的文件");
const PRIVATE: Item = Item::new("A3", Group::Safety, "公开部分没有未遮盖的个人信息");
const PROGRAMS: Item = Item::new("A4", Group::Safety, "没有可执行程序");

/// Files printed from the records, at the top of the tree.
pub(super) const CATALOGUE_PDF: &str = "归档文件目录.pdf";
pub(super) const NOTE_PDF: &str = "备考表.pdf";
pub(super) const COVER_PDF: &str = "档案盒封面.pdf";
const PRINTED: [&str; 3] = [CATALOGUE_PDF, NOTE_PDF, COVER_PDF];

/// A packet with this note is the public part of an archive: its numbers are
/// those of the whole, and all of it must be fit for everybody's eyes.
pub(super) const EXCERPT: &str = "其他/公开版说明.txt";

/// What the archive lacks: one line for each, which begins with a box.
pub(super) const LACKING: &str = "其他/缺件清单.txt";
pub(super) const BOX: char = '□';
/// What it says if there is none.
pub(super) const NOTHING_LACKS: &str = "应有的材料都有了。";

/// Enters all checks of the contents.
pub(super) fn judge(package: &Package, report: &mut Verification) {
    let mut tree = Tree::read(package);
    let sound =
        if package.sound { vec![] } else { vec![Finding::fail("有校验值不符，见 B3")] };
    report.enter(DIGESTS, sound, "SHA-256 与 SHA-512 全部相符");
    report.enter(VALUES, tree.values(), "");
    report.enter(CODES, tree.codes(), "合乎 DA/T 22");
    report.enter(REPEATS, tree.repeats(), "");
    report.enter(RECORDED, tree.recorded(), "");
    report.enter(LINKED, tree.linked(), "");
    report.enter(LAYOUT, tree.layout(), "合乎档发〔2012〕7号附件2");
    report.enter(COUNTS, tree.counts(), format!("{} 件", tree.items.len()));
    report.enter(FIELDS, tree.fields(), "");
    match tree.is_excerpt() {
        true => {
            report.skip(NUMBERS, "公开版：件号与完整档案相同，不一定相连");
            report.skip(EXPECTED, "公开版");
        }
        false => {
            report.enter(NUMBERS, tree.numbers(), "");
            match tree.lacking() {
                Some(lacking) => report.enter(EXPECTED, lacking, ""),
                None => report.skip(EXPECTED, "包里没有缺件清单"),
            }
        }
    }
    let troubles = std::mem::take(&mut tree.troubles);
    report.enter(PARSED, troubles, "");
    report.enter(PDF_A, tree.pdf_a(), "只看标识；是否完全合规须用 PDF/A 检验软件");
    report.enter(STATED, tree.stated(), "");
    report.enter(OPEN, tree.open(), "");
    report.enter(QUIET, tree.quiet(), "只看未压缩的部分");
    report.enter(STRAYS, tree.strays(), "");
    report.enter(PRIVATE, tree.private(), "查了全部名称、目录，以及公开各件的文本文件；PDF、Word 和图片里的文字未检查，公开前请人工看一遍");
    report.enter(PROGRAMS, tree.programs(), "");
}

/// The payload of one of our packets, as far as it could be read. Paths are
/// relative to `data/`.
struct Tree<'a> {
    package: &'a Package,
    paths: BTreeSet<&'a str>,
    /// Rows of 文件目录.XML and of 归档文件目录.csv.
    directory: Vec<Element>,
    csv: Vec<BTreeMap<String, String>>,
    items: Vec<Described>,
    /// What could not be read.
    troubles: Vec<Finding>,
}

/// An item as its metadata describe it.
struct Described {
    /// Path of the metadata, and of the folder it lies in.
    path: String,
    folder: String,
    data: Element,
    files: Vec<Element>,
}

impl Described {
    fn code(&self) -> Result<ArchiveCode, &'static str> {
        self.data.get("档号").parse()
    }

    fn is_public(&self) -> bool {
        self.data.get("开放标识") == Access::Public.name()
    }

    fn file_path(&self, file: &Element) -> String {
        format!("{}/{}", self.folder, file.get("计算机文件名"))
    }
}

impl<'a> Tree<'a> {
    fn read(package: &'a Package) -> Self {
        let all = package.paths();
        let paths = all.filter_map(|path| path.strip_prefix(PAYLOAD)).collect();
        let (directory, csv, items, troubles) = Default::default();
        let mut tree = Self { package, paths, directory, csv, items, troubles };
        tree.directory = tree.read_directory().unwrap_or_default();
        tree.csv = tree.read_csv().unwrap_or_default();
        tree.read_items();
        tree
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, String> {
        self.package.read(&format!("{PAYLOAD}{path}"))
    }

    fn text(&self, path: &str) -> Result<String, String> {
        String::from_utf8(self.bytes(path)?).map_err(|_| "不是 UTF-8 文本".into())
    }

    /// The value, or nothing and a note of why not.
    fn note<T>(&mut self, path: &str, read: Result<T, String>) -> Option<T> {
        read.map_err(|why| self.troubles.push(Finding::fail(why).of(path))).ok()
    }

    fn read_directory(&mut self) -> Option<Vec<Element>> {
        let path = catalogue::DIRECTORY;
        let read = self.text(path).and_then(|text| Element::parse(&text)).and_then(|root| {
            let fits = |file: &Element| {
                file.name == "文件" && file.children.iter().map(|c| &c.name).eq(catalogue::CHILDREN)
            };
            match root.name == "文件目录" && root.children.iter().all(fits) {
                true => Ok(root.children),
                false => {
                    Err(format!("各“文件”的子元素应依次为 {}", catalogue::CHILDREN.join("、")))
                }
            }
        });
        self.note(path, read)
    }

    fn read_csv(&mut self) -> Option<Vec<BTreeMap<String, String>>> {
        let read = self.bytes(catalogue::CSV).and_then(|bytes| catalogue::parse_csv(&bytes));
        self.note(catalogue::CSV, read)
    }

    fn read_items(&mut self) {
        let metadata: Vec<_> = self
            .paths
            .iter()
            .copied()
            .filter_map(|path| Some((path, metadata_folder(path)?)))
            .collect();
        let mut room = self.package.room_for_text();
        for (path, folder) in metadata {
            let read = self.metadata(path, &mut room).map(|(data, files)| {
                let (path, folder) = (path.to_owned(), folder.to_owned());
                Described { path, folder, data, files }
            });
            let item = self.note(path, read);
            self.items.extend(item);
        }
    }

    /// The metadata of one item and of its files. Together all metadata must
    /// find room in memory; what has other elements than ours does not stay there.
    fn metadata(&self, path: &str, room: &mut u64) -> Result<(Element, Vec<Element>), String> {
        let text = self.text(path)?;
        *room = room.checked_sub(text.len() as u64).ok_or("元数据多得不合常理")?;
        let mut data = Element::parse(&text)?;
        let has =
            |element: &Element, names: &[&str]| element.children.iter().map(|c| &c.name).eq(names);
        if data.name != catalogue::METADATA || !has(&data, &catalogue::ELEMENTS) {
            return Err("元数据的元素与规范不符".into());
        }
        let files = data.children.pop().map(|files| files.children).unwrap_or_default();
        match files.iter().all(|file| has(file, &catalogue::FILE_ELEMENTS)) {
            true => Ok((data, files)),
            false => Err("组件的元素与规范不符".into()),
        }
    }

    fn is_excerpt(&self) -> bool {
        self.paths.contains(EXCERPT)
    }

    /// What the maker of the packet knew to be lacking; older packets do not say.
    fn lacking(&self) -> Option<Vec<Finding>> {
        let text = self.text(LACKING).ok()?;
        let message = match text.lines().filter(|line| line.starts_with(BOX)).count() {
            0 if text.contains(NOTHING_LACKS) => return Some(vec![]),
            0 => "既没有列出缺什么，也没有写都有了：不是制作时的样子".to_owned(),
            count => format!("列有 {count} 样还缺的材料"),
        };
        Some(vec![Finding::warning(message).of(LACKING)])
    }

    fn learnt(&self, path: &str) -> Option<&'a Learnt> {
        self.package.learnt.get(&format!("{PAYLOAD}{path}"))
    }

    fn probes(&self) -> impl Iterator<Item = (&'a str, &'a Probe)> {
        self.paths.iter().filter_map(|path| Some((*path, &self.learnt(path)?.probe)))
    }

    fn values(&self) -> Vec<Finding> {
        let judge = |item: &Described| {
            let get = |name| item.data.get(name);
            let date_ok = is_date(get("日期"));
            let access_ok =
                [Access::Public, Access::Internal].iter().any(|a| a.name() == get("开放标识"));
            let retention_ok = Retention::ALL.iter().any(|r| r.name() == get("保管期限"));
            let pages = get("页数");
            let pages_ok = pages.is_empty() || pages.parse::<u32>().is_ok_and(|pages| pages > 0);
            [
                (!date_ok).then(|| format!("日期“{}”不是合理的八位日期", get("日期"))),
                (!access_ok).then(|| format!("开放标识“{}”应为公开或内部", get("开放标识"))),
                (!retention_ok).then(|| format!("保管期限“{}”不在规定之列", get("保管期限"))),
                (!pages_ok).then(|| format!("页数“{pages}”不是数目")),
            ]
            .into_iter()
            .flatten()
            .map(|message| Finding::fail(message).of(&item.path))
            .collect::<Vec<_>>()
        };
        self.items.iter().flat_map(judge).collect()
    }

    fn codes(&self) -> Vec<Finding> {
        let judge = |item: &Described| {
            let message = match item.code() {
                Err(why) => format!("档号“{}”{why}", item.data.get("档号")),
                Ok(code) if !agrees(&code, &item.data) => format!("档号 {code} 与它的各部分不一致"),
                Ok(code) if item.folder != code.folder(item.data.get("题名")) => {
                    format!("档号 {code} 与所在的文件夹不一致")
                }
                Ok(_) => return None,
            };
            Some(Finding::fail(message).of(&item.path))
        };
        self.items.iter().filter_map(judge).collect()
    }

    fn repeats(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (name, strict) in [("档号", true), ("文件编号", false), ("题名", false)] {
            let mut seen = BTreeSet::new();
            for item in &self.items {
                let value = item.data.get(name);
                // Every issuer counts its own.
                let issuer = if name == "文件编号" { item.data.get("责任者") } else { "" };
                if !value.is_empty() && !seen.insert((value, issuer)) {
                    let message = format!("{name}“{value}”与另一件相同");
                    findings.push(Finding::fail_if(strict, message).of(&item.path));
                }
            }
        }
        findings
    }

    fn recorded(&self) -> Vec<Finding> {
        let files =
            self.items.iter().flat_map(|item| item.files.iter().map(move |file| (item, file)));
        let judge = |(item, file): (&Described, &Element)| {
            let path = item.file_path(file);
            let size = self.package.size(&format!("{PAYLOAD}{path}"));
            let Some(size) = size else {
                return Some(Finding::fail("元数据记有此文件，包里没有").of(path));
            };
            let sum =
                self.learnt(&path).and_then(|learnt| learnt.checksums.get(&Algorithm::Sha256));
            let same_sum = sum == Checksum::parse(file.get("SHA-256")).as_ref() && sum.is_some();
            let same_size = file.get("计算机文件大小").parse() == Ok(size);
            (!same_sum || !same_size).then(|| Finding::fail("大小或摘要与元数据所记不同").of(path))
        };
        files.filter_map(judge).collect()
    }

    fn linked(&self) -> Vec<Finding> {
        let mut claims: BTreeMap<String, usize> = BTreeMap::new();
        for item in &self.items {
            *claims.entry(item.path.clone()).or_default() += 1;
            for file in &item.files {
                *claims.entry(item.file_path(file)).or_default() += 1;
            }
        }
        let empty = self.items.iter().filter(|item| item.files.is_empty());
        let empty = empty.map(|item| Finding::fail("没有内容文件").of(&item.path));
        let files = self.paths.iter().filter(|path| path.starts_with(FILES));
        let claimed = |path: &&str| match claims.get(*path) {
            Some(1) => None,
            None => Some(Finding::fail("没有元数据记载它").of(*path)),
            Some(_) => Some(Finding::fail("不止一处元数据记载它").of(*path)),
        };
        empty.chain(files.filter_map(claimed)).collect()
    }

    fn layout(&self) -> Vec<Finding> {
        let required =
            [catalogue::STATEMENT, catalogue::DIRECTORY, catalogue::CSV, catalogue::XLSX];
        let absent = |paths: &[&'static str], strict| {
            let absent: Vec<_> = paths.iter().filter(|path| !self.paths.contains(**path)).collect();
            let finding = move |path: &&str| Finding::fail_if(strict, "缺少").of(*path);
            absent.into_iter().map(finding).collect::<Vec<_>>()
        };
        [absent(&required, true), absent(&PRINTED[..2], false)].concat()
    }

    /// The three descriptions of an item must agree: XML, CSV and metadata.
    fn counts(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let (xml, csv, items) = (self.directory.len(), self.csv.len(), self.items.len());
        if xml != items || csv != items {
            let message = format!(
                "文件目录.XML 有 {xml} 件，归档文件目录.csv 有 {csv} 件，元数据有 {items} 件"
            );
            findings.push(Finding::fail(message));
        }
        let by_code: BTreeMap<_, _> =
            self.items.iter().map(|item| (item.data.get("档号"), item)).collect();
        for row in &self.directory {
            findings.extend(disagreement(catalogue::DIRECTORY, &by_code, |name| row.get(name)));
            findings.extend(self.misnamed(row, &by_code));
        }
        for row in &self.csv {
            let get = |name| row.get(name).map_or("", String::as_str);
            findings.extend(disagreement(catalogue::CSV, &by_code, get));
        }
        findings
    }

    fn misnamed(&self, row: &Element, by_code: &BTreeMap<&str, &Described>) -> Option<Finding> {
        let item = by_code.get(row.get("档号"))?;
        let named: BTreeSet<_> =
            row.get("电子档案名称").split(catalogue::SEPARATOR).map(str::to_owned).collect();
        let described: BTreeSet<_> = item.files.iter().map(|file| item.file_path(file)).collect();
        let message = format!("{} 的电子档案名称与元数据不同", row.get("档号"));
        (named != described).then(|| Finding::fail(message).of(catalogue::DIRECTORY))
    }

    fn fields(&self) -> Vec<Finding> {
        const REQUIRED: [&str; 8] =
            ["档号", "年度", "保管期限", "件号", "题名", "责任者", "日期", "开放标识"];
        let absent = |item: &Described| {
            let path = item.path.clone();
            let empty = REQUIRED.iter().filter(|name| item.data.get(name).trim().is_empty());
            let finding = move |name: &&str| Finding::fail(format!("缺少{name}")).of(&path);
            empty.map(finding).collect::<Vec<_>>()
        };
        let mut findings: Vec<_> = self.items.iter().flat_map(absent).collect();
        if self.items.is_empty() {
            findings.push(Finding::fail("一件电子档案也没有"));
        }
        findings
    }

    fn numbers(&self) -> Vec<Finding> {
        let mut classes: BTreeMap<String, Vec<u16>> = BTreeMap::new();
        for code in self.items.iter().filter_map(|item| item.code().ok()) {
            classes.entry(code.class()).or_default().push(code.number);
        }
        let broken = |(class, mut numbers): (String, Vec<u16>)| {
            numbers.sort_unstable();
            let runs_on = numbers.iter().copied().eq(1..=placed(numbers.len()));
            (!runs_on).then(|| Finding::fail(format!("{class} 的件号不连续")))
        };
        let mut findings: Vec<_> = classes.into_iter().filter_map(broken).collect();
        let orders = self.directory.iter().map(|row| row.get("顺序号").parse().ok());
        if !orders.eq((1..=self.directory.len()).map(Some)) {
            findings.push(Finding::fail("顺序号不连续").of(catalogue::DIRECTORY));
        }
        findings
    }

    /// What we make is PDF/A; what was scanned elsewhere may not be.
    fn pdf_a(&self) -> Vec<Finding> {
        let made: BTreeSet<String> = self
            .items
            .iter()
            .flat_map(|item| item.files.iter().map(move |file| (item, file)))
            .filter(|(_, file)| file.get("来源") == Origin::Generated.name())
            .map(|(item, file)| item.file_path(file))
            .collect();
        let unmarked = self.probes().filter(|(_, probe)| probe.is_pdf() && !probe.has(Mark::PdfA));
        let finding = |(path, _): (&str, _)| {
            let ours = made.contains(path) || PRINTED.contains(&path);
            Finding::fail_if(ours, "没有 PDF/A 标识").of(path)
        };
        unmarked.map(finding).collect()
    }

    fn stated(&self) -> Vec<Finding> {
        let path = catalogue::STATEMENT;
        let why = match self.text(path) {
            Ok(text) if text.contains("软件环境") => return vec![],
            Ok(_) => "没有写明软件环境".into(),
            Err(why) => why,
        };
        vec![Finding::fail(why).of(path)]
    }

    fn open(&self) -> Vec<Finding> {
        let judge = |(path, probe): (&str, &Probe)| {
            let packed = probe.archive(path).map(|kind| {
                Finding::warning(format!("是 {kind} 压缩文件：移交前应当解压")).of(path)
            });
            let locked = probe.has(Mark::Encrypted).then(|| Finding::fail("PDF 已加密").of(path));
            [packed, locked]
        };
        self.probes().flat_map(judge).flatten().collect()
    }

    fn quiet(&self) -> Vec<Finding> {
        let judge = |(path, probe): (&str, &Probe)| {
            let active =
                probe.has(Mark::Active).then(|| Finding::fail("含有脚本或启动动作").of(path));
            let embedded =
                probe.has(Mark::Embedded).then(|| Finding::warning("含有内嵌文件").of(path));
            [active, embedded]
        };
        self.probes().flat_map(judge).flatten().collect()
    }

    fn strays(&self) -> Vec<Finding> {
        let known = [catalogue::STATEMENT, catalogue::DIRECTORY, catalogue::CSV, catalogue::XLSX];
        let belongs = |path: &str| {
            path.starts_with(FILES)
                || path.starts_with(OTHERS)
                || known.contains(&path)
                || path == "ro-crate-metadata.json"
                || (!path.contains('/') && path.ends_with(".pdf"))
        };
        let strays = self.paths.iter().filter(|path| !belongs(path));
        strays.map(|path| Finding::fail("不在归档范围内").of(*path)).collect()
    }

    /// Names are seen by everybody who lists the packet, and catalogues are
    /// handed round; of the items, only the public ones must be clean.
    fn private(&self) -> Vec<Finding> {
        let named = self.paths.iter().filter_map(|path| {
            Some(names::names_in(path).find_map(|name| exposed(name, "名称中"))?.of(*path))
        });
        let public: BTreeSet<String> = self
            .items
            .iter()
            .filter(|item| item.is_public())
            .flat_map(|item| {
                let files = item.files.iter().map(|file| item.file_path(file));
                files.chain([item.path.clone()]).collect::<Vec<_>>()
            })
            .collect();
        let all = self.is_excerpt();
        let shown = |path: &&&str| all || !path.contains('/') || public.contains(**path);
        let texts = self.paths.iter().filter(shown).filter(|path| is_text(path));
        let written = texts.filter_map(|path| {
            let text = self.text(path).ok()?;
            let mut texts = names::texts_in(path, &text).into_iter();
            Some(texts.find_map(|text| exposed(&without_checksums(&text), "文中"))?.of(*path))
        });
        named.chain(written).collect()
    }

    fn programs(&self) -> Vec<Finding> {
        let judge = |(path, probe): (&'a str, &Probe)| match probe.executable() {
            Some(kind) => Some(Finding::fail(format!("是{kind}")).of(path)),
            None if bag::is_program(path) => {
                Some(Finding::fail("按名称的结尾是程序，打开就会运行").of(path))
            }
            // A roll may be kept so.
            None if bag::may_have_macros(path) => {
                Some(Finding::warning("是可以带宏的文件，打开时请不要启用宏").of(path))
            }
            None => None,
        };
        self.probes().filter_map(judge).collect()
    }
}

/// The folder of an item, if the path is that of its metadata:
/// `…/0001 title/0001.xml`.
pub(super) fn metadata_folder(path: &str) -> Option<&str> {
    let (folder, name) = path.strip_prefix(FILES).and(path.rsplit_once('/'))?;
    let number = name.strip_suffix(".xml")?;
    let is_number = number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(folder)
}

fn agrees(code: &ArchiveCode, data: &Element) -> bool {
    data.get("全宗号") == code.fonds
        && data.get("档案门类代码") == code.category
        && data.get("年度") == code.year.to_string()
        && data.get("保管期限") == code.retention.name()
        && data.get("机构或问题") == code.unit.as_deref().unwrap_or_default()
        && data.get("件号") == code.number()
}

/// What a row of a catalogue says otherwise than the metadata.
fn disagreement<'a>(
    path: &str,
    by_code: &BTreeMap<&str, &Described>,
    get: impl Fn(&'static str) -> &'a str,
) -> Option<Finding> {
    const SHARED: [(&str, &str); 6] = [
        ("责任者", "责任者"),
        ("题名", "题名"),
        ("日期", "日期"),
        ("密级", "密级"),
        ("备注", "备注"),
        ("档号", "档号"),
    ];
    let code = get("档号");
    let Some(item) = by_code.get(code) else {
        return Some(Finding::fail(format!("列有档号“{code}”，没有这一件")).of(path));
    };
    let tidy = |text: &str| text.replace(|c: char| c.is_control(), " ").trim().to_owned();
    let differs = |(column, element): &&(&'static str, &str)| {
        tidy(catalogue::unguard(get(column))) != tidy(catalogue::unguard(item.data.get(element)))
    };
    let (column, _) = SHARED.iter().find(differs)?;
    Some(Finding::fail(format!("{code} 的{column}与元数据不同")).of(path))
}

/// Eight digits, of which month and day may be unknown (00).
fn is_date(text: &str) -> bool {
    let plain = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let part =
        |range| text.get(range).and_then(|part: &str| part.parse::<u32>().ok()).unwrap_or(99);
    plain && (1900..2200).contains(&part(0..4)) && part(4..6) <= 12 && part(6..8) <= 31
}

fn is_text(path: &str) -> bool {
    const TEXTS: [&str; 10] =
        ["txt", "csv", "xml", "html", "htm", "json", "md", "yaml", "yml", "svg"];
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    TEXTS.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// What personal data stands in the text, the worst of it. A telephone may be that of an
/// office, which only its makers know.
fn exposed(text: &str, place: &str) -> Option<Finding> {
    let found = privacy::find(text).into_iter().map(|(_, shape)| shape);
    let worst = found.min_by_key(|shape| *shape == Shape::Landline)?;
    let message = format!("{place}有{}", worst.name());
    Some(Finding::fail_if(worst != Shape::Landline, message))
}

/// Checksums are long runs of digits and letters; by chance one of them holds
/// what looks like a number of eleven digits.
fn without_checksums(text: &str) -> String {
    let is_sum = |word: &str| word.len() >= 32 && Checksum::parse(word).is_some();
    let pieces = text.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    let is_kept =
        |piece: &&str| !is_sum(piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()));
    pieces.map(|piece| if is_kept(&piece) { piece } else { " " }).collect()
}
