#!/usr/bin/env python3
"""Writes what a release says of other people's work: `licences.py FOLDER TARGET...`

THIRD-PARTY.md, and packed for the program itself (`zhangbang --licenses`) THIRD-PARTY.z, has every crate that is part of the program with its licence, the texts,
and the data that it carries; zhangbang.cdx.json says the same for machines (CycloneDX 1.5).
Both come from `cargo metadata` and from the sources of the crates alone.
"""
import hashlib
import json
import re
import subprocess
import sys
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LICENCE = re.compile(r"(licen[cs]e|copying|notice|unlicense)", re.IGNORECASE)


def metadata(target):
    command = ["cargo", "metadata", "--locked", "--format-version=1", f"--filter-platform={target}"]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)


def crates(target):
    """What the program is made of; what only builds or tests it is left out."""
    found = metadata(target)
    packages = {package["id"]: package for package in found["packages"]}
    nodes = {node["id"]: node for node in found["resolve"]["nodes"]}
    own, part, todo = found["resolve"]["root"], {}, [found["resolve"]["root"]]
    while todo:
        for below in nodes[todo.pop()]["deps"]:
            is_part = any(kind["kind"] is None for kind in below["dep_kinds"])
            if is_part and below["pkg"] not in part:
                part[below["pkg"]] = packages[below["pkg"]]
                todo.append(below["pkg"])
    return packages[own], part


def texts(package):
    """The texts of licences in the sources of a crate, by the names of their files."""
    folder = Path(package["manifest_path"]).parent
    files = [path for path in folder.rglob("*") if path.is_file() and LICENCE.search(path.name)]
    fit = [path for path in files if path.suffix.lower() in ("", ".md", ".txt", ".mit", ".apache")]
    plain = [path for path in fit if "/tests/" not in str(path) and path.stat().st_size < 200_000]
    return {str(path.relative_to(folder)): read(path) for path in sorted(plain)}


def given(package, permission):
    """The texts of a crate; where it brings none, those that its licence asks for."""
    found = texts(package)
    if not found and "Apache-2.0" in package["license"]:
        found = {"Apache-2.0": read(ROOT / "LICENSE")}
    if not found and package["license"] == "MIT":
        authors = ", ".join(package["authors"]) or f"the authors of {package['name']}"
        found = {"MIT": f"Copyright (c) {authors}\n\n{permission}"}
    return found


def permission_of(parts):
    """What the MIT licence says below the names, as most crates have it."""
    begin, end = "Permission is hereby granted", "DEALINGS IN THE SOFTWARE."
    said = [text for package in parts for text in texts(package).values() if begin in text and end in text]
    bodies = [text[text.index(begin) : text.index(end) + len(end)] for text in said]
    plain = [body for body in bodies if "IN THE\nSOFTWARE." in body or body.endswith(end)]
    return max(sorted(set(plain)), key=plain.count)


def of_data(permission):
    """The copyrights of what tables were made from, and the permission they come with."""
    head = (ROOT / "data/strokes/order.txt").read_text("utf-8").split("\n\n")[0]
    lines = [line.lstrip("# ") for line in head.splitlines() if "opyright" in line or "©" in line]
    return "\n".join([*lines, "Copyright (c) chinesecalendar's authors", "", permission])


def read(path):
    return "\n".join(line.rstrip() for line in path.read_text("utf-8", "replace").strip().splitlines())


def third_party(parts):
    lines = [
        "# 他人的作品",
        "",
        "张榜（Apache-2.0）由下列各部分编成，它们的许可和作者如下。",
        "",
        "## 数据",
        "",
        (ROOT / "packaging/embedded.md").read_text("utf-8").strip(),
        "",
        f"## 程序库（{len(parts)} 个）",
        "",
        "| 名称 | 版本 | 许可 | 来源 |",
        "|---|---|---|---|",
    ]
    permission = permission_of(parts)
    bearers = {of_data(permission): ["笔画次序、节假日"]}
    for package in parts:
        name = f"{package['name']} {package['version']}"
        source = package["repository"] or f"https://crates.io/crates/{package['name']}"
        lines.append(f"| {package['name']} | {package['version']} | {package['license']} | {source} |")
        for file, text in given(package, permission).items():
            bearers.setdefault(text, []).append(f"{name}（{file}）")
    lines += ["", "## 许可证全文", ""]
    for text, names in sorted(bearers.items(), key=lambda one: one[1][0]):
        fence = "~~~~"
        lines += ["适用于：" + "、".join(names), "", fence, text, fence, ""]
    return "\n".join(lines)


def bill(own, parts):
    def component(package):
        purl = f"pkg:cargo/{package['name']}@{package['version']}"
        entry = {"type": "library", "name": package["name"], "version": package["version"], "purl": purl}
        entry["bom-ref"] = purl
        if package["license"]:
            entry["licenses"] = [{"expression": spdx(package["license"])}]
        checksum = checksums.get((package["name"], package["version"]))
        if checksum:
            entry["hashes"] = [{"alg": "SHA-256", "content": checksum}]
        return entry

    checksums = locked()
    program = {
        "type": "application",
        "name": own["name"],
        "version": own["version"],
        "bom-ref": f"pkg:cargo/{own['name']}@{own['version']}",
        "licenses": [{"expression": own["license"]}],
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": program},
        "components": [component(package) for package in parts],
    }


def spdx(licence):
    """Older crates part alternatives with a stroke."""
    return re.sub(r"\s*/\s*", " OR ", licence)


def locked():
    text = (ROOT / "Cargo.lock").read_text("utf-8")
    entry = re.compile(r'name = "(.+)"\nversion = "(.+)"\nsource = ".+"\nchecksum = "(.+)"')
    return {(name, version): checksum for name, version, checksum in entry.findall(text)}


def main():
    folder, targets = Path(sys.argv[1]), sys.argv[2:]
    all_parts = {}
    for target in targets:
        own, parts = crates(target)
        all_parts.update(parts)
    parts = sorted(all_parts.values(), key=lambda package: (package["name"], package["version"]))
    nameless = [package["name"] for package in parts if not package["license"] and not texts(package)]
    if nameless:
        sys.exit(f"no licence is known of {', '.join(nameless)}")
    folder.mkdir(parents=True, exist_ok=True)
    notices = third_party(parts) + "\n"
    (folder / "THIRD-PARTY.md").write_text(notices, "utf-8")
    (folder / "THIRD-PARTY.z").write_bytes(zlib.compress(notices.encode("utf-8"), 9))
    text = json.dumps(bill(own, parts), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "zhangbang.cdx.json").write_text(text + "\n", "utf-8")
    print(f"{len(parts)} crates, {hashlib.sha256(text.encode()).hexdigest()[:16]}")


if __name__ == "__main__":
    main()
