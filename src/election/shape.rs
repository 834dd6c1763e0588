//! What may be written, as a value. A record declares its shape once; decoder,
//! messages, JSON Schema, key reference and editor walk it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::stage::Stage;

/// What one thing is written as.
#[derive(Debug)]
pub enum Shape {
    Record(&'static Record),
    List(&'static Shape),
    /// One of fixed words: what it is called, and the spellings of each.
    Choice(&'static str, &'static [&'static [&'static str]]),
    /// Text on one line.
    Text,
    /// Of people, ballots or days.
    Count,
    /// A day, or as much of it as is known.
    Date,
    Time,
    YesNo,
}

/// Some keys, each with what stands after it.
#[derive(Debug)]
pub struct Record {
    /// Stable name, for the JSON Schema.
    pub name: &'static str,
    /// What a user calls it.
    pub title: &'static str,
    pub keys: &'static [Key],
    /// The key that a single word stands for, in the place of the whole record.
    pub scalar: Option<&'static str>,
}

/// One key of a record.
#[derive(Debug)]
pub struct Key {
    pub english: &'static str,
    pub chinese: &'static [&'static str],
    /// What editors show.
    pub hint: &'static str,
    /// The stage it is written in, if not in any.
    pub stage: Option<Stage>,
    pub shape: &'static Shape,
}

/// The only one, if there is one.
pub const fn only<T: Copy>(all: &[T]) -> Option<T> {
    match all {
        [one] => Some(*one),
        _ => None,
    }
}

impl Key {
    pub fn accepts(&self, text: &str) -> bool {
        self.spellings().any(|spelling| spelling == text.trim())
    }

    pub fn spellings(&self) -> impl Iterator<Item = &'static str> + use<> {
        std::iter::once(self.english).chain(self.chinese.iter().copied())
    }
}

impl Shape {
    /// The shape of what a path leads to, by English keys with dots between; the
    /// items of a list are named by `[]`: `candidates.list.[].name`. With it the
    /// keys that lead there.
    fn walk(&'static self, path: &str) -> Option<(&'static Shape, Vec<&'static Key>)> {
        let (mut shape, mut keys) = (self, Vec::new());
        for step in path.split('.').filter(|step| !step.is_empty()) {
            shape = match (shape, step) {
                (Shape::List(items), "[]") => items,
                (Shape::Record(record), _) => {
                    let key = record.keys.iter().find(|key| key.english == step)?;
                    keys.push(key);
                    key.shape
                }
                _ => return None,
            };
        }
        Some((shape, keys))
    }

    /// The Chinese keys that lead to a field: `plan.posted_on` is 实施方案, 公布日期.
    pub fn chinese_keys(&'static self, path: &str) -> Option<Vec<&'static str>> {
        let (_, keys) = self.walk(path)?;
        Some(keys.into_iter().map(|key| key.chinese[0]).collect())
    }

    /// The keys of the record to which a path leads; of this one, if it is empty.
    pub fn keys_below(&'static self, path: &str) -> &'static [Key] {
        match self.walk(path) {
            Some((Shape::Record(record), _)) => record.keys,
            _ => &[],
        }
    }

    /// Whether a bare word stands for a name, and for a list, whether its items do.
    pub fn lists_names(&self) -> bool {
        match self {
            Shape::Record(record) => record.scalar == Some("name"),
            Shape::List(items) => items.lists_names(),
            _ => false,
        }
    }

    /// How the value at a path is written, as lines of YAML under the keys that lead
    /// there, which `say` may word otherwise.
    pub fn sample(&'static self, path: &str, say: impl Fn(&str) -> String) -> Option<String> {
        let (_, keys) = self.walk(path)?;
        let (last, above) = keys.split_last()?;
        let mut text = String::new();
        for (depth, key) in above.iter().enumerate() {
            text += &format!("{:1$}{2}:\n", "", depth * 2, say(key.chinese[0]));
        }
        let indent = " ".repeat(above.len() * 2);
        text += &format!("{indent}{}:", say(last.chinese[0]));
        Some(match last.shape {
            Shape::List(items) if matches!(**items, Shape::Record(_)) => {
                format!("{text}\n{indent}  - {}", say(&items.example("")))
            }
            shape => format!("{text} {}", say(&shape.example(last.hint))),
        })
    }

    /// A value, such as one may be; the hint of its key may quote one.
    fn example(&self, hint: &str) -> String {
        match self {
            Shape::Record(record) => {
                let pair =
                    |key: &Key| format!("{}: {}", key.chinese[0], key.shape.example(key.hint));
                let few: Vec<String> = record.keys.iter().take(FEW).map(pair).collect();
                format!("{{{}}}", few.join(", "))
            }
            Shape::List(items) => format!("[{}]", items.example(hint)),
            Shape::Choice(_, words) => {
                words.first().and_then(|words| words.last()).copied().unwrap_or_default().to_owned()
            }
            Shape::Text => quoted(hint).unwrap_or("……").to_owned(),
            Shape::Count => "1".to_owned(),
            Shape::Date => "2026-05-10".to_owned(),
            Shape::Time => "\"08:30\"".to_owned(),
            Shape::YesNo => "是".to_owned(),
        }
    }

    /// The JSON Schema of what the decoder takes, with every record in `$defs`.
    pub fn schema(&self) -> Value {
        let mut definitions = BTreeMap::new();
        let mut schema = self.reference(&mut definitions);
        schema["$defs"] = json!(definitions);
        schema
    }

    /// A schema that names records instead of repeating them.
    fn reference(&self, definitions: &mut BTreeMap<&'static str, Value>) -> Value {
        match self {
            Shape::Record(record) => {
                if !definitions.contains_key(record.name) {
                    // So that one that holds itself comes to an end.
                    definitions.insert(record.name, Value::Null);
                    let schema = record.schema(definitions);
                    definitions.insert(record.name, schema);
                }
                json!({ "$ref": format!("#/$defs/{}", record.name) })
            }
            Shape::List(items) => {
                json!({ "type": ["array", "null"], "items": items.reference(definitions) })
            }
            Shape::Choice(title, words) => {
                let words = words.iter().flat_map(|words| words.iter().map(|word| json!(word)));
                json!({ "enum": words.chain([Value::Null]).collect::<Vec<_>>(), "title": title })
            }
            Shape::Text => json!({ "type": ["string", "number", "null"] }),
            Shape::Count => json!({ "type": ["integer", "null"], "minimum": 0 }),
            Shape::Date => json!({
                "type": ["string", "integer", "null"], "format": "date",
                "examples": ["2026-05-10", "2026-05"],
            }),
            Shape::Time => json!({ "type": ["string", "null"], "examples": ["08:30"] }),
            Shape::YesNo => json!({ "enum": [true, false, "是", "否", "有", "无", "没有", null] }),
        }
    }

    /// What is written in its place, as the key reference says it.
    fn describe(&self) -> String {
        match self {
            Shape::Record(record) => format!("[{}](#{})", record.title, record.anchor()),
            Shape::List(items) => format!("列表：{}", items.describe()),
            Shape::Choice(_, words) => words
                .iter()
                .filter_map(|words| words.last())
                .copied()
                .collect::<Vec<_>>()
                .join("、"),
            Shape::Text => "文字".to_owned(),
            Shape::Count => "整数".to_owned(),
            Shape::Date => "日期".to_owned(),
            Shape::Time => "时刻".to_owned(),
            Shape::YesNo => "是、否".to_owned(),
        }
    }

    /// The reference of all keys, as Markdown.
    pub fn manual(&self) -> String {
        let records = self.record().map(Record::all_below).unwrap_or_default();
        records.into_iter().map(Record::table).collect::<Vec<_>>().join("\n")
    }

    /// The record that it is, or whose list it is.
    fn record(&self) -> Option<&'static Record> {
        match self {
            Shape::Record(record) => Some(record),
            Shape::List(items) => items.record(),
            _ => None,
        }
    }
}

/// How many keys of a record show what it is like.
const FEW: usize = 3;

/// What a hint gives as an example: `街道办` of `如“街道办”`.
fn quoted(hint: &str) -> Option<&str> {
    let after = hint.split_once('如')?.1.trim_start();
    let word = match after.strip_prefix('“') {
        Some(quoted) => quoted.split('”').next()?,
        None => after.split(['、', '，', '；']).next()?,
    };
    (!word.is_empty()).then_some(word)
}

impl Record {
    fn schema(&self, definitions: &mut BTreeMap<&'static str, Value>) -> Value {
        let mut properties = serde_json::Map::new();
        for key in self.keys {
            let mut schema = key.shape.reference(definitions);
            schema["description"] = key.hint.into();
            for spelling in key.spellings() {
                properties.insert(spelling.into(), schema.clone());
            }
        }
        let mut types = vec!["object", "null"];
        types.extend(self.scalar.map(|_| "string"));
        json!({
            "type": types, "title": self.title, "properties": properties,
            "additionalProperties": false,
        })
    }

    fn anchor(&self) -> String {
        self.name.to_lowercase()
    }

    /// This record and all below it, each once, in the order of the keys.
    fn all_below(&'static self) -> Vec<&'static Record> {
        let mut all = vec![self];
        let mut next = 0;
        while let Some(record) = all.get(next) {
            next += 1;
            for below in record.keys.iter().filter_map(|key| key.shape.record()) {
                if !all.iter().any(|known| known.name == below.name) {
                    all.push(below);
                }
            }
        }
        all
    }

    fn table(&self) -> String {
        let mut text = format!("## <a id=\"{}\"></a>{}\n\n", self.anchor(), self.title);
        if let Some(scalar) =
            self.scalar.and_then(|name| self.keys.iter().find(|key| key.english == name))
        {
            text += &format!("只写一个词的，就是“{}”。\n\n", scalar.chinese[0]);
        }
        text += "| 键 | 英文 | 写什么 | 说明 |\n|---|---|---|---|\n";
        for Key { english, chinese, hint, stage, shape } in self.keys {
            let chinese = chinese.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>();
            let chinese = chinese.join("或");
            let stage = stage.map_or_else(String::new, |stage| format!("【{}】", stage.name()));
            text +=
                &format!("| {chinese} | `{english}` | {} | {stage}{hint} |\n", shape.describe());
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Report, Source};
    use crate::election::Election;
    use crate::election::decode::{Decode as _, Decoder};
    use crate::election::yaml;

    fn sample(path: &str) -> String {
        Election::SHAPE.sample(path, str::to_owned).unwrap()
    }

    #[test]
    fn a_sample_shows_how_a_value_is_written() {
        assert_eq!(sample("election_day"), "选举日: 2026-05-10");
        assert_eq!(sample("audit.auditor"), "财务审计:\n  审计单位: 街道财务审计组");
        assert_eq!(
            sample("candidates.list"),
            "候选人:\n  名单:\n    - {姓名: ……, 职务: 主任, 性别: 男}"
        );
        assert_eq!(sample("registration.places"), "选民登记:\n  地点: [……]");
    }

    /// Of every key there is: who copies the sample makes no mistake.
    #[test]
    fn every_sample_is_read() {
        fn each(path: &str, told: &mut usize) {
            for key in Election::SHAPE.keys_below(path) {
                let path = if path.is_empty() {
                    key.english.into()
                } else {
                    format!("{path}.{}", key.english)
                };
                let text = sample(&path);
                let source = Source::new("election.yaml", text.clone());
                let mut report = Report::new();
                let tree = yaml::parse(&source).unwrap();
                Election::decode(&tree, &mut Decoder::new(&source, &mut report));
                assert!(report.is_empty(), "{path}:\n{text}\n{report}");
                *told += 1;
                if path.matches('.').count() < 3 {
                    each(&path, told);
                }
            }
        }
        let mut told = 0;
        each("", &mut told);
        assert!(told > 200, "{told}");
    }
}
