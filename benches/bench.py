#!/usr/bin/env python3
"""Measures whole processes: CPU seconds (user + system) and peak memory.

    python3 benches/bench.py PROGRAM [--rounds N] [--document]

Qimei's documents (with a card for each of its 4,999 voters), its packet, the five
documents that the comparison makes, the packet verified beside `sha256sum`, and voter
lists of 1,000 to 1,000,000. Machines drift, so rounds are interleaved and medians
told. Where the packet of the comparison lies beside the repository, typst-py (from
PyPI) and the floor (no layout engine, plain PDF) are measured in the same rounds.

`--document` writes docs/performance.md with the picture of how lists grow.
"""

import argparse
import csv
import hashlib
import math
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
PEERS = REPOSITORY.parent / "shared" / "peers"
PAGE = REPOSITORY / "docs" / "performance.md"
PICTURE = REPOSITORY / "docs" / "pictures" / "growth.svg"
OURS = "zhangbang"
SIZES = [1000, 4999, 20000, 100000, 1000000]
# Of so many voters the peers make lists, too: more takes them minutes.
PEERS_LISTS = {4999: "", 20000: "-20k", 100000: "-100k"}
FIVE = ["election-committee", "election-plan", "voter-list", "results-notice", "work-summary"]
ELECTION = """\
类别: 社区
社区: {名称: 试验社区, 省份: 示例省, 街道: 示例街道}
届次: 7
选举日: 2026-05-10
选民登记: {名单公布日期: 2026-04-18}
"""


def measure(command):
    """CPU seconds and peak megabytes of one process, which must succeed."""
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen([str(word) for word in command], stdout=said, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            sys.exit(f"{command}: {said.read().decode(errors='replace')}")
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, KiB here
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6


def list_of(size):
    return f"list of {size:,}"


def our_work(program, work):
    """What is measured of ours: the work, and the command."""
    qimei = REPOSITORY / "data" / "qimei-2017"
    yield "all documents", [program, "build", qimei, "-o", work / "qimei"]
    formats = ["--formats", "pdf,docx,html,png"]
    yield "in four formats", [program, "build", qimei, "-o", work / "four", *formats]
    five = [word for name in FIVE for word in ("--only", name)]
    yield "five documents", [program, "build", qimei, "-o", work / "five", *five]
    packet = work / "qimei.zip"
    yield "documents and packet", [program, "pack", qimei, "-o", packet]
    yield "packet verified", [program, "verify", packet]
    yield "10,000 files verified", [program, "verify", small_files(work)]
    for size in SIZES:
        folder = work / f"list-{size}"
        folder.mkdir()
        (folder / "election.yaml").write_text(ELECTION, encoding="utf-8")
        generator = REPOSITORY / "data" / "generate_voters.py"
        roll = [sys.executable, generator, str(size), "4", folder / "voters.csv", "--day", "2026-05-10"]
        subprocess.run([str(word) for word in roll], check=True)
        yield list_of(size), [program, "build", folder, "-o", folder / "out", "--only", "voter-list"]


def small_files(work):
    """A bag of 10,000 small files in a zip, as any program makes it."""
    bag, many, sums = work / "many.zip", work / "many", []
    for n in range(10_000):
        name, held = f"data/{n // 100:03}/{n:05}.txt", f"{n}\n".encode() * 40
        (many / name).parent.mkdir(parents=True, exist_ok=True)
        (many / name).write_bytes(held)
        sums.append(f"{hashlib.sha256(held).hexdigest()}  {name}\n")
    (many / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    (many / "manifest-sha256.txt").write_text("".join(sums))
    # In a process of its own: what this one holds would be counted to all that it starts.
    subprocess.run([sys.executable, "-m", "zipfile", "-c", bag, many], check=True)
    return bag


def work_of_others(work):
    """The same by others, as far as they can be had: the work, who, and the command."""
    summed = ["sh", "-c", 'find "$0" -type f -print0 | xargs -0 sha256sum']
    yield "packet verified", "sha256sum", ["sha256sum", work / "qimei.zip"]
    yield "10,000 files verified", "sha256sum", [*summed, work / "many"]
    if not PEERS.is_dir():
        return
    packet = work / "peers"
    packet.mkdir()
    subprocess.run([sys.executable, PEERS / "gen_packet.py", packet], check=True)
    if floor := compiled_floor(work):
        for size in PEERS_LISTS:
            yield list_of(size), "floor", [floor, "list", rows_for_floor(work, size), work / "floor.pdf"]
    python = work / "python" / "bin" / "python"
    venv.create(work / "python", with_pip=True)
    if subprocess.run([python, "-m", "pip", "install", "--quiet", "typst==0.15.2"]).returncode:
        return
    runner = [python, PEERS / "d_typst" / "d_typst_py.py", work / "peer"]
    yield "five documents", "typst-py", [*runner, "packet", packet / "packet.yaml"]
    for size, tag in PEERS_LISTS.items():
        yield list_of(size), "typst-py", [*runner, "voters", packet / f"packet{tag}.yaml"]


def compiled_floor(work):
    """The least program that makes a list; none where it cannot be compiled."""
    source = work / "floor"
    shutil.copytree(PEERS / "f_limit", source, ignore=shutil.ignore_patterns("target"))
    command = ["cargo", "build", "--release", "--quiet", "--manifest-path", source / "Cargo.toml"]
    environment = {key: held for key, held in os.environ.items() if key != "CARGO_TARGET_DIR"}
    made = subprocess.run(command, env=environment).returncode == 0
    return source / "target" / "release" / "limit" if made else None


def rows_for_floor(work, size):
    """Number, group, name and sex of our roll of that size, as the floor reads them."""
    rows = work / f"rows-{size}.csv"
    with (
        open(work / f"list-{size}" / "voters.csv", encoding="utf-8-sig", newline="") as roll,
        open(rows, "w", encoding="utf-8", newline="") as file,
    ):
        written = csv.writer(file)
        written.writerow(["编号", "小组", "姓名", "性别"])
        for n, voter in enumerate(csv.DictReader(roll), 1):
            written.writerow([n, voter.get("小组", ""), voter["姓名"], voter.get("性别", "")])
    return rows


def stages(program, work):
    """The share of each stage in making all documents of Qimei, as the program tells it."""
    qimei = REPOSITORY / "data" / "qimei-2017"
    command = [program, "build", qimei, "-o", work / "stages", "--timings"]
    told = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return [line.split("\t") for line in told.stderr.splitlines() if line.count("\t") == 2]


def rows(taken):
    """Of each work and who did it: median, least and most CPU seconds, megabytes, and
    how many times ours took what the other took."""
    median = {key: statistics.median(seconds for seconds, _ in figures) for key, figures in taken.items()}
    for (name, who), figures in taken.items():
        seconds, memory = zip(*figures)
        ratio = median[name, OURS] / median[name, who] if who != OURS else None
        yield name, who, median[name, who], min(seconds), max(seconds), max(memory), ratio


def table(taken):
    lines = ["| work | program | CPU s | least–most | MB | ours / theirs |", "|---|---|--:|:-:|--:|--:|"]
    for name, who, median, least, most, memory, ratio in rows(taken):
        beside = f"{ratio:.2f}" if ratio is not None else ""
        lines.append(f"| {name} | {who} | {median:.2f} | {least:.2f}–{most:.2f} | {memory:.0f} | {beside} |")
    return "\n".join(lines)


def growth(taken):
    """How CPU and memory of a list grow with its voters, both axes by powers of ten."""
    figures = {size: taken[list_of(size), OURS] for size in SIZES}
    seconds = {size: statistics.median(s for s, _ in found) for size, found in figures.items()}
    memory = {size: max(m for _, m in found) for size, found in figures.items()}
    width, height, left, bottom = 640, 360, 70, 310
    x = lambda size: left + (math.log10(size) - 3) / 3 * (width - left - 80)
    parts = []
    for n, (name, colour, values, unit, low, high, beside) in enumerate([
        ("CPU", "#8c1515", seconds, "s", -2, 2, -8),
        ("memory", "#1d4f91", memory, "MB", 1, 5, 18),
    ]):
        y = lambda value: bottom - (math.log10(value) - low) / (high - low) * (bottom - 40)
        points = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in values.items())
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for size, value in values.items():
            said = f"{value:.2f}" if value < 10 else f"{value:,.0f}"
            at = f'x="{x(size):.1f}" y="{y(value) + beside:.1f}"'
            parts.append(f'<circle cx="{x(size):.1f}" cy="{y(value):.1f}" r="3.5" fill="{colour}"/>')
            parts.append(f'<text {at} text-anchor="middle" fill="{colour}">{said} {unit}</text>')
        parts.append(f'<text x="{left}" y="{20 + 16 * n}" fill="{colour}">{name} ({unit})</text>')
    for size in SIZES:
        parts.append(f'<text x="{x(size):.1f}" y="{bottom + 24}" text-anchor="middle">{size:,}</text>')
    parts.append(f'<path d="M{left - 10} {bottom}H{width - 50}" stroke="#888"/>')
    parts.append(f'<text x="{width / 2}" y="{height - 6}" text-anchor="middle">voters</text>')
    about = f"CPU seconds and memory of a list of {SIZES[0]:,} to {SIZES[-1]:,} voters"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{about}" font-family="sans-serif" font-size="12">\n'
        f'<rect width="{width}" height="{height}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def machine():
    name = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if "model name" in line), "")
    return f"{name or platform.machine()}, {os.cpu_count()} cores, {platform.system()}"


def document(taken, shares, rounds):
    """The page of the manual."""
    stage = "\n".join(f"| {' | '.join(share)} |" for share in shares)
    return f"""# What it costs

Written by `make bench`, which measures everything in turn in one run, {rounds} times:
{machine()}. Whole processes, CPU seconds of user and system together; the program is
that of `make demo`. Ours are PDF/A-2a and PDF/UA-1, tagged, after the checks of the law;
those of typst-py and of the floor are plain PDF. “Five documents” are ours with the two
posters that belong to them.

{table(taken)}

How a list grows, CPU and memory, both axes by powers of ten:

![CPU seconds and memory by the number of voters](pictures/growth.svg)

All documents of Qimei, by stage, as time passes:

| stage | took | share |
|---|--:|--:|
{stage}

What was tried to make it faster, and what came of it, stands in [decisions](decisions.md).
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--document", action="store_true")
    asked = parser.parse_args()
    program = pathlib.Path(asked.program).resolve()
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        jobs = [(name, OURS, command) for name, command in our_work(program, work)]
        jobs += work_of_others(work)
        # The same work beside each other, so that both meet the same machine.
        names = list(dict.fromkeys(name for name, _, _ in jobs))
        jobs.sort(key=lambda job: (names.index(job[0]), job[1] != OURS))
        taken = {(name, who): [] for name, who, _ in jobs}
        for n in range(asked.rounds):
            for name, who, command in jobs:
                # A million voters are told by one round.
                if n == 0 or name != list_of(SIZES[-1]):
                    taken[name, who].append(measure(command))
        shares = stages(program, work)
    print(table(taken))
    print("\nall documents, by stage (seconds as they pass)")
    print("\n".join("\t".join(share) for share in shares))
    if asked.document:
        PICTURE.write_text(growth(taken), encoding="utf-8", newline="\n")
        PAGE.write_text(document(taken, shares, asked.rounds), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
