"""A round of elections, and its figures reckoned by other means.

    round.py make FOLDER COUNT SEED    elections with things that nobody knows among them
    round.py sum FOLDER WORKBOOK       the totals of the workbook against pandas
"""

import pathlib
import random
import sys

import openpyxl
import pandas
import yaml

PLACES = [("甲县", "东街"), ("甲县", "西街"), ("甲县", "南镇"), ("乙县", "北镇"), ("乙县", "中街")]
EDUCATION = ["小学", "初中", "中专", "高中", "大专", "本科", "研究生"]
PARTY = ["中共党员", "中共预备党员", "群众", "共青团员", "民盟盟员"]
POSTS = ["主任", "副主任", "委员", "委员", "委员"]
ABSENT = object()


def make(folder, count, seed):
    random.seed(seed)

    def maybe(value):
        """The value, or nothing is known, or nothing written."""
        return random.choices([value, None, ABSENT], [8, 1, 1])[0]

    def record(**entries):
        return {key: value for key, value in entries.items() if value is not ABSENT}

    for n in range(count):
        district, street = random.choice(PLACES)
        voters = random.randint(300, 5000)
        election = record(
            类别=random.choice(["社区", "村"]),
            社区=record(
                名称=f"第{n}号村居", 省份="示例省", 区县=district, 街道=street,
                人口=maybe(voters + random.randint(100, 900)), 户数=maybe(voters // 3),
            ),
            届次=7,
            选举日="2026-05-10",
            职数={"主任": 1, "副主任": 1, "委员": 3},
        )
        stage = random.random()
        if stage > 0.1:
            election["选民登记"] = record(名单公布日期="2026-04-18", 选民总数=maybe(voters))
        if stage > 0.3:
            people = [
                record(
                    姓名="赵钱孙李周"[at] + "某", 职务=post,
                    性别=maybe(random.choice("男女")), 年龄=maybe(random.randint(22, 75)),
                    学历=maybe(random.choice(EDUCATION)), 政治面貌=maybe(random.choice(PARTY)),
                    连任=maybe(random.choice([True, False])),
                    民族=maybe(random.choice(["汉族", "汉族", "回族", "苗族"])),
                    党组织职务=maybe(random.choice(["书记", "副书记", "委员", "无"])),
                    来源=maybe(random.choice([["退役军人"], ["致富能人", "退役军人"], []])),
                )
                for at, post in enumerate(POSTS)
            ]
            # More than half have voted, whatever is known of it.
            participants = random.randint(int(voters * 0.6), voters)
            election["选举结果"] = record(
                参加投票人数=maybe(participants),
                委托投票人数=maybe(random.randint(0, 200)),
                当选=maybe(people),
                一次成功=maybe(random.choice([True, False])),
            )
        target = pathlib.Path(folder) / f"{n % 7}" / f"election{n}"
        target.mkdir(parents=True)
        text = yaml.safe_dump(election, allow_unicode=True, sort_keys=False)
        target.joinpath("election.yaml").write_text(text.replace("true", "是").replace("false", "否"))


def read(folder):
    """A row for each election and one for each of the elected, for pandas."""
    elections, people = [], []
    for n, path in enumerate(sorted(pathlib.Path(folder).rglob("election.yaml"))):
        election = yaml.safe_load(path.read_text())
        place, result = election["社区"], election.get("选举结果")
        row = {
            "district": place["区县"], "street": place["街道"],
            "population": place.get("人口"), "households": place.get("户数"),
            "registered": "选民登记" in election,
            "voters": (election.get("选民登记") or {}).get("选民总数"),
            "held": result is not None,
            "participants": (result or {}).get("参加投票人数"),
            "proxies": (result or {}).get("委托投票人数"),
            # Without the key nobody is declared yet; with nothing after it nobody knows.
            "declared": "当选" in (result or {}),
        }
        listed = (result or {}).get("当选")
        row["listed"] = listed is not None
        chair = (listed or [{}])[0].get("党组织职务")
        row["shoulder"] = None if listed is None or chair is None else chair == "书记"
        elections.append(row)
        for person in listed or []:
            people.append({"election": n, "district": place["区县"], "street": place["街道"], **person})
    return pandas.DataFrame(elections), pandas.DataFrame(people)


def expected(elections, people):
    """Each column: its figure, elections that do not tell, people of whom it is not told."""
    held, declared = elections[elections.held], elections[elections.declared]
    unlisted = int((~declared.listed).sum())

    def total(name, among):
        return int(among[name].sum()), int(among[name].isna().sum()), 0

    def heads(key, test, post=None):
        """Of people: yes, and not told; whoever has another post is not in question."""
        own = people if post is None else people[people.职务 == post]
        told = own[key].dropna() if key in own else own.iloc[:0]
        return int(told.map(test).sum()), unlisted, len(own) - len(told)

    both = held.dropna(subset=["participants", "voters"])
    ages = people.年龄.dropna()
    figures = {
        "应换届": (len(elections), 0, 0),
        "人口": total("population", elections),
        "登记选民": total("voters", elections[elections.registered]),
        "参加投票": total("participants", held),
        "委托投票": total("proxies", held),
        "参选率": (both.participants.sum() / both.voters.sum(), len(held) - len(both), 0),
        "实选": (int(declared.listed.sum()) * 5, unlisted, 0),
        "主任": heads("职务", lambda post: post == "主任"),
        "委员": heads("职务", lambda post: post == "委员"),
        "女": heads("性别", lambda sex: sex == "女"),
        "女主任": heads("性别", lambda sex: sex == "女", "主任"),
        "党员": heads("政治面貌", lambda party: "中共" in party),
        "少数民族": heads("民族", lambda name: name != "汉族"),
        "35岁以下": heads("年龄", lambda age: age <= 35),
        "36至45岁": heads("年龄", lambda age: 36 <= age <= 45),
        "46至55岁": heads("年龄", lambda age: 46 <= age <= 55),
        "56岁以上": heads("年龄", lambda age: age >= 56),
        "平均年龄": (ages.mean(), unlisted, len(people) - len(ages)),
        "小学及以下": heads("学历", lambda level: level == "小学"),
        "高中（中专）": heads("学历", lambda level: level in ("高中", "中专")),
        "大专以上": heads("学历", lambda level: level in ("大专", "本科", "研究生")),
        "连选连任": heads("连任", lambda yes: yes in (True, "是")),
        "新当选": heads("连任", lambda yes: yes in (False, "否")),
        "两委交叉任职": heads("党组织职务", lambda post: post != "无"),
        "退役军人": heads("来源", lambda kinds: "退役军人" in kinds),
        "书记主任一肩挑": total("shoulder", declared),
    }
    return figures


def gaps(untold, untold_people):
    if untold and untold_people:
        return f"未填{untold}个、另{untold_people}人"
    return f"未填{untold}个" if untold else f"未填{untold_people}人" if untold_people else None


def compare(folder, workbook):
    elections, people = read(folder)
    rows = list(openpyxl.load_workbook(workbook, read_only=True)["统计"].iter_rows(values_only=True))
    headings = {name: at for at, name in enumerate(rows[1]) if name}
    scopes = {"合计": slice(None)}
    scopes |= {name: ("district", name) for name in elections.district.unique()}
    scopes |= {name: ("street", name) for name in elections.street.unique()}
    compared = 0
    for name, scope in scopes.items():
        own, theirs = elections, people
        if isinstance(scope, tuple):
            key, value = scope
            own, theirs = elections[elections[key] == value], people[people[key] == value]
        at = next(n for n, row in enumerate(rows) if str(row[1]).startswith(f"{name}（"))
        for column, (figure, untold, untold_people) in expected(own, theirs).items():
            where = headings[column]
            written, told = rows[at][where], rows[at + 1][where]
            assert abs(float(written or 0) - float(figure)) < 1e-9, (name, column, written, figure)
            assert (told or None) == gaps(untold, untold_people), (name, column, told, untold, untold_people)
            compared += 1
    print(f"{len(elections)} elections, {len(people)} people, {compared} totals agree")


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        compare(sys.argv[2], sys.argv[3])
