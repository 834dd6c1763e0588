//! The printed forms of the archive: 归档文件目录, 备考表, 档案盒封面 and 盒脊.

use jiff::civil::Date;

use super::Scope;
use super::catalogue::{self, Holder};
use super::contents::{CATALOGUE_PDF, COVER_PDF, NOTE_PDF};
use super::records::{Origin, Record};
use crate::bag::Item;

use crate::compose::document::{Block, Document, Inline, Table, Text};
use crate::diagnostic::Report;
use crate::typeset::{Fonts, Job, Typesetter};

/// What the forms are filled in from.
pub(super) struct Forms<'a> {
    /// 淇美社区第六届居民委员会
    pub title: String,
    pub holder: &'a Holder,
    pub records: &'a [Record],
    pub scope: Scope,
    pub dated: Date,
    pub archivist: Option<&'a String>,
    pub checked_by: Option<&'a String>,
}

impl Forms<'_> {
    /// All forms as PDF, at their places in the packet.
    pub(super) fn print(&self, typesetter: &Typesetter) -> Result<Vec<Item>, Report> {
        let forms = [
            (CATALOGUE_PDF, "catalogue", self.catalogue()),
            (NOTE_PDF, "box-note", self.note()),
            (COVER_PDF, "box-cover", self.cover()),
        ];
        let forms = forms.map(|(path, layout, mut document)| {
            make_printable(&mut document, typesetter.fonts());
            (path, layout, document)
        });
        let jobs = forms.each_ref().map(|(_, layout, document)| Job { document, layout });
        let pdfs = typesetter.pdfs(&jobs)?;
        let items = forms.iter().zip(pdfs);
        Ok(items.map(|((path, ..), pdf)| Item::bytes(*path, pdf.bytes)).collect())
    }

    fn catalogue(&self) -> Document {
        let rows = catalogue::rows(self.records)
            .map(|fields| fields.into_iter().map(Text::plain).collect());
        let table = Table::of(&catalogue::COLUMNS, rows.collect());
        self.document("archive-catalogue", "归档文件目录", vec![Block::Table(table)])
    }

    /// 备考表, one for each box.
    fn note(&self) -> Document {
        let blocks = self.boxes().into_iter().flat_map(|held| self.box_note(&held)).collect();
        self.document("archive-note", "备考表", blocks)
    }

    fn box_note(&self, held: &BoxFile) -> Vec<Block> {
        let blank = |width| Text(vec![Inline::Blank(width)]);
        let day = || {
            let part = |width, unit: &str| [Inline::Blank(width), Inline::Plain(unit.into())];
            Text([part(3, "年"), part(2, "月"), part(2, "日")].concat())
        };
        let person = |name: Option<&String>| {
            name.map_or_else(|| blank(6), |name| Text(vec![Inline::Name(name.clone())]))
        };
        let rows = vec![
            vec![Text::plain("整理人"), person(self.archivist)],
            vec![Text::plain("整理日期"), day()],
            vec![Text::plain("检查人"), person(self.checked_by)],
            vec![Text::plain("检查日期"), day()],
        ];
        let mut blocks = vec![Block::Heading { level: 1, text: Text::plain(held.class.clone()) }];
        let said = self.situation(held);
        blocks.extend(said.into_iter().map(|text| Block::Paragraph { text: Text::plain(text) }));
        blocks.push(Block::Table(Table::of(&[], rows)));
        blocks
    }

    /// 盒内文件情况说明.
    fn situation(&self, held: &BoxFile) -> Vec<String> {
        let records = &held.records;
        let files = records.iter().map(|record| record.files.len()).sum::<usize>();
        let pages = records.iter().filter_map(|record| record.pages).sum::<u32>();
        let has_original =
            |record: &&&Record| record.files.iter().any(|file| file.origin == Origin::Attached);
        let unsigned = records.len() - records.iter().filter(has_original).count();
        let mut said = vec![format!(
            "本盒有归档文件{}件，件号{}；电子文件{files}个，其中由数据生成的文件共{pages}页。",
            records.len(),
            held.numbers(),
        )];
        if unsigned > 0 {
            said.push(format!(
                "其中{unsigned}件没有签字盖章原件的扫描件。纸质原件另存，与电子文件按档号对应。"
            ));
        }
        said.push(match self.scope {
            Scope::Whole => "缺少的材料见电子档案“其他”文件夹中的缺件清单。".to_owned(),
            Scope::Public => "本目录是公开版，内部各件不在其中，件号因此可能不相连。".to_owned(),
        });
        said
    }

    /// 档案盒封面 and 盒脊: one table for each box.
    fn cover(&self) -> Document {
        let blocks = self.boxes().into_iter().map(|held| {
            let code = &held.records[0].code;
            let rows = [
                // On the cover the name stands by itself.
                ("", self.holder.fonds_name.clone()),
                ("全宗号", code.fonds.clone()),
                ("年度", code.year.to_string()),
                ("保管期限", code.retention.name().to_owned()),
                ("机构（问题）", code.unit.clone().unwrap_or_default()),
                ("起止件号", held.numbers()),
                ("盒号", String::new()),
            ];
            let rows = rows.map(|(label, value)| vec![Text::plain(label), Text::plain(value)]);
            Block::Table(Table::of(&[], rows.to_vec()))
        });
        self.document("archive-cover", "档案盒封面", blocks.collect())
    }

    /// The records by their lowest class, each of which has boxes of its own.
    fn boxes(&self) -> Vec<BoxFile<'_>> {
        let mut boxes: Vec<BoxFile> = Vec::new();
        for record in self.records {
            let class = record.code.class();
            match boxes.iter_mut().find(|held| held.class == class) {
                Some(held) => held.records.push(record),
                None => boxes.push(BoxFile { class, records: vec![record] }),
            }
        }
        boxes
    }

    fn document(&self, id: &str, name: &str, blocks: Vec<Block>) -> Document {
        let lines = vec![self.title.clone(), format!("换届选举{name}")];
        Document { dated: Some(self.dated), ..Document::form(id, lines, blocks) }
    }
}

/// The records of one lowest class.
struct BoxFile<'a> {
    class: String,
    records: Vec<&'a Record>,
}

impl BoxFile<'_> {
    /// `0001—0007`
    fn numbers(&self) -> String {
        let numbers = self.records.iter().map(|record| record.code.number());
        let (first, last) = (numbers.clone().min(), numbers.max());
        let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
        if first == last { first } else { format!("{first}—{last}") }
    }
}

/// Names of files come from anywhere. A form is printed all the same: 〓 is what
/// printers have always set for a character they lack.
pub(super) fn make_printable(document: &mut Document, fonts: &Fonts) {
    let mend = |text: &mut String| {
        if text.chars().any(|c| !fonts.covers(c)) {
            *text = text.chars().map(|c| if fonts.covers(c) { c } else { '〓' }).collect();
        }
    };
    mend(&mut document.title);
    document.title_lines.iter_mut().for_each(mend);
    let cells = document.blocks.iter_mut().flat_map(|block| match block {
        Block::Heading { text, .. } | Block::Paragraph { text } => vec![text],
        Block::Table(table) => table.rows.iter_mut().flatten().map(|cell| &mut cell.text).collect(),
        _ => Vec::new(),
    });
    for inline in cells.flat_map(|text| &mut text.0) {
        if let Inline::Plain(text) | Inline::Strong(text) | Inline::Name(text) = inline {
            mend(text);
        }
    }
}
