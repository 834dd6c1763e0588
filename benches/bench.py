#!/usr/bin/env python3
"""Measures whole processes: CPU seconds (user + system) and peak memory.

    python3 benches/bench.py PROGRAM [ROUNDS]

Qimei's documents (with a card for each of its 4,999 voters, and the share of
each stage of the work), its packet, the five documents that the comparison makes,
and voter lists of 4,999, 20,000 and 100,000.
Machines drift, so rounds are interleaved and medians told. Where the packet of
the comparison lies beside the repository and `typst` can be had from PyPI, both
are measured in the same rounds.
"""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import venv

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
PEERS = REPOSITORY.parent / "shared" / "peers"
SIZES = [4999, 20000, 100000]
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


def our_work(program, work):
    qimei = REPOSITORY / "data" / "qimei-2017"
    yield "all documents", "zhangbang build", [program, "build", qimei, "-o", work / "qimei"]
    formats = ["--formats", "pdf,docx,html,png"]
    yield "in four formats", "zhangbang build", [program, "build", qimei, "-o", work / "four", *formats]
    five = [word for name in FIVE for word in ("--only", name)]
    yield "five documents", "zhangbang build", [program, "build", qimei, "-o", work / "five", *five]
    yield "documents and packet", "zhangbang pack", [program, "pack", qimei, "-o", work / "qimei.zip"]
    for size in SIZES:
        folder = work / f"list-{size}"
        folder.mkdir()
        (folder / "election.yaml").write_text(ELECTION, encoding="utf-8")
        generator = REPOSITORY / "data" / "generate_voters.py"
        roll = [sys.executable, generator, str(size), "4", folder / "voters.csv", "--day", "2026-05-10"]
        subprocess.run([str(word) for word in roll], check=True)
        command = [program, "build", folder, "-o", folder / "out", "--only", "voter-list"]
        yield f"list of {size:,}", "zhangbang build", command


def work_of_peers(work):
    """The comparison's packet through typst-py; nothing if it cannot be had."""
    if not PEERS.is_dir():
        return
    python = work / "python" / "bin" / "python"
    venv.create(work / "python", with_pip=True)
    try:
        subprocess.run([python, "-m", "pip", "install", "--quiet", "typst==0.15.2"], check=True)
    except subprocess.CalledProcessError:
        return
    packet = work / "peers"
    packet.mkdir()
    subprocess.run([sys.executable, PEERS / "gen_packet.py", packet], check=True)
    runner = [python, PEERS / "d_typst" / "d_typst_py.py"]
    yield "documents and packet", "typst-py", [*runner, work / "peer", "packet", packet / "packet.yaml"]
    for size, tag in zip(SIZES, ["", "-20k", "-100k"]):
        yield f"list of {size:,}", "typst-py", [*runner, work / "peer", "voters", packet / f"packet{tag}.yaml"]


def stages(program, work):
    """The share of each stage in making all documents of Qimei, as the program tells it."""
    qimei = REPOSITORY / "data" / "qimei-2017"
    command = [program, "build", qimei, "-o", work / "stages", "--timings"]
    told = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return [line for line in told.stderr.splitlines() if line.count("\t") == 2]


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        jobs = [*our_work(program, work), *work_of_peers(work)]
        names = [name for name, _, _ in jobs]
        # The same work beside each other, so that both meet the same machine.
        jobs.sort(key=lambda job: names.index(job[0]))
        taken = {(name, who): [] for name, who, _ in jobs}
        for _ in range(rounds):
            for name, who, command in jobs:
                taken[name, who].append(measure(command))
        shares = stages(program, work)
    print(f"{'work':22} {'program':16} {'CPU s':>7} {'(min–max)':>13} {'MB':>6}")
    for (name, who), figures in taken.items():
        seconds, memory = zip(*figures)
        spread = f"({min(seconds):.2f}–{max(seconds):.2f})"
        print(f"{name:22} {who:16} {statistics.median(seconds):7.2f} {spread:>13} {max(memory):6.0f}")
    print("\nall documents, by stage (seconds as they pass)")
    print("\n".join(shares))


if __name__ == "__main__":
    main()
