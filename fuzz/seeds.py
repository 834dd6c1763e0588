#!/usr/bin/env python3
"""Seeds and dictionaries for the fuzz targets, made of what lies in the tree:
`seeds.py FOLDER`. A seed is named after its bytes, so that a second run adds nothing."""
import csv
import hashlib
import io
import json
import re
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 16384


def put(folder, target, *seeds):
    below = folder / target
    below.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        seed = seed.encode() if isinstance(seed, str) else seed
        if 0 < len(seed) <= LONGEST:
            (below / hashlib.sha1(seed).hexdigest()[:16]).write_bytes(seed)


def texts(*patterns):
    return [path.read_text("utf-8") for pattern in patterns for path in sorted(ROOT.glob(pattern)) if path.is_file()]


def dictionary(folder, targets, words):
    def quoted(word):
        return "".join(f"\\x{byte:02X}" for byte in word.encode())

    lines = [f'"{quoted(word)}"' for word in sorted(set(words)) if 1 < len(word.encode()) <= 64]
    for target in targets:
        (folder / f"{target}.dict").write_text("\n".join(lines) + "\n")


def parts(text):
    """A long description is parted at its sections: a mutation then hits something."""
    sections = re.split(r"\n(?=[^\s#-])", text)
    head = "\n".join(sections[:5])
    return [text] + [head + "\n" + section for section in sections[5:]]


def zipped(entries, method=zipfile.ZIP_STORED):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", method) as book:
        for name, content in entries.items():
            book.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, method)
    return memory.getvalue()


def workbook(rows):
    cells = "".join(
        f'<row r="{y}">'
        + "".join(f'<c r="{chr(64 + x)}{y}" t="s"><v>{(y - 1) * len(row) + x - 1}</v></c>' for x, row_cell in enumerate(row, 1))
        + "</row>"
        for y, row in enumerate(rows, 1)
    )
    strings = "".join(f"<si><t>{cell}</t></si>" for row in rows for cell in row)
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    return {
        "xl/_rels/workbook.xml.rels": relations,
        "xl/workbook.xml": '<workbook xmlns:r="r"><workbookPr date1904="0"/><sheets><sheet name="名册" sheetId="1" state="visible" r:id="a"/></sheets></workbook>',
        "xl/sharedStrings.xml": f'<sst uniqueCount="{len(rows) * len(rows[0])}">{strings}</sst>',
        "xl/styles.xml": '<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><fonts><font><strike/></font></fonts><fills><fill><patternFill patternType="solid"><fgColor rgb="FFFF0000"/></patternFill></fill></fills><cellXfs><xf numFmtId="0"/><xf numFmtId="14" fontId="0" fillId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet><cols><col min="2" max="2" hidden="1"/></cols><sheetData>{cells}<row r="9" hidden="1"><c r="A9" t="inlineStr"><is><r><t>甲</t></r></is></c><c r="B9" s="1"><v>30000</v></c><c r="C9" t="e"><v>#N/A</v></c><c r="D9" t="str"><f>1+1</f><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>',
    }


def open_document(rows):
    cells = "".join("<table:table-row>" + "".join(f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row) + "</table:table-row>" for row in rows)
    return f'<office:document-content><office:automatic-styles><style:style style:name="a" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="名册">{cells}<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="4" office:value-type="date" office:date-value="1980-01-01"/><table:covered-table-cell/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>'


def record(kind, data=b""):
    """A record of a binary workbook: its number and its length, seven bits a byte."""

    def sevens(number):
        while number > 127:
            yield number & 127 | 128
            number >>= 7
        yield number

    return bytes(sevens(kind)) + bytes(sevens(len(data))) + data


def binary_workbook():
    number = lambda value: value.to_bytes(4, "little")
    wide = lambda text: number(len(text)) + text.encode("utf-16-le")
    book = record(131) + record(153, number(0) * 2 + wide("")) + record(143) + record(156, number(0) + number(1) + wide("rId1") + wide("名册")) + record(144) + record(132)
    cell = lambda column, data, kind: record(kind, number(column) + number(0) + data)
    rows = record(0, number(0) + bytes(13)) + cell(0, number(0), 7) + cell(1, wide("性别"), 6) + record(0, number(1) + bytes(13)) + cell(0, number(1), 7) + cell(1, number(30000 << 2 | 2), 2) + cell(2, bytes(8), 5) + cell(3, b"\x2a", 3) + cell(4, b"\x01", 4)
    sheet = record(129) + record(148, number(0) + number(1) + number(0) + number(4)) + record(145) + rows + record(146) + record(130)
    strings = record(159, number(2) * 2) + record(19, b"\0" + wide("姓名")) + record(19, b"\0" + wide("甲一")) + record(160)
    styles = record(278) + record(615, number(1)) + record(44, (164).to_bytes(2, "little") + wide("yyyy-mm-dd")) + record(616) + record(617, number(1)) + record(47, bytes(16)) + record(618) + record(279)
    return book, sheet, strings, styles


def bag(tags, payload):
    sums = lambda algorithm, files: "".join(f"{hashlib.new(algorithm, text.encode()).hexdigest()}  {name}\n" for name, text in files.items())
    data = {f"data/{name}": text for name, text in payload.items()}
    files = {"bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", **tags, **data}
    files["manifest-sha256.txt"] = sums("sha256", data)
    files["tagmanifest-sha256.txt"] = sums("sha256", {name: text for name, text in files.items() if name not in data})
    return {f"bag/{name}": text for name, text in files.items()}


def tarred(entries):
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, content in entries.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content.encode())
            tar.addfile(entry, io.BytesIO(content.encode()))
    return memory.getvalue()


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)

    elections = texts("data/*/election.yaml", "tests/plain/law/fixtures/*/*.yaml", "tests/plain/law/edges/*.yaml", "templates/new/election.yaml")
    put(folder, "description", *elections)
    for number, election in enumerate(elections):
        put(folder, "way", *(bytes([number % 3]) + part.encode() for part in parts(election)[:40]))
        put(folder, "edit", bytes([number % 256]) + "甲".encode() + b"\xff" + election.encode()[:4000])
        put(folder, "office", election.encode()[:2000] + b"\xff" + election.encode()[:8000])

    wordings = texts("templates/documents/*.md", "templates/parts/*.md")
    put(folder, "wording", *wordings)
    put(folder, "markdown", *wordings)
    for number in range(8):
        put(folder, "writers", *(bytes([number + 64 * (at % 4)]) + wording.split("---")[-1].encode() for at, wording in enumerate(wordings)))
    others = [["templates/words.yaml"], ["templates/parts/round.md"], ["templates/parts/*.md"], ["data/profiles/*.yaml"], ["data/profiles/*.yaml"], ["templates/web/document.html"]]
    for number, patterns in enumerate(others):
        put(folder, "own", *(bytes([number]) + text.encode() for text in texts(*patterns)))
    put(folder, "own", bytes([0]) + "voter: 选民\ncommittee: 居民委员会\n".encode())

    rows = [["序号", "姓名", "性别", "出生日期"], ["1", "甲一", "男", "1980-01-01"], ["2", "乙二", "女", "1990.2.3"]]
    tables = texts("data/*/voters.csv")
    lines = ["\n".join(table.splitlines()[:12]) for table in tables] + ["\n".join(",".join(row) for row in rows)]
    put(folder, "roll", *lines, *(line.encode("gb18030") for line in lines), *(line.encode("utf-16") for line in lines))
    put(folder, "roll", zipped(workbook(rows)), zipped(workbook(rows), zipfile.ZIP_DEFLATED))
    put(folder, "roll", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": "<manifest:manifest/>", "content.xml": open_document(rows)}))
    page = "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows) + "</table>"
    old = '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet Name="a"><Table>' + "".join("<Row>" + "".join(f'<Cell><Data Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>" for row in rows) + "</Table></Worksheet></Workbook>"
    put(folder, "roll", page, old)
    for number, part in enumerate(workbook(rows).values()):
        order = [0, 1, 2, 3, 4][number]
        put(folder, "xlsx", bytes([order]) + part.encode(), bytes([order + 6]) + part.encode())
    put(folder, "xlsx", bytes([130]) + page.encode(), bytes([136]) + old.encode())
    put(folder, "ods", bytes([1]) + open_document(rows).encode(), bytes([0]) + b"<manifest:manifest><manifest:file-entry manifest:full-path='content.xml'/></manifest:manifest>")
    put(folder, "roll", *(path.read_bytes() for path in sorted(ROOT.glob("tests/plain/roll/*.xls"))))
    put(folder, "xlsb", b"\xff\xff\xff".join(binary_workbook()))
    put(folder, "diff", *(one.encode() + b"\xff" + two.encode() for one in lines for two in lines))

    tags = {"bag-info.txt": "Payload-Oxum: 1.1\nBagging-Date: 2026-05-17\nContact-Name: 甲\n  乙\n", "fetch.txt": "https://example.org/a 1 data/b\n"}
    plain = bag({"bag-info.txt": tags["bag-info.txt"]}, {"a": "a", "乙/b.txt": "b"})
    put(folder, "package", zipped(plain), zipped(plain, zipfile.ZIP_DEFLATED), tarred(plain))
    for number, name in enumerate(["bagit.txt", "bag-info.txt", "fetch.txt", "manifest-md5.txt", "manifest-sha256.txt", "tagmanifest-sha512.txt"]):
        put(folder, "tags", bytes([number]) + (tags | {key.removeprefix("bag/"): text for key, text in plain.items()}).get(name, "d41d8cd98f00b204e9800998ecf8427e *data/a\n").encode())

    columns = ["序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注"]
    code = "XXXX-WS·2026-Y-XJ-0001"
    catalogue = io.StringIO()
    csv.writer(catalogue).writerows([columns, ["1", code, "第1号", "甲", "选举结果公告", "20260517", "", "2", ""]])
    names = ["聚合层次", "全宗名称", "立档单位名称", "档号", "全宗号", "档案门类代码", "年度", "保管期限", "保管期限依据", "机构或问题", "件号", "题名", "文件编号", "责任者", "日期", "密级", "开放标识", "页数", "备注", "文档创建程序"]
    values = ["文件", "甲", "甲", code, "XXXX", "WS", "2026", "永久", "", "XJ", "0001", "选举结果公告", "第1号", "甲", "20260517", "", "开放", "2", "", "Zhangbang 0.1.0"]
    body = "".join(f"<{name}>{value}</{name}>" for name, value in zip(names, values))
    component = "<组件><计算机文件名>0001-01 选举结果公告.pdf</计算机文件名><计算机文件大小>9</计算机文件大小><格式信息>PDF/A-2a</格式信息><SHA-256>" + hashlib.sha256(b"%PDF-1.7\n").hexdigest() + "</SHA-256><来源>生成</来源></组件>"
    described = f'<?xml version="1.0" encoding="UTF-8"?>\n<电子文件元数据>{body}{component}</电子文件元数据>\n'
    directory = f'<?xml version="1.0" encoding="UTF-8"?>\n<文件目录><文件><顺序号>1</顺序号><档号>{code}</档号><题名>选举结果公告</题名></文件></文件目录>\n'
    place = "电子档案/2026/Y/XJ/0001 选举结果公告/0001"
    record = '{"software":"Zhangbang 0.1.0","profile":"cn-residents-2026","fonts":[],"documents":{}}'
    contents = [(0, "\ufeff" + catalogue.getvalue()), (3, directory), (2, "说明文件\n"), (5, record), (6, "[]"), (7, "□ 甲\n"), (9, elections[0][:3000]), (10, place + "\n" + described), (11, place + "-01 选举结果公告\n%PDF-1.7\n")]
    pieces = [bytes([number]) + text.encode() for number, text in contents]
    put(folder, "packet", b"\xff".join(pieces), b"\xff".join(pieces[:4]), b"\xff".join(pieces[-3:]))
    put(folder, "metadata", described, directory, code)
    put(folder, "paths", "甲/../b", "CON.txt", "a%25/é.txt", "%PDF-1.7 /JavaScript /Launch", "MZ\x90\0", "a\nA\nＡ")

    person = {"age": 45, "words": {"post": ["主任"], "sex": ["女"]}}
    done = {"path": "other", "kind": "folder", "key": "0", "ended": "done", "place": {"name": "示坪村", "kind": "村", "province": "示例省", "term": 7, "election_day": "2026-05-17", "law": "cn-villagers-2025"}, "findings": [], "counts": [{"severity": "错误", "code": "elected", "count": 2}], "steps": [{"id": "results.posted_on", "title": "公布结果", "from": None, "until": "2026-05-18", "told": False}], "figures": {"numbers": {"voters": 1200, "issued": 18446744073709551615}, "words": {"state": "完成"}, "people": [person]}, "packet": None, "lacking": ["投票照片"], "files": {}}
    done = json.dumps(done, ensure_ascii=False)
    put(folder, "record", done)
    put(folder, "statistics", *(done.encode() + b"\xff" + text.encode() for text in texts("data/statistics/*.yaml")))
    put(folder, "list", "名称,类别,街道,人口,小组数,选举日\n示坪,村,示例镇,1200,4,2031-05-17\n安和,社区,示例街道,3000,6,2031-05-17\n")
    put(folder, "form", "选举日=2026-05-18\nvillage.name=\n", "do=remove election_committee.members[1]\n", "plan.posted_on=2026-04-02\ndo=add candidates.list\n", "election_committee.members[0].sex=女\nregistration.places[2]=三楼\n")

    name = b"\0\0\0\1\0\x12" + bytes([0, 3, 0, 1, 8, 4, 0, 1, 0, 4, 0, 0]) + "甲体".encode("utf-16-be")
    table = lambda tag, at, size: tag + bytes(4) + at.to_bytes(4, "big") + size.to_bytes(4, "big")
    face = b"\0\1\0\0\0\1\0\x10\0\0\0\0" + table(b"name", 28, len(name)) + name
    put(folder, "font", face, b"ttcf\0\1\0\0\0\0\0\2\0\0\0\x14\0\0\0\x14" + face)
    put(folder, "identity", "11010519491231002X", "110105491231002", "１１０１０５１９４９１２３１００２x")
    put(folder, "name", "甲一", "阿依古丽·买买提", "乙 二", "丙\u2060三", "㐀𠀀", "Anna O'Neil")
    put(folder, "date", "2026-05-17", "2026年5月17日", "2026/5", "２０２６")
    put(folder, "mask", "张三 138 0013 8000", "11010519491231002X", "一三八〇〇一三八〇〇〇", "+86 (0)138-0013-8000")
    put(folder, "share", *(bytes([3, 0, 0, 0, 7, 0, 0, 0]) + text.encode() for text in ["73%", "约96.2％", "百分之八十八", "近九成", "0.73", "三分之二"]))
    put(folder, "difference", *(one[:1500].encode() + b"\xff" + two[:1500].encode() for one, two in zip(wordings, wordings[1:])))

    keys = re.findall(r"`([^`|]+)`", (ROOT / "docs/keys.md").read_text("utf-8"))
    values = re.findall(r": +([^\s#\[{][^\n#]{0,30})", "\n".join(elections))
    dictionary(folder, ["description", "way", "edit", "office"], [key + ": " for key in keys] + values[:2000] + ["\n  - ", "{姓名: ", "~", "|\n", "&a ", "*a", "<<: "])
    names = re.findall(r"`([a-z_.]+)`", (ROOT / "docs/templates.md").read_text("utf-8"))
    syntax = ["{{ ", " }}", "{% if ", "{% for x in ", "{% endfor %}", "{% endif %}", "{% set ", "{% macro ", "{% endmacro %}", "{% import ", " | ", " is defined", "blank(", "boxes(", "room(", "bar(", "form(", "***", "| --- |", "^", "<", "---\n", "loop.index", "~", "range("]
    dictionary(folder, ["wording", "own", "markdown", "writers"], names + syntax)
    tags = re.findall(r"</?[\w:]+|[\w:]+=\"[^\"]*\"", "".join(workbook(rows).values()) + open_document(rows) + page + old)
    extra = ['uniqueCount="4294967295"', 'number-columns-repeated="1048576"', 'number-rows-repeated="1048576"', "&#x0;", "<![CDATA[", 'r="XFD1048576"', 'ref="A1:XFD1048576"', 't="s"', "<rPh>", "<phoneticPr/>"]
    dictionary(folder, ["xlsx", "ods", "roll"], tags + extra + ["姓名", "出生日期", "身份证号", "合计", "小组"])
    dictionary(folder, ["packet", "metadata"], re.findall(r"</?[^<>]+>", described + directory) + columns)


if __name__ == "__main__":
    main()
