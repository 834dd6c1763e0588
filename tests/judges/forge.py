"""Forges a packet so that its own sums agree again.

    forge.py                       the kinds, each with what finds it: its contents
                                   (verify --rebuild), or only what lies outside of it
    forge.py KIND PACKET TARGET    forges one
"""

import hashlib
import json
import pathlib
import re
import sys
import tempfile
import zipfile

import bagit

SOURCE = "data/其他/源数据/election.yaml"
RECORD = "data/其他/生成记录.json"
CHECKED = "data/其他/检查报告.json"
LACKING = "data/其他/缺件清单.txt"


def edit(path, change):
    text = path.read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text, path
    path.write_text(changed, encoding="utf-8", newline="")


def source_of_another_result(bag):
    edit(bag / SOURCE, lambda text: text.replace("王公正", "王公平"))


def source_that_breaks_the_law(bag):
    edit(bag / SOURCE, lambda text: text.replace("委员: 3", "委员: 300"))


def source_that_is_no_yaml(bag):
    edit(bag / SOURCE, lambda text: text.replace("职数:", "职数"))


def source_is_gone(bag):
    (bag / SOURCE).unlink()


def record_is_gone(bag):
    (bag / RECORD).unlink()


def roll_of_others(bag):
    edit(bag / "data/其他/内部/voters.csv", lambda text: text.replace("李明理", "李明礼"))


def findings_are_gone(bag):
    def change(text):
        told = json.loads(text)
        kept = [one for one in told if one["severity"] != "warning"]
        assert kept != told, "no warning to hide"
        return json.dumps(kept, ensure_ascii=False)

    edit(bag / CHECKED, change)


def document_of_another(bag):
    """One notice in the place of another, and every catalogue says so."""
    metadata = sorted(bag.glob("data/电子档案/**/[0-9]*.xml"))
    pdfs = [next(one.parent.glob("*.pdf")) for one in metadata[:2]]
    old, new = (hashlib.sha256(pdf.read_bytes()).hexdigest() for pdf in pdfs)
    size = pdfs[1].stat().st_size
    pdfs[0].write_bytes(pdfs[1].read_bytes())
    edit(
        metadata[0],
        lambda text: re.sub(r"(<计算机文件大小>)\d+", rf"\g<1>{size}", text, 1).replace(old, new),
    )
    edit(bag / RECORD, lambda text: text.replace(old, new))


def notice_of_own_words(bag):
    """A wording of the forger's own, which no packet of this election had."""
    own = bag / "data/其他/源数据/templates/words.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("voter_list: 选民榜\n", encoding="utf-8")


def made_elsewhere(bag):
    """The record says that another program made it: then nothing can be made again."""
    source_of_another_result(bag)
    edit(bag / RECORD, lambda text: re.sub(r'"software": "[^"]*"', '"software": "Zhangbang 0.0.1"', text))


def nothing_is_lacking(bag):
    edit(bag / LACKING, lambda text: "缺件清单\r\n\r\n应有的材料都有了。\r\n")


def catalogue_of_own_words(bag):
    catalogue = bag / "data/归档文件目录.pdf"
    catalogue.write_bytes(catalogue.read_bytes() + b"%\n")


def readme_of_own_words(bag):
    edit(bag / "README.txt", lambda text: text + "一切正常。\n")


def record_of_another_law(bag):
    def change(text):
        record = json.loads(text)
        record["profile"] += "-other"
        return json.dumps(record, ensure_ascii=False)

    edit(bag / RECORD, change)


def record_of_no_fonts(bag):
    def change(text):
        record = json.loads(text)
        record["fonts"] = []
        return json.dumps(record, ensure_ascii=False)

    edit(bag / RECORD, change)


KINDS = {
    source_of_another_result: "contents",
    source_that_breaks_the_law: "contents",
    source_that_is_no_yaml: "contents",
    source_is_gone: "contents",
    record_is_gone: "contents",
    roll_of_others: "contents",
    findings_are_gone: "contents",
    document_of_another: "contents",
    notice_of_own_words: "contents",
    nothing_is_lacking: "contents",
    catalogue_of_own_words: "contents",
    readme_of_own_words: "contents",
    record_of_another_law: "contents",
    record_of_no_fonts: "contents",
    made_elsewhere: "outside",
}


def pack(folder, target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packet:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                packet.write(path, path.relative_to(folder).as_posix())


def main():
    if len(sys.argv) == 1:
        for kind, found in KINDS.items():
            print(kind.__name__, found)
        return
    kind, packet, target = sys.argv[1].split()[0], sys.argv[2], sys.argv[3]
    forge = next(one for one in KINDS if one.__name__ == kind)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        zipfile.ZipFile(packet).extractall(folder)
        (bag,) = folder.iterdir()
        forge(bag)
        bagit.Bag(str(bag)).save(manifests=True)
        pack(folder, target)


main()
