//! What the schema of Word asks for.
//!
//! The library writes properties in an order of its own, and one attribute that
//! does not exist. Word forgives most of it; converters and validators do not.

/// For each kind of properties, its elements in the order of ECMA-376 part 1:
/// those that occur here.
const ORDERS: [(&str, &[&str]); 8] = [
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:widowControl",
            "w:tabs",
            "w:snapToGrid",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:outlineLvl",
            "w:rPr",
        ],
    ),
    ("w:rPr", &["w:rFonts", "w:b", "w:color", "w:spacing", "w:sz", "w:szCs", "w:u", "w:lang"]),
    ("w:tblPr", &["w:tblW", "w:jc", "w:tblInd", "w:tblBorders", "w:tblLayout", "w:tblCellMar"]),
    ("w:tblBorders", &["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"]),
    ("w:tcPr", &["w:tcW", "w:gridSpan", "w:vMerge", "w:tcBorders", "w:vAlign"]),
    ("w:style", &["w:name", "w:basedOn", "w:next", "w:qFormat", "w:pPr", "w:rPr"]),
    (
        "w:sectPr",
        &[
            "w:headerReference",
            "w:footerReference",
            "w:pgSz",
            "w:pgMar",
            "w:pgBorders",
            "w:cols",
            "w:titlePg",
            "w:docGrid",
        ],
    ),
    (
        "w:settings",
        &[
            "w:zoom",
            "w:defaultTabStop",
            "w:evenAndOddHeaders",
            "w:characterSpacingControl",
            "w:compat",
        ],
    ),
];

/// Properties that say nothing when they are empty.
const DISPENSABLE: [&str; 3] = ["<w:rPr />", "<w:pPr />", "<w:trPr />"];

/// Puts the properties in a part in order and leaves out empty ones. The part
/// is XML as the library writes it: no comments, and `>` only ends a tag.
pub fn conform(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    let mut rest = part;
    while !rest.is_empty() {
        text(&mut rest, &mut out);
        match rest.strip_prefix("<?") {
            Some(_) => tag(&mut rest, &mut out),
            None => element(&mut rest, &mut out),
        }
    }
    out
}

/// Moves the text before the next tag.
fn text(rest: &mut &str, out: &mut String) {
    let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
    out.push_str(text);
    *rest = after;
}

/// Moves the next tag.
fn tag(rest: &mut &str, out: &mut String) {
    let (tag, after) = rest.split_at(rest.find('>').map_or(rest.len(), |end| end + 1));
    out.push_str(tag);
    *rest = after;
}

/// Moves the element with which `rest` begins.
fn element(rest: &mut &str, out: &mut String) {
    let begin = out.len();
    let name = name(rest);
    tag(rest, out);
    if name == "w:gridCol"
        && let Some(at) = out[begin..].find(" w:type=")
    {
        out.truncate(begin + at);
        out.push_str(" />");
    }
    if out.ends_with("/>") || name.is_empty() {
        if DISPENSABLE.contains(&&out[begin..]) {
            out.truncate(begin);
        }
        return;
    }
    let order = ORDERS.iter().find(|(ordered, _)| *ordered == name).map(|(_, order)| *order);
    let inside = out.len();
    let mut children = Vec::new();
    loop {
        text(rest, out);
        if rest.is_empty() || rest.starts_with("</") {
            break;
        }
        let child = self::name(rest);
        element(rest, out);
        if let Some(order) = order {
            let rank = order.iter().position(|known| *known == child).unwrap_or(order.len());
            children.push((rank, out.split_off(inside)));
        }
    }
    children.sort_by_key(|(rank, _)| *rank);
    out.extend(children.into_iter().map(|(_, child)| child));
    if order.is_some() && out.len() == inside {
        // All that was in it was empty: so is it.
        out.truncate(begin);
        tag(rest, &mut String::new());
        return;
    }
    tag(rest, out);
}

/// The name of the element with which `rest` begins.
fn name<'a>(rest: &&'a str) -> &'a str {
    let rest = rest.strip_prefix('<').unwrap_or_default();
    rest.split([' ', '/', '>']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_stand_in_order_and_nothing_is_lost() {
        let part = "<?xml version=\"1.0\"?><w:p w14:paraId=\"1\"><w:pPr><w:rPr /><w:jc w:val=\"both\" /><w:pStyle w:val=\"Body\" /><w:unknown /></w:pPr><w:r><w:rPr><w:sz w:val=\"3\" /><w:rFonts w:cs=\"x\" /></w:rPr><w:t>a &lt; b &gt; c</w:t></w:r></w:p>";
        assert_eq!(
            conform(part),
            "<?xml version=\"1.0\"?><w:p w14:paraId=\"1\"><w:pPr><w:pStyle w:val=\"Body\" /><w:jc w:val=\"both\" /><w:unknown /></w:pPr><w:r><w:rPr><w:rFonts w:cs=\"x\" /><w:sz w:val=\"3\" /></w:rPr><w:t>a &lt; b &gt; c</w:t></w:r></w:p>"
        );
    }

    #[test]
    fn columns_have_widths_and_nothing_else() {
        let grid = "<w:tblGrid><w:gridCol w:w=\"9\" w:type=\"dxa\" /></w:tblGrid>";
        assert_eq!(conform(grid), "<w:tblGrid><w:gridCol w:w=\"9\" /></w:tblGrid>");
    }

    #[test]
    fn empty_properties_are_left_out() {
        let part = "<w:tr><w:trPr /><w:tc><w:p><w:pPr><w:rPr /></w:pPr></w:p></w:tc></w:tr>";
        assert_eq!(conform(part), "<w:tr><w:tc><w:p></w:p></w:tc></w:tr>");
    }
}
