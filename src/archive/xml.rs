//! The little XML that the catalogue needs: elements and text, nothing else.
//!
//! What is not written is not read either. Documents with a DTD, entities of
//! their own, attributes, comments or processing instructions are refused, and
//! with them everything by which XML files attack their readers.

/// Deepest nesting and most elements that are read.
const DEEPEST: usize = 16;
const MOST: usize = 500_000;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// An element with either text or children.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// An element with children, yet to be added.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Adds a child with text.
    pub fn with(mut self, name: &str, text: impl ToString) -> Self {
        self.children.push(Self { text: text.to_string(), ..Self::new(name) });
        self
    }

    /// Adds a child for each value, under the names in turn.
    pub fn with_each<const N: usize>(self, names: &[&str], values: [String; N]) -> Self {
        names.iter().zip(values).fold(self, |element, (name, value)| element.with(name, value))
    }

    /// Adds children.
    pub fn with_all(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children);
        self
    }

    /// The text of the child of that name; empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.children.iter().find(|child| child.name == name).map_or("", |child| &child.text)
    }

    /// The document whose root this is.
    pub fn to_document(&self) -> String {
        let mut out = format!("{DECLARATION}\n");
        self.write(&mut out, 0);
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        let Self { name, text, children } = self;
        if children.is_empty() {
            *out += &format!("{indent}<{name}>{}</{name}>\n", escape(text));
            return;
        }
        *out += &format!("{indent}<{name}>\n");
        children.iter().for_each(|child| child.write(out, depth + 1));
        *out += &format!("{indent}</{name}>\n");
    }

    /// Reads a document, or says what is wrong with it.
    pub fn parse(document: &str) -> Result<Self, String> {
        let document = document.strip_prefix('\u{feff}').unwrap_or(document);
        let body = document.strip_prefix(DECLARATION).ok_or("开头不是 UTF-8 的 XML 声明")?;
        let mut reader = Reader { rest: body.trim_start(), elements: 0 };
        let root = reader.element(0)?;
        match reader.rest.trim() {
            "" => Ok(root),
            _ => Err("根元素之后还有内容".into()),
        }
    }
}

/// Control characters cannot stand in XML at all, not even escaped.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn unescape(text: &str) -> Result<String, String> {
    let mut pieces = text.split('&');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (entity, rest) = piece.split_once(';').ok_or("有不成对的 &")?;
        out.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => return Err(format!("不认识的实体 &{entity};")),
        });
        out.push_str(rest);
    }
    Ok(out)
}

struct Reader<'a> {
    rest: &'a str,
    elements: usize,
}

impl<'a> Reader<'a> {
    fn element(&mut self, depth: usize) -> Result<Element, String> {
        self.elements += 1;
        if depth > DEEPEST || self.elements > MOST {
            return Err("元素过深或过多".into());
        }
        let tag = self.tag()?;
        let (name, is_empty) = tag.strip_suffix('/').map_or((tag, false), |name| (name, true));
        if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '-') {
            return Err(format!("不支持的标记 <{}>", name.chars().take(20).collect::<String>()));
        }
        let mut element = Element::new(name);
        if is_empty {
            return Ok(element);
        }
        let text = self.until('<')?;
        while !self.rest.starts_with("</") {
            element.children.push(self.element(depth + 1)?);
            if !self.until('<')?.trim().is_empty() {
                return Err(format!("<{name}> 中混有文字和元素"));
            }
        }
        if self.tag()?.strip_prefix('/') != Some(name) {
            return Err(format!("<{name}> 没有结束"));
        }
        if element.children.is_empty() {
            element.text = unescape(text)?;
        } else if !text.trim().is_empty() {
            return Err(format!("<{name}> 中混有文字和元素"));
        }
        Ok(element)
    }

    /// What stands between `<` and `>`.
    fn tag(&mut self) -> Result<&'a str, String> {
        self.rest = self.rest.strip_prefix('<').ok_or("缺少标记")?;
        let tag = self.until('>')?;
        self.rest = &self.rest[1..];
        Ok(tag)
    }

    fn until(&mut self, end: char) -> Result<&'a str, String> {
        let at = self.rest.find(end).ok_or("文件不完整")?;
        let (before, rest) = self.rest.split_at(at);
        self.rest = rest;
        Ok(before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let root = Element::new("文件目录").with_all([
            Element::new("文件").with("题名", "甲 & <乙>").with("SHA-256", "00"),
            Element::new("空"),
        ]);
        let document = root.to_document();
        assert!(document.contains("甲 &amp; &lt;乙&gt;"));
        assert_eq!(Element::parse(&document).unwrap(), root);
        assert_eq!(root.children[0].get("题名"), "甲 & <乙>");
    }

    #[test]
    fn what_attacks_a_reader_is_refused() {
        let cases = [
            "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
            "<a>&x;</a>",
            "<a b='c'></a>",
            "<a><b></a></b>",
            "<a>",
            "<a></a><b></b>",
            "<a>text<b></b></a>",
            "<a><![CDATA[x]]></a>",
            "",
            "<a><!-- x --></a>",
        ];
        for case in cases {
            assert!(Element::parse(&format!("{DECLARATION}{case}")).is_err(), "{case}");
        }
        let deep = "<a>".repeat(100_000);
        assert!(Element::parse(&format!("{DECLARATION}{deep}")).is_err());
    }
}
