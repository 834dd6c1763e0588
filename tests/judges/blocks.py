"""Gives the text of every block of every page whose path stands in a file."""

import html.parser, json, re, sys
BLOCKS = {"h1", "h2", "h3", "h4", "p", "li", "th", "td"}
class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.blocks, self.tag, self.text, self.foot = [], None, "", False
    def handle_starttag(self, tag, attributes):
        self.foot = self.foot or tag == "footer"
        if tag in BLOCKS:
            self.tag, self.text = tag, ""
        elif tag == "tr":
            self.blocks.append(["tr", ""])
        elif tag == "figure":
            self.blocks.append(["figure", "图"])
        elif dict(attributes).get("class") == "blank" and self.tag:
            self.text += "＿"
    def handle_endtag(self, tag):
        if tag == self.tag:
            self.blocks.append(["foot" if self.foot else tag, re.sub(r"\s", "", self.text)])
            self.tag = None
        self.foot = self.foot and tag != "footer"
    def handle_data(self, data):
        if self.tag:
            self.text += data
def read(path):
    reader = Reader()
    reader.feed(open(path, encoding="utf-8").read())
    return reader.blocks
print(json.dumps({path: read(path) for path in open(sys.argv[1], encoding="utf-8").read().split("\n") if path}, ensure_ascii=False))
