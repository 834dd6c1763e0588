#!/usr/bin/env python3
"""Measures `zhangbang batch`, and what must hold while it is measured.

    python3 benches/batch.py PROGRAM [peers] [mixed] [kills] [many]

peers: 100 communities of four documents each, against typst-py in one process and in a
process for each document, where the comparison's packets lie beside the repository;
mixed: elections of 1,000 to 5,000 voters with all documents and packets;
kills: a run that is killed again and again ends with what an undisturbed one made;
many: the report of 10,000 elections that were done in shards.
MIXED, KILLS and MANY in the environment are other numbers of elections and kills.
"""

import csv
import os
import pathlib
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
PEERS = REPOSITORY.parent / "shared" / "peers"
FOUR = ["election-plan", "election-committee", "results-notice", "work-summary"]


# An election that has begun: a few papers, soon made.
BEGUN = """\
类别: 社区
社区: {{名称: {place}, 省份: 示例省, 街道: 示例街道}}
届次: 7
选举日: 2026-05-10
职数: {{主任: 1, 副主任: 1, 委员: 3}}
选举委员会:
  推选日期: 2026-03-20
  公布日期: 2026-03-21
  成员:
    - {{姓名: 张守信, 性别: 男, 职务: 主任}}
    - {{姓名: 李明理, 性别: 女}}
    - {{姓名: 王公正, 性别: 男}}
选民登记: {{名单公布日期: 2026-04-18}}
"""
FEW = """\
序号,姓名,性别,出生日期,小组
1,张守信,男,1970-01-02,第一居民小组
2,李明理,女,1980-03-04,第一居民小组
3,王公正,男,1990-05-06,第二居民小组
"""


def measure(command, may_fail=False, **options):
    """Wall and CPU seconds and peak megabytes of a process and its children."""
    with tempfile.TemporaryFile() as said:
        begun = time.monotonic()
        child = subprocess.Popen([str(word) for word in command], stdout=said, stderr=said, **options)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        told = said.read().decode(errors="replace")
    if child.returncode and not may_fail:
        sys.exit(f"{command}: {told}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, told


def tell(what, figures):
    wall, cpu, peak = figures[:3]
    print(f"{what:<44} {wall:8.2f} s wall {cpu:8.2f} s CPU {peak:6.0f} MB", flush=True)


def from_peer(packet):
    """The comparison's community as a description of ours."""
    place, election = packet["community"], packet["election"]
    results = packet["results"]
    people = lambda rows, post: [row for row in rows if row[post] in ("主任", "副主任", "委员")]
    day = election["day"]
    lines = ["类别: 社区", f"社区: {{名称: {place['name']}, 省份: 示例省, 街道: {place['street']}}}"]
    lines += ["届次: 12", f"选举日: {day}", "职数: {主任: 1, 副主任: 2, 委员: 4}"]
    lines += ["选举委员会:", "  推选日期: 2026-10-10", "  公布日期: 2026-10-10", "  成员:"]
    for row in people(packet["committee"]["members"], "role"):
        lines.append(f"    - {{姓名: {row['name']}, 职务: {row['role']}, 性别: {row['sex']}}}")
    lines += ["实施方案: {通过会议: 居民代表会议, 通过日期: 2026-10-15, 公布日期: 2026-10-16}"]
    lines += [f"选民登记: {{选民总数: {election['registered']}, 名单公布日期: 2026-11-07}}"]
    lines += ["选举结果:", f"  参加投票人数: {election['collected']}"]
    lines += [
        f"  选票: {{发出: {election['issued']}, 收回: {election['collected']}, "
        f"有效: {election['valid']}, 无效: {election['invalid']}}}"
    ]
    lines += ["  得票:"]
    for row in results["winners"] + results["others"]:
        lines.append(f"    - {{姓名: {row['name']}, 职务: {row['role']}, 赞成: {row['votes']}}}")
    lines += ["  当选:"]
    for row in results["winners"]:
        lines.append(f"    - {{姓名: {row['name']}, 职务: {row['role']}, 性别: {row['sex']}}}")
    lines += [f"  公布日期: {day}", "工作总结: {成文日期: 2026-12-10}"]
    return "\n".join(lines) + "\n"


def peers(program, work, rounds=3):
    if not PEERS.is_dir():
        return print("peers: skipped, the comparison is not here")
    import yaml

    subprocess.run([sys.executable, PEERS / "gen_packet.py", work], check=True, stdout=subprocess.DEVNULL)
    packets = sorted((work / "batch").glob("c*.yaml"))
    for packet in packets:
        folder = work / "in" / packet.stem
        folder.mkdir(parents=True)
        text = from_peer(yaml.safe_load(packet.read_text(encoding="utf-8")))
        (folder / "election.yaml").write_text(text, encoding="utf-8")
    only = [word for name in FOUR for word in ("--only", name)]
    each = PEERS / "d_typst" / "d_typst_py.py"
    figures = {}
    for turn in range(rounds):
        ours = [program, "batch", work / "in", "-o", work / f"ours{turn}"]
        runs = {
            "zhangbang batch, four documents": [*ours, *only],
            "zhangbang batch --jobs 1, four documents": [
                program, "batch", work / "in", "-o", work / f"one{turn}", "--jobs", "1", *only
            ],
            "zhangbang batch --records (all, and packets)": [
                program, "batch", work / "in", "-o", work / f"all{turn}", "--records"
            ],
            "typst-py, one process": [sys.executable, each, work / f"peer{turn}", "small", *packets],
        }
        if turn == 0:
            script = " && ".join(
                f"'{sys.executable}' '{each}' '{work}/single/{packet.stem}' small '{packet}' >/dev/null"
                for packet in packets[:10]
            )
            runs["typst-py, a process a community (10 of 100)"] = ["sh", "-c", script]
        for what, command in runs.items():
            measured = measure(command, may_fail="zhangbang" in what)
            figures.setdefault(what, []).append(measured)
    made = len(list((work / "ours0").rglob("*.pdf"))), len(list((work / "all0").rglob("*.zip")))
    print(f"{len(packets)} communities; ours made {made[0]} PDFs, and with --records {made[1]} packets")
    for what, turns in figures.items():
        tell(what, [statistics.median(turn[n] for turn in turns) for n in range(3)])


def lay(folder, number, voters):
    """One election with all that a round leaves behind."""
    folder.mkdir(parents=True)
    generator = REPOSITORY / "data" / "generate_voters.py"
    roll = [sys.executable, generator, voters, 4, folder / "voters.csv", "--day", "2026-05-10"]
    subprocess.run([str(word) for word in roll], check=True, stdout=subprocess.DEVNULL)
    with open(folder / "voters.csv", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    counts = {}
    for row in rows:
        counts[row["姓名"]] = counts.get(row["姓名"], 0) + 1
    known = [row for row in rows if counts[row["姓名"]] == 1 and "1960" < row["出生日期"] < "1996"]
    known = random.Random(number).sample(known, len(known))
    # The fifth candidate is elected, and a woman.
    known.insert(11, known.pop(next(at for at, row in enumerate(known) if at > 11 and row["性别"] == "女")))
    committee, candidates, staff = known[:7], known[7:15], known[15:24]
    posts = ["主任", "主任", "副主任", "副主任", "委员", "委员", "委员", "委员"]
    cast = voters * 4 // 5
    elected = [0, 2, 4, 5, 6]
    votes = {at: cast * 7 // 10 if at in elected else cast // 10 for at in range(8)}
    village = number % 2
    people, meeting = ("村民", "村民代表会议") if village else ("居民", "居民代表会议")
    person = lambda row: f"姓名: {row['姓名']}, 性别: {row['性别']}, 出生: {row['出生日期'][:7]}"
    lines = [f"类别: {'村' if village else '社区'}"]
    lines += [f"{'村' if village else '社区'}: {{名称: 第{number}{'村' if village else '社区'}, 省份: 示例省, 街道: 示例{number % 9}街道, 人口: {voters * 5 // 4}, 户数: {voters // 3}}}"]
    lines += ["届次: 7", "选举日: 2026-05-10", "上届选举日: 2021-05-09", "选举方式: 全体选民"]
    lines += ["职数: {主任: 1, 副主任: 1, 委员: 3, 妇女: 1}"]
    lines += ["选举委员会:", "  推选日期: 2026-03-20", f"  推选方式: {meeting}", "  公布日期: 2026-03-21", "  成员:"]
    lines += [f"    - {{姓名: {row['姓名']}, 性别: {row['性别']}, 职务: {'委员' if at else '主任'}}}" for at, row in enumerate(committee)]
    lines += [f"实施方案: {{通过会议: {meeting}, 通过日期: 2026-03-28, 公布日期: 2026-03-30}}"]
    lines += [f"选民登记: {{公告日期: 2026-03-31, 开始: 2026-04-01, 截止: 2026-04-15, 地点: [办公楼], 名单公布日期: 2026-04-17, 选民总数: {voters}, 发放选民证: 是}}"]
    lines += ["候选人:", "  公布日期: 2026-04-30", "  名单:"]
    lines += [f"    - {{{person(row)}, 职务: {posts[at]}, 学历: 大专, 政治面貌: 中共党员}}" for at, row in enumerate(candidates)]
    lines += ["投票: {公布日期: 2026-05-04, 开始时间: 8:00, 结束时间: 16:00, 中心会场: 办公楼}"]
    lines += ["工作人员:", f"  推选会议: {meeting}", "  推选日期: 2026-05-05", "  公布日期: 2026-05-06", "  名单:"]
    roles = ["总监票员", "监票员", "监票员", "唱票员", "唱票员", "计票员", "计票员", "发票员", "代写员"]
    lines += [f"    - {{姓名: {row['姓名']}, 职责: {role}}}" for row, role in zip(staff, roles)]
    lines += ["选举结果:", f"  参加投票人数: {cast}", f"  选票: {{发出: {cast}, 收回: {cast}, 有效: {cast - 5}, 无效: 5}}", "  得票:"]
    lines += [f"    - {{姓名: {row['姓名']}, 职务: {posts[at]}, 赞成: {votes[at]}}}" for at, row in enumerate(candidates)]
    lines += ["  当选:"]
    lines += [f"    - {{{person(candidates[at])}, 职务: {posts[at]}, 学历: 大专, 政治面貌: 中共党员, 连任: 是}}" for at in elected]
    lines += ["  公布日期: 2026-05-10", "  张榜日期: 2026-05-10", "工作总结: {成文日期: 2026-05-30}"]
    (folder / "election.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def lay_all(top, count):
    sizes = random.Random(1)
    total = 0
    for number in range(count):
        voters = sizes.randint(1000, 5000)
        total += voters
        lay(top / f"street{number % 9}" / f"election{number}", number, voters)
    return total


def mixed(program, work):
    count = int(os.environ.get("MIXED", 300))
    voters = lay_all(work / "in", count)
    measured = measure([program, "batch", work / "in", "-o", work / "out"], may_fail=True)
    tell(f"{count} elections of {voters:,} voters, all", measured)
    print("  " + "\n  ".join(measured[3].splitlines()[:4]))
    files = list((work / "out").rglob("*.pdf"))
    print(f"  {len(files)} documents, {len(list((work / 'out').rglob('*.zip')))} packets; "
          f"{measured[1] / count:.2f} CPU s an election")
    again = measure([program, "batch", work / "in", "-o", work / "out"], may_fail=True)
    tell("  once more, nothing changed", again)


def tree(out):
    """Every file of the results with its bytes; not the report, which has today's date."""
    found = {}
    for path in sorted(out.rglob("*")):
        below = path.relative_to(out)
        is_own = below.parts[0].startswith((".zhangbang", "汇总", "进度榜"))
        if path.is_file() and not is_own:
            found[str(below)] = path.read_bytes()
    return found


def kills(program, work):
    count, many = int(os.environ.get("KILLED", 60)), int(os.environ.get("KILLS", 50))
    for number in range(count):
        folder = work / "in" / f"street{number % 3}" / f"election{number}"
        folder.mkdir(parents=True)
        place = f"第{number}社区"
        (folder / "election.yaml").write_text(BEGUN.format(place=place), encoding="utf-8")
        (folder / "voters.csv").write_text(FEW, encoding="utf-8")
    command = [program, "batch", work / "in", "-o", work / "out", "--records"]
    whole = measure([program, "batch", work / "in", "-o", work / "whole", "--records"], may_fail=True)
    tell(f"{count} elections, undisturbed", whole)
    moments = random.Random(2)
    recorded, again, killed = {}, 0, 0
    for _ in range(many):
        child = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.3, 3 * whole[0] / many + 0.6))
        child.send_signal(signal.SIGKILL)
        child.wait()
        killed += child.returncode == -signal.SIGKILL
        # Not those of the killed run's own place, which it had not delivered.
        found = (work / "out").glob("street*/**/record.json")
        now = {str(path): path.stat().st_mtime_ns for path in found}
        again += sum(now.get(path) != written for path, written in recorded.items())
        recorded = now
    measure(command, may_fail=True)
    same = tree(work / "out") == tree(work / "whole")
    litter = [path.name for path in (work / "out" / ".zhangbang").iterdir() if path.name.startswith("run-")]
    print(f"  {killed} kills, {len(recorded)} recorded before the last run, {again} done twice; "
          f"tree equal: {same}; left behind: {litter}")
    if not same or again or litter:
        sys.exit("kills: not as it should be")


def many(program, work):
    count, parts = int(os.environ.get("MANY", 10000)), 8
    chooser = random.Random(3)
    for number in range(count):
        folder = work / "in" / f"county{number % 12}" / f"street{number % 120}" / f"election{number}"
        folder.mkdir(parents=True)
        cast = chooser.randint(200, 900)
        lines = ["类别: 村", f"村: {{名称: 第{number}村, 省份: 示例省, 区县: 第{number % 12}县, 乡镇: 第{number % 120}镇}}"]
        lines += ["届次: 7", "选举日: 2026-05-10", "职数: {主任: 1, 副主任: 1, 委员: 3}"]
        lines += [f"选民登记: {{选民总数: 1000, 名单公布日期: 2026-04-17}}"]
        lines += ["选举结果:", f"  参加投票人数: {cast}", "  当选:"]
        lines += [f"    - {{姓名: 某{name}, 职务: {post}, 性别: {chooser.choice('男女')}, 年龄: {chooser.randint(22, 70)}}}"
                  for name, post in zip("甲乙丙丁戊", ["主任", "副主任", "委员", "委员", "委员"])]
        (folder / "election.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    begun = time.monotonic()
    for part in range(1, parts + 1):
        measure([program, "batch", work / "in", "-o", work / "out", "--check", "--shard", f"{part}/{parts}"], may_fail=True)
    print(f"{count} elections checked in {parts} shards, one after another: {time.monotonic() - begun:.1f} s")
    measured = measure([program, "batch", "report", work / "out", "--today", "2026-06-01"])
    tell(f"report of {count} elections", measured)
    print("  " + "\n  ".join(measured[3].splitlines()[:6]))


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    parts = sys.argv[2:] or ["peers", "mixed", "kills", "many"]
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores at the start")
    for part in parts:
        work = pathlib.Path(tempfile.mkdtemp())
        try:
            globals()[part](program, work)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        print(f"load {os.getloadavg()[0]:.1f} after {part}", flush=True)


if __name__ == "__main__":
    main()
