"""Reads Word files. Of each, in a line: its text without blanks and without the copies
that lie beside ballots, the whole text, and what is repeated on each page. On the way
it judges what the file is made of."""

import re, sys, zipfile
import xml.etree.ElementTree as tree
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The sequences of ECMA-376, part 1, 17: properties may stand in no other order.
ORDER = {name: order.split() for name, order in {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tcBorders": "top left bottom right insideH insideV tl2br tr2bl",
    "pgBorders": "top left bottom right",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat",
    "tbl": "tblPr tblGrid tr", "tr": "trPr tc", "p": "pPr r",
}.items()}

def words(elements):
    return re.sub(r"[\s\u200b＿]|□{2,}", "", "".join(t.text or "" for element in elements for t in element.iter(W + "t")))

def write_numbers(document, numbering):
    """Puts before the items of lists what Word puts there."""
    assert {level.get(W + "val") for level in numbering.iter(W + "lvlText")} == {"%1．"}
    next_of = {num.get(W + "numId"): int(num.find(".//" + W + "startOverride").get(W + "val")) for num in numbering.iter(W + "num")}
    for paragraph in document.iter(W + "p"):
        of_list = paragraph.find(W + "pPr/" + W + "numPr/" + W + "numId")
        if of_list is not None:
            of_list, first = of_list.get(W + "val"), next(paragraph.iter(W + "t"))
            first.text = f"{next_of[of_list]}．{first.text}"
            next_of[of_list] += 1

def judge_order(part):
    for element in part.iter():
        order = ORDER.get(element.tag.removeprefix(W))
        if order:
            places = [order.index(child.tag.removeprefix(W)) for child in element]
            assert places == sorted(places), (element.tag, places)

def judge_table(table):
    rows, columns = table.findall(W + "tr"), len(table.find(W + "tblGrid"))
    assert all(row.find(W + "trPr/" + W + "cantSplit") is not None for row in rows)
    assert all(row.find(W + "trPr/" + W + "tblHeader") is None for row in rows[1:])
    above = {}
    for row in rows:
        column, here = 0, {}
        for cell in row.findall(W + "tc"):
            span = cell.find(W + "tcPr/" + W + "gridSpan")
            span = int(span.get(W + "val")) if span is not None else 1
            merge = cell.find(W + "tcPr/" + W + "vMerge")
            if merge is not None:
                here[column] = span
                assert merge.get(W + "val") == "restart" or above.get(column) == span
            assert cell[-1].tag == W + "p"
            column += span
        assert column == columns
        above = here

def read(path):
    package = zipfile.ZipFile(path)
    names = package.namelist()
    assert names[0] == "[Content_Types].xml" and len(set(names)) == len(names)
    assert all(info.date_time[0] == 1980 and info.compress_type == zipfile.ZIP_DEFLATED for info in package.infolist())
    parts = {name: tree.fromstring(package.read(name)) for name in names}
    assert {"/" + name for name in names if not name.endswith((".rels", "s].xml"))} == {part.get("PartName") for part in parts["[Content_Types].xml"] if part.get("PartName")}
    ids = {part.get("Id"): part.get("Target") for part in parts["word/_rels/document.xml.rels"]}
    assert all("word/" + target in names for target in ids.values())
    document, styles = parts["word/document.xml"], parts["word/styles.xml"]
    assert all(value in ids for element in document.iter() for name, value in element.items() if name.endswith("relationships}id"))
    for part in parts.values():
        judge_order(part)
    known = {style.get(W + "styleId") for style in styles.iter(W + "style")}
    assert all(p.find(W + "pPr/" + W + "pStyle").get(W + "val") in known for p in document.iter(W + "p"))
    for table in document.iter(W + "tbl"):
        judge_table(table)
    body = list(document[0])
    # Neighbouring tables would become one.
    assert all(one.tag != W + "tbl" or other.tag == W + "p" for one, other in zip(body, body[1:]))
    size = document.find(".//" + W + "pgSz")
    paper = (size.get(W + "w"), size.get(W + "h"), size.get(W + "orient"))
    assert paper in {("11905", "16837", None), ("16837", "11905", "landscape")}, paper
    if "word/numbering.xml" in parts:
        write_numbers(document, parts["word/numbering.xml"])
    masters, copy = [], False
    for element in body:
        rows = element.findall(W + "tr")
        if len(rows) == 4 and len({words([row]) for row in rows}) == 1:
            # Strips, four of one.
            masters.append(rows[0])
            continue
        if any(br.get(W + "type") == "column" for br in element.iter(W + "br")):
            copy = True
        elif element.find(W + "pPr/" + W + "pageBreakBefore") is not None:
            copy = False
        masters += [] if copy else [element]
    heads = [row for row in document.iter(W + "tr") if row.find(W + "trPr/" + W + "tblHeader") is not None]
    heads += [p for p in document.iter(W + "p") if p.find(W + "pPr/" + W + "pStyle").get(W + "val") == "NamesHeading"]
    return words(masters), words([document]), words(heads)

for path in sys.argv[1:]:
    print(*read(path), sep="\t")
