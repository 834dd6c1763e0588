//! Templates: one file a document, front matter and wording.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;

use super::document::Audience;
use super::names;
use crate::assets::Assets;
use crate::bag::names::{folded, from_title};
use crate::diagnostic::{Diagnostic, Place, Report, Source};
use crate::election::words::Words;
use crate::election::yaml::{self, Node, Value};
use crate::election::{Election, Stage};
use crate::law::Occasion;
use crate::number::sized;

/// What a template says of its document before the wording begins.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontMatter {
    /// Stable name, also that of the template's file.
    pub id: String,
    /// What users call the kind of document, such as 选举结果公告.
    pub name: String,
    /// The title, with MiniJinja; `|` marks where it may be broken.
    pub title: String,
    pub stage: Stage,
    /// The page designs it is set in; the first is the master.
    pub layouts: Vec<String>,
    /// Whether it takes the next 公告第N号.
    #[serde(default)]
    pub numbered: bool,
    /// What the office that issues it numbers it by, with MiniJinja: 仙街发〔2026〕5号.
    pub reference: Option<String>,
    /// Who signs, with MiniJinja.
    pub issuer: Option<String>,
    /// The path of its date in the election, such as `result.announced_on`.
    pub dated: Option<String>,
    pub audience: Audience,
    /// On which day it usually is posted, counted from the election day: orders
    /// the numbers of notices whose dates do not.
    #[serde(default)]
    pub usual_day: i16,
    /// Parts of the election without which it is not yet due.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Of these, parts that may still be missing when it is printed as a form to
    /// be filled in by hand.
    #[serde(default)]
    pub blank: Vec<String>,
    /// Of these, parts that may be missing where it is asked for by its name.
    #[serde(default)]
    pub waived: Vec<String>,
    /// The path of what is true where another document takes its place.
    pub unless: Option<String>,
    /// Whether it is handed out (a form, a card, a ballot) and not kept as it
    /// was printed: archives get what comes back.
    #[serde(default)]
    pub handout: bool,
    /// Whether only some elections have it, such as a run-off.
    #[serde(default)]
    pub occasional: bool,
    /// What it tells of, which has a day, and so a law, of its own.
    #[serde(default)]
    pub occasion: Occasion,
    /// Of each of which things it makes a document, under this name.
    pub each: Option<String>,
    /// The document that corrects it after it was posted, in a way of its own.
    pub corrected_by: Option<String>,
    pub addressee: Option<String>,
    /// 永久, 30年 or 10年, unless the election's own table says otherwise.
    pub retention: Retention,
}

impl FrontMatter {
    /// How long it is kept, and by what rule: by the election's own table, or else as
    /// the template says.
    pub fn retention(&self, election: &Election, words: &Words) -> (String, String) {
        let own = election.archive.get().map_or(&[][..], |archive| archive.retention.items());
        let own = own.iter().find(|own| own.document.get() == Some(&self.id));
        let Retention { period, basis } = &self.retention;
        let period = own.and_then(|own| own.period.get()).unwrap_or(period);
        let basis = own.and_then(|own| own.basis.get()).or(basis.as_ref());
        (period.clone(), basis.unwrap_or(&words.retention_basis).clone())
    }

    /// The title in the pieces at which it may be broken. Within `{{ … }}` the
    /// same sign is that of a filter.
    pub fn title_pieces(&self) -> Vec<&str> {
        let (mut pieces, mut start, mut depth) = (Vec::new(), 0, 0_i32);
        for (at, c) in self.title.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                '|' if depth == 0 => {
                    pieces.push(&self.title[start..at]);
                    start = at + 1;
                }
                _ => {}
            }
        }
        pieces.push(&self.title[start..]);
        pieces
    }

    /// Whether it goes by this code or name, as people write it.
    pub fn is_named(&self, named: &str) -> bool {
        let named = named.trim_matches(['《', '》', '“', '”', '"', ' ']);
        self.id.eq_ignore_ascii_case(named) || self.name == named
    }

    /// Whether it can be printed before the day to be filled in by hand.
    pub fn is_form(&self) -> bool {
        self.handout || !self.blank.is_empty()
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    pub period: String,
    /// The rule on which the period rests, if not the archive rules of the committee's
    /// kind.
    pub basis: Option<String>,
}

/// A template as it was read.
#[derive(Clone, Debug)]
pub struct Template {
    pub front: FrontMatter,
    /// The whole file, for messages.
    pub source: Arc<Source>,
    /// The front matter with the place of each value in the file.
    head: Node,
    /// Where in the file the wording begins, in bytes.
    body: usize,
}

/// A piece of a template, and where in the file it stands.
#[derive(Clone, Debug)]
pub struct Passage<'a> {
    /// The name under which it is compiled, once: `voter-list/title/0`.
    pub name: String,
    pub source: &'a Arc<Source>,
    pub text: &'a str,
    pub at: Range<usize>,
}

impl<'a> Passage<'a> {
    /// The whole of a part.
    pub fn of_part(source: &'a Arc<Source>) -> Self {
        Self { name: String::new(), source, text: &source.text, at: 0..source.text.len() }
    }
}

impl Template {
    /// The wording.
    pub fn body(&self) -> Passage<'_> {
        let at = self.body..self.source.text.len();
        let name = format!("{}/body", self.front.id);
        Passage { name, source: &self.source, text: &self.source.text[at.clone()], at }
    }

    /// The title, a passage for each piece at which it may be broken.
    pub fn title(&self) -> Vec<Passage<'_>> {
        let pieces = self.front.title_pieces().into_iter().enumerate();
        pieces.map(|(n, piece)| self.passage("title", n, piece)).collect()
    }

    pub fn issuer(&self) -> Option<Passage<'_>> {
        Some(self.passage("issuer", 0, self.front.issuer.as_deref()?))
    }

    pub fn addressee(&self) -> Option<Passage<'_>> {
        Some(self.passage("addressee", 0, self.front.addressee.as_deref()?))
    }

    pub fn reference(&self) -> Option<Passage<'_>> {
        Some(self.passage("reference", 0, self.front.reference.as_deref()?))
    }

    /// The date under the signature.
    pub fn date(&self) -> Passage<'_> {
        self.passage("dated", 0, "{{ dated | date }}")
    }

    /// Everything in it that is rendered.
    pub fn passages(&self) -> impl Iterator<Item = Passage<'_>> {
        let single = [self.issuer(), self.addressee(), self.reference()].into_iter().flatten();
        self.title().into_iter().chain([self.body(), self.date()]).chain(single)
    }

    /// What the front matter says, wholly or in part, under `key`, or what is
    /// made of it.
    fn passage<'a>(&'a self, key: &str, n: usize, text: &'a str) -> Passage<'a> {
        let whole = self.value(key).map_or(0..self.body.min(3), |node| node.span.clone());
        let found = self.source.text[whole.clone()].find(text).map(|at| whole.start + at);
        let at = found.map_or(whole, |start| start..start + text.len());
        Passage { name: format!("{}/{key}/{n}", self.front.id), source: &self.source, text, at }
    }

    fn value(&self, key: &str) -> Option<&Node> {
        let Value::Mapping(entries) = &self.head.value else { return None };
        entries.iter().find(|(known, _)| known.text == key).map(|(_, value)| value)
    }

    fn parse(source: Arc<Source>) -> Result<Self, Diagnostic> {
        let problem = |message: String, at| {
            Diagnostic::error("template", message).at(Place::Text(source.clone(), at))
        };
        let text = &source.text;
        let body = text
            .strip_prefix("---\n")
            .and_then(|rest| rest.find("\n---\n").map(|end| 4 + end + 5))
            .ok_or_else(|| {
                problem("模板开头应有两行“---”夹着的说明。".to_owned(), 0..3)
                    .help("请对照自带的模板，zhangbang templates export 可导出。")
            })?;
        // Without the two rulers, but with every value in its place.
        let head = Source::new(source.path.clone(), format!("   \n{}", &text[4..body - 4]));
        let front = serde_yaml::from_str::<FrontMatter>(&head.text).map_err(|error| {
            let line = error.location().map_or(2, |location| sized(location.line()));
            let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
            let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
            problem(format!("模板开头的说明有误：{}。", yaml::misfit(&error)), start..end)
                .help("请对照 docs/templates.md 里的说明。")
        })?;
        Ok(Self { front, head: yaml::parse(&head)?, source, body })
    }

    /// What the front matter says of the election in words that it has not.
    fn strange_paths(&self) -> impl Iterator<Item = Diagnostic> + '_ {
        let paths = ["needs", "dated", "blank", "unless"].into_iter().flat_map(|key| {
            let nodes = match self.value(key) {
                Some(Node { value: Value::Sequence(items), .. }) => items.iter().collect(),
                found => Vec::from_iter(found),
            };
            nodes.into_iter().map(move |node| (key, node))
        });
        paths.filter_map(|(key, node)| {
            let Value::Scalar(path) = &node.value else { return None };
            let whole = key != "blank" || !path.contains('.');
            if whole && names::is_known(path) {
                return None;
            }
            let guess = match names::near(path).filter(|_| whole) {
                Some(near) => format!("没有“{path}”，是不是“{near}”？"),
                None if whole => format!("没有“{path}”。"),
                None => format!("只写最外层的键，不写“{path}”。"),
            };
            let place = Place::Text(self.source.clone(), node.span.clone());
            let problem = Diagnostic::error("template", format!("开头的 {key} 里{guess}"));
            Some(
                problem
                    .at(place)
                    .help("可以写选举说明里的英文键，和 docs/templates.md 里列出的名称。"),
            )
        })
    }

    /// That another has the same `id` or `name`.
    fn named_as(&self, other: &Self, key: &str) -> Diagnostic {
        let message = format!("{key} 与另一个模板的相同，两份文件会互相覆盖。");
        Diagnostic::error("template", message)
            .at(self.place_of(key))
            .also(other.place_of(key), "另一个模板")
            .help("请换一个；要替换自带的模板，文件名与它的相同。只是大小写不同的也算相同。")
    }

    fn place_of(&self, key: &str) -> Place {
        let at = self.value(key).map_or(0..self.body.min(3), |node| node.span.clone());
        Place::Text(self.source.clone(), at)
    }

    /// Parts brought in under the name of something that is said of the election, which
    /// they would hide.
    fn hiding_imports(&self) -> impl Iterator<Item = Diagnostic> + '_ {
        let hiding = imported(&self.source.text).filter(|(_, name)| names::is_known(name));
        hiding.map(|(from, name)| {
            let message = format!("引入的部分叫作“{name}”，选举说明里同名的内容就用不到了。");
            Diagnostic::error("template", message)
                .at(Place::Text(self.source.clone(), from..from + name.len()))
                .help("请在 as 后面换一个名称。")
        })
    }
}

/// The names that a wording gives to what it brings in, and where they stand: `import … as
/// NAME`, `from … import NAME, … as NAME`.
fn imported(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let statements = text.match_indices("{%").filter_map(|(at, open)| {
        let inside = text[at + open.len()..].split("%}").next()?.trim_end_matches('-');
        let from = at + open.len();
        let (word, _) = inside.trim_start_matches('-').trim_start().split_once(' ')?;
        let sign = match word {
            "import" => " as ",
            "from" => " import ",
            _ => return None,
        };
        let begin = inside.find(sign)? + sign.len();
        Some((from + begin, &inside[begin..]))
    });
    statements.flat_map(|(mut at, list)| {
        list.split(',').map(move |one| {
            let alias = one.find(" as ").map_or(0, |found| found + " as ".len());
            let name = one[alias..].trim_start();
            let from = at + one.len() - name.len();
            at += one.len() + 1;
            (from, name.trim_end())
        })
    })
}

/// All templates of documents among `assets`, in the order of the stages.
pub fn documents(assets: &Assets, report: &mut Report) -> Vec<Template> {
    let mut read = Vec::new();
    for (name, asset) in assets.in_folder("templates/documents") {
        if !name.ends_with(".md") {
            continue;
        }
        match Template::parse(asset.source.clone()) {
            Ok(template) => {
                report.extend(template.strange_paths());
                report.extend(template.hiding_imports());
                read.push((asset.is_own, template));
            }
            Err(problem) => report.push(problem),
        }
    }
    // Whoever adds one gives way to what is there.
    read.sort_by_key(|(is_own, _)| *is_own);
    let mut templates: Vec<Template> = read.into_iter().map(|(_, template)| template).collect();
    report.extend(namesakes(&templates));
    templates.sort_by(|a, b| (a.front.stage, &a.front.id).cmp(&(b.front.stage, &b.front.id)));
    templates
}

/// Templates whose documents would take each other's place: files are named after them,
/// and some systems take large and small letters for the same.
fn namesakes(templates: &[Template]) -> Vec<Diagnostic> {
    let keys = |template: &Template| {
        let FrontMatter { id, name, .. } = &template.front;
        [("id", id.to_lowercase()), ("name", folded(&from_title(name)))]
    };
    let mut seen: BTreeMap<(&str, String), &Template> = BTreeMap::new();
    let mut told = Vec::new();
    for template in templates {
        let taken = keys(template).into_iter().find_map(|key| Some((key.0, *seen.get(&key)?)));
        told.extend(taken.map(|(key, other)| template.named_as(other, key)));
        for key in keys(template) {
            seen.entry(key).or_insert(template);
        }
    }
    told
}

/// What several wordings say alike, by the name under which they import it:
/// `parts/round.md`.
#[derive(Debug, Default)]
pub struct Parts(BTreeMap<String, Arc<Source>>);

impl Parts {
    pub fn of(assets: &Assets) -> Self {
        let parts = assets.in_folder("templates/parts").filter(|(name, _)| name.ends_with(".md"));
        Self(parts.map(|(name, part)| (format!("parts/{name}"), part.source.clone())).collect())
    }

    pub fn get(&self, name: &str) -> Option<&Arc<Source>> {
        self.0.get(name)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// What its first comment says that it is for.
    pub fn purpose(&self, name: &str) -> &str {
        let comment = self.get(name).and_then(|part| part.text.strip_prefix("{#"));
        comment.and_then(|text| text.split("#}").next()).unwrap_or_default().trim()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_templates_make_files_of_one_name() {
        let told = |own: &[(&str, &str, &str)]| {
            let mut assets = Assets::built_in().clone();
            for (file, id, name) in own {
                let ours = &assets.get("templates/documents/voter-list.md").unwrap().source;
                let (_, rest) = ours.text.split_once("\ntitle:").unwrap();
                let text = format!("---\nid: {id}\nname: {name}\ntitle:{rest}");
                let path = format!("templates/documents/{file}.md");
                assets.replace(path.clone(), Source::new(path, text));
            }
            let mut report = Report::new();
            documents(&assets, &mut report);
            let places = report.iter().map(|found| match &found.place {
                Some(Place::Text(source, at)) => source.text[at.clone()].to_owned(),
                _ => String::new(),
            });
            places.collect::<Vec<_>>()
        };
        assert_eq!(told(&[]), [""; 0]);
        // In the place of ours.
        assert_eq!(told(&[("voter-list", "voter-list", "选民名单公告")]), [""; 0]);
        assert_eq!(told(&[("own", "own", "选民名单公告")]), ["选民名单公告"]);
        assert_eq!(told(&[("aaa", "aaa", "登记公告")]), ["登记公告"], "ours stands first");
        assert_eq!(told(&[("a", "a", "公告ABC"), ("b", "b", "公告abc")]), ["公告abc"]);
        assert_eq!(told(&[("a", "a", "公告?"), ("b", "b", "公告？")]), ["公告？"]);
        assert_eq!(told(&[("own", "Voter-List", "名单")]), ["Voter-List"]);
    }

    #[test]
    fn knows_the_names_of_what_is_brought_in() {
        let text = "{% import \"a.md\" as one %}{%- from 'b.md' import two, three as four -%}
                    {{ import }}{% if x %}{% import broken %}{% from %}{% import";
        let names: Vec<&str> = imported(text).map(|(_, name)| name).collect();
        assert_eq!(names, ["one", "two", "four"]);
        assert!(imported(text).all(|(at, name)| text[at..].starts_with(name)));
    }
}
