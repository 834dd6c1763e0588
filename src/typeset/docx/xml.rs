//! XML as a value. An element has children or text, never both.

use std::borrow::Cow;
use std::fmt;

use quick_xml::escape::{escape, partial_escape};

/// A text as XML can hold it, which has no control characters in any spelling; that they
/// were there is told where the text is checked for what can be printed.
fn holdable(text: &str) -> Cow<'_, str> {
    let is_strange = |c: char| {
        c.is_control() && !matches!(c, '\t' | '\n') || matches!(c, '\u{FFFE}' | '\u{FFFF}')
    };
    match text.contains(is_strange) {
        true => Cow::Owned(text.replace(is_strange, "\u{FFFD}")),
        false => Cow::Borrowed(text),
    }
}

#[derive(Clone, Debug)]
pub(super) struct Element {
    pub name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), children: Vec::new(), text: String::new() }
    }

    /// One that says one thing, as most of Word's do.
    pub(super) fn val(name: &'static str, value: impl ToString) -> Self {
        Self::new(name).set("w:val", value)
    }

    pub(super) fn set(mut self, attribute: &'static str, value: impl ToString) -> Self {
        self.attributes.push((attribute, value.to_string()));
        self
    }

    pub(super) fn text(self, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..self }
    }

    pub(super) fn with(mut self, child: impl Into<Self>) -> Self {
        self.children.push(child.into());
        self
    }

    pub(super) fn with_all<T: Into<Self>>(self, children: impl IntoIterator<Item = T>) -> Self {
        children.into_iter().fold(self, Self::with)
    }

    /// Nothing, if there is nothing in it.
    pub(super) fn unless_empty(self) -> Option<Self> {
        Some(self).filter(|element| !element.children.is_empty())
    }

    /// The file whose root this is.
    pub(super) fn file(&self) -> String {
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>{self}")
    }
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { name, attributes, children, text } = self;
        write!(f, "<{name}")?;
        for (name, value) in attributes {
            write!(f, " {name}=\"{}\"", escape(holdable(value)))?;
        }
        if children.is_empty() && text.is_empty() {
            return f.write_str("/>");
        }
        write!(f, ">{}", partial_escape(holdable(text)))?;
        children.iter().try_for_each(|child| child.fmt(f))?;
        write!(f, "</{name}>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_not_written() {
        let text = Element::new("t").set("a", "甲\u{1b}").text("乙\0\u{ffff}\u{85}丙\n");
        assert_eq!(text.to_string(), "<t a=\"甲\u{fffd}\">乙\u{fffd}\u{fffd}\u{fffd}丙\n</t>");
    }

    #[test]
    fn what_is_markup_in_xml_is_escaped() {
        let text = Element::new("t").set("a", "\"<&>").text("<甲> & \"乙\"");
        let root = Element::new("r").with(text).with(Element::val("w:b", 3));
        let expected = "<r><t a=\"&quot;&lt;&amp;&gt;\">&lt;甲&gt; &amp; \"乙\"</t>\
                        <w:b w:val=\"3\"/></r>";
        assert_eq!(root.to_string(), expected);
        assert!(root.file().ends_with(&format!("?>{expected}")));
    }
}
