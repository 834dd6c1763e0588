#!/usr/bin/env python3
"""Puts a compiled program into what is handed to users; the same files give the same bytes.

    package.py windows PROGRAM FOLDER             a portable zip and an installer
    package.py linux PROGRAM FOLDER ARCHITECTURE  a tar and a .deb
    package.py sums FOLDER                        the sums of all that lies there

FOLDER holds THIRD-PARTY.md already (`licences.py`), and gets the results.
"""
import gzip
import hashlib
import io
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSION = re.search(r'^version = "(.+)"', (ROOT / "Cargo.toml").read_text("utf-8"), re.MULTILINE)[1]
# The moment of the last change: no other clock gets into a package.
MOMENT = int(
    os.environ.get("SOURCE_DATE_EPOCH")
    or subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, check=True, capture_output=True).stdout
)
FIRST_NAME = f"zhangbang-{VERSION}"

# What goes along: in the package, and here.
MANUAL = [
    ("使用说明", "README.zh-CN.md"),
    ("安装说明", "docs/install.md"),
    ("安全说明", "docs/security.md"),
    ("手册/命令", "docs/commands.md"),
    ("手册/键", "docs/keys.md"),
    ("手册/档案包", "docs/archive.md"),
    ("手册/模板", "docs/templates.md"),
    ("许可/张榜", "LICENSE"),
]


def texts(folder):
    """The manual and the licences, as plain text: Notepad shows no pictures."""
    pictures = re.compile(r"^!\[.*\n\n?", re.MULTILINE)
    files = {name: pictures.sub("", (ROOT / path).read_text("utf-8")) for name, path in MANUAL}
    files["许可/他人的作品"] = (folder / "THIRD-PARTY.md").read_text("utf-8")
    return files


def for_notepad(text):
    """Older Notepads know UTF-8 by its mark, and lines by their two ends."""
    return b"\xef\xbb\xbf" + text.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def sums_of(files):
    """The sums of files, as tables that people and `sha256sum -c` read."""
    tables = []
    for title, name in [("SHA-256", "sha256"), ("SM3（国密）", "sm3")]:
        rows = [f"{hashlib.new(name, content).hexdigest()}  {file}" for file, content in sorted(files.items())]
        tables.append(f"# {title}\n" + "\n".join(rows) + "\n")
    return "\n".join(tables)


def contents(program, folder):
    """All that is in the zip, and what the installer installs."""
    files = {"zhangbang.exe": program.read_bytes()}
    files |= {f"{name}.txt": for_notepad(text) for name, text in texts(folder).items()}
    files["校验值.txt"] = for_notepad(sums_of(files))
    return files


def windows(program, folder):
    files = contents(program, folder)
    target = folder / f"{FIRST_NAME}-windows-x64.zip"
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{FIRST_NAME}/{name}", time.gmtime(MOMENT)[:6])
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    installer(files, folder / f"{FIRST_NAME}-windows-x64-setup.exe")


def installer(files, target):
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder, "files", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for path in Path(folder).rglob("*"):
            os.utime(path, (MOMENT, MOMENT))
        size = sum(map(len, files.values())) // 1024
        values = {"VERSION": VERSION, "FILES": f"{folder}/files", "TARGET": target.resolve(), "SIZE": size}
        # The x86 stub asks any Windows; for tests under a Wine without 32 bits the other is taken.
        values["STUB"] = os.environ.get("ZHANGBANG_STUB", "x86-unicode")
        words = [f"-D{name}={value}" for name, value in values.items()]
        script = ROOT / "packaging/windows/installer.nsi"
        command = ["makensis", "-V2", "-INPUTCHARSET", "UTF8", *words, str(script)]
        subprocess.run(command, check=True, env=os.environ | {"SOURCE_DATE_EPOCH": str(MOMENT)})


def tar(files):
    """A tar of files with their modes, owned by nobody in particular."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as packed:
        folders = {str(parent) for name in files for parent in Path(name).parents if str(parent) not in ("", ".")}
        for name in sorted(folders | set(files)):
            entry = tarfile.TarInfo(f"./{name}")
            entry.mtime, entry.uname, entry.gname = MOMENT, "root", "root"
            if name in files:
                content, entry.mode = files[name]
                entry.size = len(content)
                packed.addfile(entry, io.BytesIO(content))
            else:
                entry.type, entry.mode = tarfile.DIRTYPE, 0o755
                packed.addfile(entry)
    return buffer.getvalue()


def squeezed(content):
    return gzip.compress(content, 9, mtime=0)


def stripped(program, architecture):
    """The program without its symbols: an own `opt-level` of a package makes Cargo keep them."""
    with tempfile.TemporaryDirectory() as work:
        copy = Path(work) / "zhangbang"
        subprocess.run([f"{architecture}-linux-gnu-strip", "-o", copy, program], check=True)
        return copy.read_bytes()


def linux(program, folder, architecture):
    own = (stripped(program, architecture), 0o755)
    manual = {f"{name}.md": (text.encode(), 0o644) for name, text in texts(folder).items()}
    share = ROOT / "packaging/linux"
    files = {f"{FIRST_NAME}/{name}": file for name, file in {"zhangbang": own, **manual}.items()}
    (folder / f"{FIRST_NAME}-linux-{architecture}.tar.gz").write_bytes(squeezed(tar(files)))

    data = {"usr/bin/zhangbang": own}
    data |= {f"usr/share/doc/zhangbang/{name}": file for name, file in manual.items()}
    icons = "usr/share/icons/hicolor"
    for name, source in {
        "usr/share/applications/zhangbang.desktop": share / "zhangbang.desktop",
        f"{icons}/48x48/apps/zhangbang.png": share / "zhangbang-48.png",
        f"{icons}/256x256/apps/zhangbang.png": share / "zhangbang-256.png",
        f"{icons}/scalable/apps/zhangbang.svg": ROOT / "packaging/zhangbang.svg",
    }.items():
        data[name] = (source.read_bytes(), 0o644)
    debian = {"x86_64": "amd64", "aarch64": "arm64", "loongarch64": "loong64"}[architecture]
    size = sum(len(content) for content, _ in data.values()) // 1024
    control = (share / "control").read_text("utf-8").format(version=VERSION, architecture=debian, size=size)
    md5 = "".join(f"{hashlib.md5(content).hexdigest()}  {name}\n" for name, (content, _) in sorted(data.items()))
    control = {"control": (control.encode(), 0o644), "md5sums": (md5.encode(), 0o644)}
    members = [
        ("debian-binary", b"2.0\n"),
        ("control.tar.gz", squeezed(tar(control))),
        ("data.tar.gz", squeezed(tar(data))),
    ]
    (folder / f"zhangbang_{VERSION}_{debian}.deb").write_bytes(archive(members))


def archive(members):
    """An `ar` file, as dpkg reads it."""
    packed = b"!<arch>\n"
    for name, content in members:
        packed += f"{name:<16}{MOMENT:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n".encode()
        packed += content + b"\n" * (len(content) % 2)
    return packed


def sums(folder):
    is_ours = lambda path: path.is_file() and path.name != "校验值.txt"
    files = {path.name: path.read_bytes() for path in folder.iterdir() if is_ours(path)}
    (folder / "校验值.txt").write_bytes(for_notepad(sums_of(files)))


def main():
    what, *words = sys.argv[1:]
    match what:
        case "windows":
            windows(Path(words[0]), Path(words[1]))
        case "linux":
            linux(Path(words[0]), Path(words[1]), words[2])
        case "sums":
            sums(Path(words[0]))


if __name__ == "__main__":
    main()
