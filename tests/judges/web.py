"""Reads web pages: the text of each, and that of its pictures."""

import html.parser, re, sys
VOID = {"meta", "wbr", "path", "rect", "col"}
class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.words, self.pictures, self.seen, self.tables = [], [], [], [], []
    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.seen.append((tag, attributes))
        assert tag not in ("script", "link", "img", "iframe") and "style" not in attributes
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append((int(attributes.get("colspan", 1)), int(attributes.get("rowspan", 1))))
        elif tag == "ol":
            self.next = int(attributes.get("start", 1))
        elif tag == "li" and self.open[-1] == "ol":
            # What the browser writes before an item.
            self.words.append(f"{self.next}．")
            self.next += 1
        if tag not in VOID:
            self.open.append(tag)
    def handle_startendtag(self, tag, attributes):
        pass
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
    def handle_data(self, data):
        if "svg" in self.open:
            self.pictures.append(data)
        elif "body" in self.open:
            self.words.append(data)

def judge_table(rows):
    columns, reaching = sum(columns for columns, _ in rows[0]), {}
    for row in rows:
        free = [column for column in range(columns) if reaching.get(column, 0) == 0]
        reaching = {column: rows - 1 for column, rows in reaching.items() if rows > 1}
        assert sum(span for span, _ in row) == len(free), (row, free)
        for span, down in row:
            reaching.update({column: down - 1 for column in free[:span] if down > 1})
            free = free[span:]
    assert not reaching

def read(path):
    page = Page()
    source = open(path, encoding="utf-8").read()
    page.feed(source)
    page.close()
    assert not page.open and "http" not in source
    assert ("html", {"lang": "zh-CN"}) in page.seen
    tags = [tag for tag, _ in page.seen]
    pieces = sum(attributes.get("class") == "piece" for tag, attributes in page.seen if tag == "section")
    assert tags.count("h1") == tags.count("main") == 1 and tags.count("header") == pieces
    assert all(attributes.get("scope") for tag, attributes in page.seen if tag == "th")
    labels = [attributes["aria-label"] for tag, attributes in page.seen if attributes.get("class") == "table"]
    assert len(set(labels)) == len(labels) == len(page.tables)
    forms = sum(tag == "table" and "fill" in attributes.get("class", "") for tag, attributes in page.seen)
    assert tags.count("table") == tags.count("thead") + forms
    for table in page.tables:
        judge_table(table)
    return [re.sub(r"[\s＿]|□{2,}", "", "".join(words)) for words in (page.words, page.pictures)]

for path in sys.argv[1:]:
    print(*read(path), sep="\t")
