//! What a complete archive still lacks.

use super::contents::NOTHING_LACKS;
use super::piece::Piece;
use super::records::Access;
use super::{Material, windows};
use crate::diagnostic::Diagnostic;
use crate::election::Election;

/// A paper that an election leaves behind and no program can make.
struct Wanted {
    name: &'static str,
    /// An attachment whose name holds one of these is taken for it.
    words: &'static [&'static str],
    /// Whether the election has come so far.
    due: fn(&Election) -> bool,
}

/// After the range of an election's archive in 民发〔2013〕76号.
const WANTED: [Wanted; 9] = [
    Wanted {
        name: "推选选举委员会的会议记录",
        words: &["会议记录", "会议纪要", "推选"],
        due: |election| election.election_committee.get().is_some(),
    },
    Wanted {
        name: "签字的选民登记册",
        words: &["登记册", "登记表"],
        due: |election| election.registration.get().is_some(),
    },
    Wanted {
        name: "提名候选人的记录",
        words: &["提名", "推荐表"],
        due: |election| election.nomination.get().is_some(),
    },
    Wanted {
        name: "委托投票书",
        words: &["委托书", "委托投票"],
        due: |election| {
            election.proxies.get().is_some_and(|proxies| !proxies.list.items().is_empty())
        },
    },
    Wanted {
        name: "唱票、计票记录（计票单）", words: &["计票", "唱票"], due: has_result
    },
    Wanted { name: "签字的选举结果报告单", words: &["报告单"], due: has_result },
    Wanted { name: "选票封存登记", words: &["封存"], due: has_result },
    Wanted {
        name: "投票、计票现场的照片", words: &["照片", "现场", "合影"], due: has_result
    },
    Wanted {
        name: "签字的移交清单",
        words: &["移交"],
        due: |election| election.handover.get().is_some(),
    },
];

fn has_result(election: &Election) -> bool {
    election.result.get().is_some()
}

/// The list of what is lacking, each kind by name.
pub(super) struct Lacking {
    /// Public documents without a scan of the signed and sealed original.
    originals: Vec<String>,
    /// Other papers.
    papers: Vec<&'static str>,
    /// Documents whose data is not there yet.
    pending: Vec<String>,
}

impl Lacking {
    pub(super) fn of(material: &Material, pieces: &[Piece]) -> Self {
        let election = &material.dossier.election;
        let unsigned = |piece: &&Piece| piece.access == Access::Public && !piece.has_original();
        let handed_in = |wanted: &Wanted| {
            let attached = pieces.iter().filter(|piece| piece.has_original());
            let names = attached
                .flat_map(|piece| piece.parts.iter().map(|part| &part.title).chain([&piece.title]));
            let mut names = names;
            names.any(|name| wanted.words.iter().any(|word| name.contains(word)))
        };
        let documents = pieces.iter().filter(|piece| piece.document.is_some());
        let papers = WANTED.iter().filter(|wanted| (wanted.due)(election) && !handed_in(wanted));
        // A section that is not there at all is a step that was not taken, such
        // as a run-off; one that was begun leaves a document owing.
        let pending = material.composition.pending.iter().filter(|pending| pending.begun);
        Self {
            originals: documents.filter(unsigned).map(|piece| piece.title.clone()).collect(),
            papers: papers.map(|wanted| wanted.name).collect(),
            pending: pending.map(|pending| pending.front.name.clone()).collect(),
        }
    }

    fn count(&self) -> usize {
        self.originals.len() + self.papers.len() + self.pending.len()
    }

    /// All of it, each by name.
    pub(super) fn names(&self) -> Vec<String> {
        let originals = self.originals.iter().map(|title| format!("《{title}》"));
        let papers = self.papers.iter().map(|&name| name.to_owned());
        let pending = self.pending.iter().map(|name| format!("《{name}》"));
        originals.chain(papers).chain(pending).collect()
    }

    /// What the user is told when packing.
    pub(super) fn note(&self) -> Option<Diagnostic> {
        let mut kinds = Vec::new();
        if !self.originals.is_empty() {
            kinds.push(format!("{} 份公告没有签字盖章的扫描件", self.originals.len()));
        }
        if !self.papers.is_empty() {
            kinds.push(format!("没有{}", self.papers.join("、")));
        }
        if !self.pending.is_empty() {
            kinds.push(format!("{} 份文件的数据还不齐", self.pending.len()));
        }
        (!kinds.is_empty()).then(|| {
            let message = format!("档案还缺 {} 样：{}。", self.count(), kinds.join("；"));
            Diagnostic::note("archive-incomplete", message).help(
                "扫描件和照片放进 attachments 文件夹，用文件的名称或“第N号”命名，再打包一次。\
                 全部缺件列在包内的“其他/缺件清单.txt”。",
            )
        })
    }

    /// 缺件清单, to be printed and ticked off.
    pub(super) fn text(&self) -> String {
        let mut text = "缺件清单\n\n".to_owned();
        if self.count() == 0 {
            text += &format!("{NOTHING_LACKS}\n");
        }
        let originals: Vec<_> = self.originals.iter().map(|title| format!("《{title}》")).collect();
        let papers: Vec<_> = self.papers.iter().map(|&name| name.to_owned()).collect();
        let pending: Vec<_> = self.pending.iter().map(|name| format!("《{name}》")).collect();
        text += &section("没有签字盖章原件扫描件的公告", &originals);
        text += &section("没有收入的其他材料（范围参照民发〔2013〕76号）", &papers);
        text += &section("数据还不齐、没有生成的文件", &pending);
        text += "扫描件和照片是按名称认的；已经有而名称不同的，不必再补。\n\
                 选票本身不入本包，按规定封存保管。\n";
        windows(&text)
    }
}

/// Each line with a box to tick; `verify` counts the boxes.
fn section(heading: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let lines: String = lines.iter().map(|line| format!("□ {line}\n")).collect();
    format!("{heading}：\n{lines}\n")
}
