//! Whether all that the documents say can be printed, in every format: found in
//! what is printed, and told where it was written.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Folder;
use crate::assets::Assets;
use crate::compose::Composition;
use crate::compose::markdown::REPLACEMENT;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::election::roll::Column;
use crate::text::is_unprintable;
use crate::typeset::Fonts;

/// Reports each character of the documents that no face has, or that nobody can
/// see, at every place where it was written. It is never dropped or replaced.
pub(super) fn check(
    composition: &Composition,
    folder: &Folder,
    fonts: &Fonts,
    report: &mut Report,
) {
    report.extend(borrowed(composition, fonts));
    let strange = strange_characters(composition, fonts);
    if strange.is_empty() {
        return;
    }
    let mut found: BTreeSet<char> = BTreeSet::new();
    let is_strange = |c: &char| strange.contains_key(c);
    for (text, place) in written(folder) {
        if let Some(c) = text.chars().map(as_printed).find(is_strange) {
            found.insert(c);
            report.push(unprintable(c).at(place));
        }
    }
    for (c, document) in strange.into_iter().filter(|(c, _)| !found.contains(c)) {
        let problem = unprintable(c);
        report.push(match in_assets(folder.kit.assets(), c) {
            Some(place) => problem.at(place),
            None => Diagnostic {
                message: format!("《{document}》里有印不出的字。{}", problem.message),
                ..problem
            },
        });
    }
}

/// Each of them with the title of the first document that it is in.
fn strange_characters(composition: &Composition, fonts: &Fonts) -> BTreeMap<char, String> {
    let mut known: HashMap<char, bool> = HashMap::new();
    let mut is_sound = |c: char| {
        let is_sound = || c != REPLACEMENT && !is_unprintable(c) && fonts.covers(c);
        *known.entry(c).or_insert_with(is_sound)
    };
    let mut strange = BTreeMap::new();
    for composed in &composition.documents {
        for text in composed.document.texts() {
            for c in text.chars().filter(|c| !is_sound(*c)) {
                strange.entry(c).or_insert_with(|| composed.document.title.clone());
            }
        }
    }
    strange
}

/// That the face of the text has not all its characters, where other faces have: they
/// are printed, but look otherwise.
fn borrowed(composition: &Composition, fonts: &Fonts) -> Option<Diagnostic> {
    let face = fonts.narrow()?;
    let texts = composition.documents.iter().flat_map(|composed| composed.document.texts());
    let is_borrowed = |c: &char| *c >= '\u{3400}' && !face.covers(*c) && fonts.covers(*c);
    let all: BTreeSet<char> = texts.flat_map(|text| text.chars().collect::<Vec<_>>()).collect();
    let lacking: String = all.into_iter().filter(is_borrowed).collect();
    let message =
        format!("{}（{}）里没有“{lacking}”，这些字印成别的字体。", face.title, face.family);
    let help = "GB2312 的字体只有 6763 个字。Windows 自带的仿宋（simfang.ttf）字多：\
                卸掉“仿宋_GB2312”，就用它。";
    (!lacking.is_empty()).then(|| Diagnostic::note("glyph-borrowed", message).help(help))
}

/// Every text that documents may take up, with its place: of the description, and
/// of the rolls. A place is made only as long as it is looked at: there may be a
/// million.
fn written(folder: &Folder) -> impl Iterator<Item = (String, Place)> + '_ {
    let dossier = &folder.dossier;
    let texts = dossier.texts().into_iter().map(|(text, place)| (text.to_owned(), place));
    let rolls = [&dossier.roll, &dossier.posted_roll].into_iter().flatten();
    let voters = rolls.flat_map(|roll| roll.voters.iter().map(move |voter| (roll, voter)));
    texts.chain(voters.flat_map(|(roll, voter)| {
        let name = (voter.name.as_str().to_owned(), roll.place(voter.row, Column::Name));
        let group = roll.group_of(voter).map(str::to_owned);
        let group = group.map(|group| (group, roll.place(voter.row, Column::Group)));
        std::iter::once(name).chain(group)
    }))
}

/// Where somebody's own wording or words have it.
fn in_assets(assets: &Assets, c: char) -> Option<Place> {
    assets.iter().filter(|(_, asset)| asset.is_own).find_map(|(_, asset)| {
        let at = asset.source.text.char_indices().find(|(_, other)| as_printed(*other) == c)?.0;
        Some(Place::Text(asset.source.clone(), at..at + c.len_utf8()))
    })
}

/// What a document shows for a character that may not be in one.
fn as_printed(c: char) -> char {
    if is_unprintable(c) && !c.is_control() && c >= '\u{fffc}' { REPLACEMENT } else { c }
}

fn unprintable(c: char) -> Diagnostic {
    let code = c as u32;
    match c == REPLACEMENT || is_unprintable(c) {
        true => {
            Diagnostic::error("no-glyph", format!("这里有看不见或者不能印的字符（U+{code:04X}）。"))
                .help("多半是从别处粘贴来的；请删去这几个字，重新输入。")
        }
        false => Diagnostic::error("no-glyph", format!("现有字体印不出“{c}”（U+{code:04X}）。"))
            .help(
                "请安装收有这个字的字体：Debian 上是 fonts-hanazono，\
                 其他系统可用花园明朝、中华书局宋体或遍黑体，放进 fonts 文件夹即可。",
            ),
    }
}
