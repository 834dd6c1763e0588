//! What is to be printed: a list of it, and one file for each size of paper.

use std::collections::BTreeMap;

use super::{MadeFile, Press, is_posted};
use crate::compose::document::{Block, Inline, Table, Text};
use crate::compose::facts::Ward;
use crate::compose::{Composed, Composition, Document};
use crate::diagnostic::Report;
use crate::files::Readers;
use crate::law::Occasion;
use crate::typeset::{Job, Leaves, printer};

/// The folder of the output in which they lie.
const FOLDER: &str = "打印";

/// Copies up to which the pages stand in the file so many times: of more the printer
/// is told.
const MOST_REPEATED: usize = 10;

/// A document as it goes to the printer.
pub(super) struct Run<'a> {
    pub composed: &'a Composed,
    pub title: String,
    pub layout: &'a str,
    pub leaves: Leaves,
}

/// How many copies of a document are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Copies {
    Of(usize),
    /// As many as are handed out: written in by hand.
    AsNeeded,
}

impl Press {
    /// The list, and the files in which the pages stand that go through the printer
    /// in a few copies.
    pub(super) fn printing(
        &self,
        composition: &Composition,
        runs: &[Run],
    ) -> Result<Vec<MadeFile>, Report> {
        let mut by_paper: BTreeMap<String, Vec<(&Leaves, usize)>> = BTreeMap::new();
        let mut pages_before: BTreeMap<String, usize> = BTreeMap::new();
        let mut rows = Vec::new();
        for (n, run) in (1..).zip(runs) {
            let (copies, paper) = (copies(run, composition), run.leaves.paper());
            let repeated = match copies {
                Copies::Of(copies) if copies <= MOST_REPEATED => copies,
                _ => 1,
            };
            let place = if run.leaves.is_kept() {
                let before = pages_before.entry(paper.clone()).or_default();
                let first = *before + 1;
                *before += run.leaves.count() * repeated;
                by_paper.entry(paper.clone()).or_default().push((&run.leaves, repeated));
                match first == *before {
                    true => format!("{paper}.pdf 第{first}页"),
                    false => format!("{paper}.pdf 第{first}至{before}页"),
                }
            } else {
                "单独的文件".to_owned()
            };
            let printed = match copies {
                Copies::Of(copies) if copies > repeated => {
                    Text::plain(format!("{copies}（另行加印）"))
                }
                Copies::Of(copies) => Text::plain(copies.to_string()),
                Copies::AsNeeded => Text(vec![Inline::Blank(3)]),
            };
            let plain = |text: String| Text::plain(text);
            rows.push(vec![
                plain(n.to_string()),
                plain(run.title.clone()),
                plain(paper),
                plain(run.leaves.count().to_string()),
                printed,
                colour(run, composition),
                plain(place),
            ]);
        }
        let (list, pages) = self.print_list(composition, rows)?;
        let mut files = vec![file("印制清单", list, pages)];
        for (paper, leaves) in by_paper {
            let title = format!("{}打印件（{paper}）", composition.facts.place);
            let pages = leaves.iter().map(|(leaves, copies)| leaves.count() * copies).sum();
            files.push(file(&paper, printer::join(&title, &leaves)?, pages));
        }
        Ok(files)
    }

    fn print_list(
        &self,
        composition: &Composition,
        rows: Vec<Vec<Text>>,
    ) -> Result<(Vec<u8>, usize), Report> {
        const HEAD: [&str; 7] = ["次序", "文件", "纸张", "每份页数", "份数", "纸的颜色", "在哪里"];
        let facts = &composition.facts;
        let paragraph = |text: &str| Block::Paragraph { text: Text::plain(text) };
        let mut blocks = vec![Block::Table(Table::of(&HEAD, rows))];
        let has = |layouts: &[&str]| {
            let made = composition.documents.iter().flat_map(|made| &made.front.layouts);
            made.into_iter().any(|layout| layouts.contains(&layout.as_str()))
        };
        if has(&["ballot"]) {
            blocks.extend(ballots_by_station(composition));
        }
        blocks.push(paragraph("按次序打印，单面。张贴的，每个张贴地点一份，另留一份存档；份数空着的，按需要填写。各纸张的文件里，十份以内的已经按份数排好，直接打印即可；“另行加印”的，文件里只有一份。"));
        if has(&["ballot", "cards", "certificate"]) {
            blocks.push(paragraph("选票用什么颜色的纸，由选举委员会决定，写在“投票”的“选票颜色”里，各职务不得相同，便于分票；选民证、委托投票证、当选证书宜用厚纸。选票加盖公章，用剩的当众销毁。"));
        }
        let place = format!("{}{}", facts.place, facts.term_name.as_deref().unwrap_or_default());
        let title =
            vec![format!("{place}{}换届选举", facts.words.committee), "印制清单".to_owned()];
        let list = Document::form("print-list", title, blocks);
        let mut pdfs = self.typesetter().pdfs(&[Job { document: &list, layout: "catalogue" }])?;
        Ok(pdfs.pop().map(|pdf| (pdf.bytes, pdf.pages)).unwrap_or_default())
    }
}

fn colour(run: &Run, composition: &Composition) -> Text {
    let colours = composition.facts.ballot_colours.as_ref();
    match run.layout {
        "ballot" => match colours.filter(|_| run.composed.front.id == "ballot") {
            Some(colours) => Text::plain(colours.replace("选票为", "").replace('，', "、")),
            None => Text(vec![Inline::Blank(3)]),
        },
        "cards" | "certificate" => Text::plain("白（厚纸）"),
        _ => Text::plain("白"),
    }
}

fn copies(run: &Run, composition: &Composition) -> Copies {
    let front = &run.composed.front;
    let has_poster = front.layouts.iter().any(|layout| layout.starts_with("poster"));
    let on_wall = composition.facts.posting_places.max(1);
    match run.layout {
        "ballot" => match composition.chosen.or(composition.facts.electorate.map(|n| n as usize)) {
            Some(electors) if front.occasion == Occasion::Election => {
                // Two lie side by side on A4 across.
                let on_sheet =
                    if run.leaves.lies_across() && run.leaves.paper() == "A4" { 2 } else { 1 };
                Copies::Of(electors.div_ceil(on_sheet))
            }
            _ => Copies::AsNeeded,
        },
        "cards" | "certificate" | "envelope" | "strips" => Copies::Of(1),
        layout if layout.starts_with("poster") => Copies::Of(on_wall),
        _ if front.handout => Copies::AsNeeded,
        _ if is_posted(front) && has_poster => Copies::Of(1),
        _ if is_posted(front) => Copies::Of(on_wall + 1),
        _ => Copies::Of(2),
    }
}

/// How many ballots go to each station, and there to each group.
fn ballots_by_station(composition: &Composition) -> Vec<Block> {
    let facts = &composition.facts;
    if facts.elector_kind != Some("all_voters")
        || facts.wards.is_empty()
        || composition.chosen.is_some()
    {
        return Vec::new();
    }
    let has_stations = facts.wards.iter().any(|ward| ward.station.is_some());
    let mut rows = Vec::new();
    for ward in &facts.wards {
        let station = ward.station.as_deref().unwrap_or("—");
        let row = |what: &str, count: usize| {
            let cells = [station, what].into_iter().skip(usize::from(!has_stations));
            cells.map(Text::plain).chain([Text::plain(count.to_string())]).collect::<Vec<_>>()
        };
        rows.extend(ward.groups.iter().map(|(name, voters)| row(name, *voters)));
        if has_stations && ward.groups.len() > 1 {
            rows.push(row("小计", ward.voters()));
        }
    }
    let total: usize = facts.wards.iter().map(Ward::voters).sum();
    let blank = has_stations.then(|| Text::plain(""));
    rows.push(
        [Text::plain("合计")]
            .into_iter()
            .chain(blank)
            .chain([Text::plain(total.to_string())])
            .collect(),
    );
    let head: &[&str] = if has_stations {
        &["投票站", "小组", "每种选票几张"]
    } else {
        &["小组", "每种选票几张"]
    };
    vec![
        Block::Heading { level: 1, text: Text::plain("各投票站、各小组的选票") },
        Block::Table(Table::of(head, rows)),
    ]
}

fn file(title: &str, bytes: Vec<u8>, pages: usize) -> MadeFile {
    let path = format!("{FOLDER}/{title}.pdf");
    // Registers and cards are among what is printed.
    let readers = Readers::Owner;
    MadeFile { path, title: title.to_owned(), bytes, pages, document: usize::MAX, readers }
}
