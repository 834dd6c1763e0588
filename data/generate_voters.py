#!/usr/bin/env python3
"""Invents a voter roll: the same arguments give the same bytes.

    python3 data/generate_voters.py COUNT GROUPS OUT.csv [--day 2017-05-14] [--group 居民小组]
        [--households NUMBER] [--posted POSTED.csv]

Everybody on it is invented. All are of age on the day; no two share name and
date of birth. The file is CSV as Excel writes it: UTF-8 with BOM, CRLF.

With --households the voters live together in families. With --posted a second
file tells what the list was like when it was first posted, with mistakes: one
voter is missing, one who moved away is still on it, one name is misspelt.
"""

import argparse
import datetime
import random

# Shares of the commonest surnames, per ten thousand; then rarer ones.
SURNAMES = {
    "王": 715, "李": 710, "张": 680, "刘": 520, "陈": 560, "杨": 300, "黄": 290, "赵": 200,
    "吴": 240, "周": 190, "林": 260, "郑": 150, "徐": 140, "孙": 130, "马": 100, "朱": 110,
    "胡": 100, "郭": 120, "何": 120, "高": 80, "罗": 90, "梁": 90, "谢": 90, "宋": 60, "唐": 60,
    "许": 90, "韩": 50, "冯": 55, "邓": 60, "曹": 50, "彭": 50, "曾": 55, "肖": 45, "田": 40,
    "董": 35, "潘": 45, "袁": 35, "蔡": 70, "蒋": 35, "余": 40, "于": 30, "杜": 35, "叶": 45,
    "程": 35, "魏": 30, "苏": 45, "吕": 40, "丁": 30, "任": 25, "卢": 35, "姚": 30, "沈": 30,
    "钟": 30, "姜": 25, "崔": 20, "谭": 30, "陆": 30, "范": 25, "汪": 20, "廖": 30, "石": 25,
    "金": 20, "贾": 15, "夏": 20, "韦": 20, "付": 15, "方": 25, "邹": 20, "熊": 15, "白": 15,
    "孟": 12, "秦": 14, "邱": 20, "侯": 12, "江": 18, "尹": 10, "薛": 12, "闫": 10, "段": 10,
    "雷": 12, "龙": 12, "黎": 14, "史": 8, "陶": 8, "贺": 8, "毛": 8, "郝": 6, "顾": 8, "龚": 8,
    "邵": 8, "万": 8, "覃": 8, "武": 6, "钱": 8, "戴": 8, "严": 6, "莫": 8, "孔": 6, "向": 6,
    "温": 8, "庄": 12, "柯": 8, "翁": 8, "洪": 12, "符": 4, "区": 2, "仇": 1, "单": 2, "解": 1,
    "查": 1, "盖": 1, "晁": 1, "逄": 1, "亓": 1, "郗": 1, "缪": 2, "訾": 1, "麹": 1,
    "欧阳": 10, "司徒": 2, "上官": 2, "诸葛": 2, "司马": 1, "东方": 1, "夏侯": 1, "令狐": 1, "皇甫": 1,
}

# First and second characters of given names, by sex and by generation.
MEN = [
    (1965, "建国志德文永玉金振福光明春树世荣宝庆国家", "国华明生平军民祥林根福贵德才义忠山海发成"),
    (1985, "建志国伟海晓俊永文少振小卫红家宏立新劲锦", "军强勇明辉华平斌峰杰涛伟刚鹏林波锋雄龙东"),
    (2100, "子浩宇嘉俊梓泽志明文思晨家铭逸博天一睿凯", "轩宇涵豪杰鑫航辰然博文浩恒毅森林凯鸣乐源"),
]
WOMEN = [
    (1965, "秀玉桂淑凤金月素惠春兰美翠爱雪彩莲巧宝赛", "英兰珍芳华云莲梅香花娥琴荣珠妹娇玲凤霞卿"),
    (1985, "丽小晓红海燕秀美玉雪春慧文少佩婉楚洁映锦", "娟丽霞玲敏芳红燕梅莉萍静华云婷琼君珊纯娜"),
    (2100, "子诗雨欣思梓佳晓婉嘉可心静语若依紫雅一楚", "涵琪怡妍婷萱悦琳彤桐瑶晴雯楠颖宁蕾茹熙淇"),
]
# Characters of the General Standard table that fonts and tables often lack.
RARE = "喆彧翀玥珺璟赟祎堃淼犇骁昉珩玠垚燊翊弢劼𬱖𬭎𫖯𬀩𫍯𬤊"

# Given names of Uyghurs and Tibetans, of men and of women.
UYGHUR = {
    True: ["阿不都热合曼", "买买提", "吐尔逊", "艾合买提", "阿卜杜拉", "努尔买买提", "库尔班", "依布拉音"],
    False: ["热依汗", "古丽娜尔", "阿依古丽", "帕提古丽", "麦尔哈巴", "茹克亚"],
}
TIBETAN = {
    True: ["扎西次仁", "索朗旺堆", "达瓦次仁", "洛桑"],
    False: ["卓玛", "德吉央宗", "次仁拉姆", "央金"],
}

# The given name of the grandfather of the one family whose names are Uyghur.
UYGHUR_ANCESTOR = "吐尔逊江"

YOUNGEST, OLDEST = 18, 96
LARGEST_HOUSEHOLD = 4


class Chance:
    """Draws with nothing but random(), which alone is the same everywhere."""

    def __init__(self, seed):
        self.draw = random.Random(seed).random

    def below(self, count):
        return int(self.draw() * count)

    def one_of(self, items):
        return items[self.below(len(items))]

    def happens(self, share):
        return self.draw() < share


class Surnames:
    """Surnames by their shares."""

    def __init__(self):
        self.wheel = [name for name, share in SURNAMES.items() for _ in range(share)]

    def draw(self, chance):
        return chance.one_of(self.wheel)


def given_name(chance, is_man, year):
    firsts, seconds = next((f, s) for until, f, s in (MEN if is_man else WOMEN) if year < until)
    if chance.happens(0.004):
        rare = chance.one_of(RARE)
        return rare if chance.happens(0.4) else chance.one_of(firsts) + rare
    if chance.happens(0.16):
        return chance.one_of(seconds)
    first, second = chance.one_of(firsts), chance.one_of(seconds)
    return first if first == second else first + second


def full_name(chance, surnames, is_man, year):
    if chance.happens(0.001):
        if chance.happens(0.3):
            return chance.one_of(TIBETAN[is_man])
        return chance.one_of(UYGHUR[is_man]) + "·" + chance.one_of(UYGHUR[True])
    return surnames.draw(chance) + given_name(chance, is_man, year)


def birth_date(chance, day):
    """Somebody of age on the day; the old are fewer."""
    span = OLDEST - YOUNGEST
    age = YOUNGEST + int(span * min(chance.draw(), chance.draw() * 1.25))
    latest = anniversary(day, age)
    return latest - datetime.timedelta(days=chance.below(365))


def anniversary(day, years):
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return datetime.date(day.year - years, 3, 1)


def group_sizes(chance, count, groups):
    """Sizes that differ by about a tenth and make up the count."""
    weights = [0.9 + 0.2 * chance.draw() for _ in range(groups)]
    bounds = [round(count * sum(weights[:n]) / sum(weights)) for n in range(groups + 1)]
    return [after - before for before, after in zip(bounds, bounds[1:])]


def numeral(number):
    """Chinese numerals up to 99; further groups are numbered in digits."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if number > 99:
        return str(number)
    if number < 10:
        return digits[number]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def voters(count, groups, day, word):
    chance, surnames, met = Chance(20170514), Surnames(), set()
    for group, size in enumerate(group_sizes(chance, count, groups), start=1):
        name_of_group = f"第{numeral(group)}{word}"
        for _ in range(size):
            while True:
                is_man, birth = chance.happens(0.51), birth_date(chance, day)
                name = full_name(chance, surnames, is_man, birth.year)
                if (name, birth) not in met:
                    break
            met.add((name, birth))
            yield name, "男" if is_man else "女", birth.isoformat(), name_of_group


def born(chance, day, age):
    """Somebody of about that age, but of age, on the day."""
    age = min(max(age, YOUNGEST), OLDEST)
    return anniversary(day, age) - datetime.timedelta(days=chance.below(365))


def family(chance, surnames, size, day):
    """A household of one to four: name, sex and date of birth of each."""
    age = YOUNGEST + 8 + chance.below(40) if size < 3 else 44 + chance.below(16)
    if size == 1 and chance.happens(0.6):
        age = 60 + chance.below(30)
    head, surname = chance.happens(0.8), surnames.draw(chance)
    members = [(head, surname, age)]
    if size > 1:
        members.append((not head, surnames.draw(chance), age + chance.below(7) - 3))
    if size > 2:
        members.append((chance.happens(0.5), surname, age - 24 - chance.below(4)))
    if size > 3:
        members.append((True, surname, age + 23 + chance.below(8)))
    for is_man, surname, age in members:
        birth = born(chance, day, age)
        yield surname + given_name(chance, is_man, birth.year), is_man, birth


def uyghur_family(chance, size, day):
    """Like [family], each with the father's name after a point."""
    father = chance.one_of(UYGHUR[True])
    others = [name for name in UYGHUR[True] if name != father]
    yield f"{father}·{UYGHUR_ANCESTOR}", True, born(chance, day, 46)
    if size > 1:
        yield f"{chance.one_of(UYGHUR[False])}·{chance.one_of(others)}", False, born(chance, day, 44)
    if size > 2:
        yield f"{chance.one_of(others)}·{father}", True, born(chance, day, 21)
    if size > 3:
        yield UYGHUR_ANCESTOR, True, born(chance, day, 71)


def household_sizes(chance, count, households):
    """Sizes from one to four that make up the count."""
    sizes = [1] * households
    while sum(sizes) < count:
        at = chance.below(households)
        sizes[at] = min(sizes[at] + 1, LARGEST_HOUSEHOLD)
    return sizes


def households(count, number, groups, day, word):
    """Voters by household, each with the number of the household."""
    chance, surnames, met = Chance(20260607), Surnames(), set()
    sizes = household_sizes(chance, count, number)
    uyghur, at = number // 3, 0
    for group, size_of_group in enumerate(group_sizes(chance, number, groups), start=1):
        for place in range(1, size_of_group + 1):
            while True:
                if at == uyghur:
                    members = list(uyghur_family(chance, max(sizes[at], 2), day))
                else:
                    members = list(family(chance, surnames, sizes[at], day))
                if not met.intersection((name, birth) for name, _, birth in members):
                    break
            met.update((name, birth) for name, _, birth in members)
            for name, is_man, birth in members:
                yield name, "男" if is_man else "女", birth.isoformat(), f"第{numeral(group)}{word}", f"{group}-{place:02}"
            at += 1


def as_posted(voters, day):
    """The list as it was before objections to it were decided."""
    chance, surnames = Chance(20260515), Surnames()
    posted = list(voters)
    missing, misspelt = chance.below(len(posted) // 2), len(posted) // 2 + chance.below(len(posted) // 4)
    name, sex, birth, *rest = posted[misspelt]
    firsts, seconds = next((f, s) for until, f, s in (MEN if sex == "男" else WOMEN) if int(birth[:4]) < until)
    wrong = chance.one_of([c for c in seconds if c != name[-1] and c not in firsts])
    posted[misspelt] = (name[:-1] + wrong, sex, birth, *rest)
    name, is_man, birth = next(family(chance, surnames, 1, day))
    posted.append((name, "男" if is_man else "女", birth.isoformat(), *posted[-1][3:]))
    del posted[missing]
    return posted


def write(path, headings, voters):
    with open(path, "w", encoding="utf-8-sig", newline="") as out:
        out.write(f"序号,{','.join(headings)}\r\n")
        for number, voter in enumerate(voters, start=1):
            out.write(f"{number},{','.join(voter)}\r\n")


def main():
    parser = argparse.ArgumentParser(description="Invents a voter roll.")
    parser.add_argument("count", type=int)
    parser.add_argument("groups", type=int)
    parser.add_argument("out")
    parser.add_argument("--day", type=datetime.date.fromisoformat, default=datetime.date(2017, 5, 14))
    parser.add_argument("--group", default="居民小组", help="what a group is called; villages say 村民小组")
    parser.add_argument("--households", type=int, help="in how many households the voters live")
    parser.add_argument("--posted", help="where to write the list as it was first posted")
    given = parser.parse_args()
    if given.count < 1 or given.groups < 1:
        parser.error("COUNT and GROUPS start at 1")
    headings = ["姓名", "性别", "出生日期", "小组"]
    if given.households is None:
        roll = list(voters(given.count, given.groups, given.day, given.group))
    else:
        if not given.households <= given.count <= given.households * LARGEST_HOUSEHOLD:
            parser.error(f"a household has 1 to {LARGEST_HOUSEHOLD} voters")
        headings.append("户号")
        roll = list(households(given.count, given.households, given.groups, given.day, given.group))
    write(given.out, headings, roll)
    if given.posted:
        write(given.posted, headings, as_posted(roll, given.day))


if __name__ == "__main__":
    main()
