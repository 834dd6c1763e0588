//! 四性检测报告: the result of a verification on paper.

use super::forms::make_printable;
use crate::bag::{Check, Group, Verdict, Verification};
use crate::compose::Document;
use crate::compose::document::{Align, Block, Column, Inline, Table, Text};
use crate::diagnostic::Report;
use crate::typeset::{Job, Typesetter};

/// Prints the checklist of DA/T 70 as PDF. It bears no date of its own: who
/// checks writes it in by hand, beside the signature.
pub fn print(verification: &Verification, typesetter: &Typesetter) -> Result<Vec<u8>, Report> {
    let mut document = document(verification);
    make_printable(&mut document, typesetter.fonts());
    let job = Job { document: &document, layout: "checklist" };
    let mut pdfs = typesetter.pdfs(&[job])?;
    Ok(pdfs.remove(0).bytes)
}

/// The same in every group, whatever stands in the cells: one form.
const COLUMNS: [Column; 4] = [
    Column::new(Align::Center, 4),
    Column::new(Align::Left, 48),
    Column::new(Align::Center, 8),
    Column::new(Align::Left, 50),
];

fn document(verification: &Verification) -> Document {
    let Verification { package, files, bytes, version, .. } = verification;
    let version = version.as_ref().map_or("无".to_owned(), |version| format!("BagIt {version}"));
    let mut blocks = vec![
        paragraph(format!("检测对象：{package}（{version}，{files} 个文件，{bytes} 字节）")),
        paragraph("检测依据：DA/T 70—2018《文书类电子档案检测一般要求》、RFC 8493（BagIt 1.0）"),
        paragraph(verification.conclusion()),
    ];
    for group in Group::ALL {
        let checks = verification.checks.iter().filter(|check| check.group == group);
        let rows: Vec<_> = checks.map(row).collect();
        if !rows.is_empty() {
            blocks.push(Block::Heading { level: 1, text: Text::plain(group.name()) });
            let mut table = Table::of(&["编号", "检测项目", "结果", "说明"], rows);
            table.columns = COLUMNS.to_vec();
            blocks.push(Block::Table(table));
        }
    }
    blocks.push(signatures());
    Document::form("verification", vec!["电子档案四性检测报告".to_owned()], blocks)
}

fn row(check: &Check) -> Vec<Text> {
    let said = [check.file.as_deref().unwrap_or_default(), &check.message];
    let said: Vec<_> = said.into_iter().filter(|part| !part.is_empty()).collect();
    let verdict = match check.verdict {
        Verdict::Fail | Verdict::Warning => Inline::Strong(check.verdict.name().to_owned()),
        _ => Inline::Plain(check.verdict.name().to_owned()),
    };
    vec![
        Text::plain(check.id),
        Text::plain(check.title),
        Text(vec![verdict]),
        Text::plain(said.join("：")),
    ]
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph { text: Text::plain(text) }
}

fn signatures() -> Block {
    let plain = |text: &str| Inline::Plain(text.to_owned());
    Block::Paragraph {
        text: Text(vec![
            plain("检测人（签字）："),
            Inline::Blank(8),
            plain("　检测日期："),
            Inline::Blank(3),
            plain("年"),
            Inline::Blank(2),
            plain("月"),
            Inline::Blank(2),
            plain("日"),
        ]),
    }
}
