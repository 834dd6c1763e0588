"""Builds order.txt: the order of characters by strokes (GB 13000.1 字序, GF 3003-1999).

The order is that of the national norm; the sources only tell it:

- kTGH of the Unihan database (Unicode License): the place of a character in
  the three levels of 通用规范汉字表, each of which is arranged by GF 3003-1999.
  It overrides the others; nothing may contradict it.
- kTotalStrokes of the Unihan database: how many strokes (the mainland's).
- cnchar-order and cnchar-trad (npm, MIT, (c) theajack): the strokes of a
  character in writing order, by which the levels are merged.
- cn-sort (PyPI, MIT, (c) bmxbmx3): a rank of 20,902 characters. It places the
  characters of 通用规范汉字表 whose strokes cnchar lacks, and confirms those of
  cnchar-trad: where the two disagree, no order is claimed.

Usage, with the Unihan files of Debian's package `unicode-data` (15.0.0):

    npm pack cnchar-order@3.2.6 cnchar-trad@3.2.6     # and unpack
    pip download --no-deps --no-binary :all: cn-sort==0.14.0     # and unpack
    python3 build.py /usr/share/unicode cnchar.order.min.js cnchar.trad.min.js \\
        cn_sort/res/all_word.json > order.txt
"""

import bz2
import json
import re
import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from pathlib import Path

NOTICE = """\
# Characters by strokes as GF 3003-1999 orders them: count, then the characters in order.
# `=` joins characters that the order does not part; after `|` stand those of which only the count is known.
# Built by build.py from kTGH and kTotalStrokes of the Unihan database {version}, Copyright (c) 1991-2022 Unicode, Inc.,
# under the Unicode License, https://www.unicode.org/license.txt; from cnchar-order and cnchar-trad 3.2.6,
# Copyright (c) 2017-present theajack, under the MIT License; and from cn-sort 0.14.0, bmxbmx3, under the MIT License.
"""

# The five kinds by cnchar's letters: 横 with 提, 竖 with 竖钩, 撇, 点 with 捺, 折.
KINDS = {"1": "ji", "2": "fg", "3": "s", "4": "kdl", "5": "abcehmnopqrtuvwxyz"}
KIND = {letter: kind for kind, letters in KINDS.items() for letter in letters}

# Among characters of the same kinds: the main form of a stroke before the
# attached one (一 before ㇀, 丨 before 亅, 丶 before ㇏), and turned strokes by the
# number of their turns, then by how they begin, as GF 2001-2001 lists them.
FORMS = {
    letter: form
    for form, letters in enumerate(["jfskd", "igl", "c", "e", "b", "h", "n", "m", "t", "v", "p", "r", "x",
                                    "y", "u", "q", "o", "a", "z", "w"])
    for letter in letters
}

# Characters that cnchar-order writes otherwise than GF 0023-2020, and otherwise
# than it writes the same part elsewhere (只, 篝, 董, 得, 厥, 漆, 虱, 漆, 白, 出).
CORRECTIONS = {
    "炽": "dsskfcjsk",
    "媾": "msj" + "jjffjfrfjj",
    "锺": "sjjjhsjfcjjfjj",
    "德": "ssf" + "jffcffjj" + "dykk",
    "撅": "jgi" + "jsksjbfssesl",
    "膝": "srjjjfsksl" + "gkisk",
    "鲺": "srfcjfji" + "osfcjfjk",
    "黏": "sjfsksl" + "gkisk" + "fjfcj",
    "皙": "jfskssjfsfcjj",
    "弢": "cjz" + "bff" + "el",
}

# 門 in characters of cnchar-trad, written otherwise than the norm does.
GATE = ("cjjffrjj", "fcjjfrjj")


def unihan(folder, name, field):
    with bz2.open(folder / name, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 3 and fields[1] == field:
                yield chr(int(fields[0][2:], 16)), fields[2]


def version(folder):
    with bz2.open(folder / "Unihan_IRGSources.txt.bz2", "rt", encoding="utf-8") as lines:
        return next(line.split(":")[1].strip() for line in lines if line.startswith("# Unicode version:"))


def cnchar(path, sample):
    """The one table in a bundle of cnchar that has the strokes of `sample`."""
    for text in re.findall(r"JSON\.parse\('(.*?)'\)", Path(path).read_text(encoding="utf-8")):
        table = json.loads(text.replace("\\\\", "\\"))
        if re.fullmatch("[a-z]+", str(table.get(sample, ""))):
            return table
    sys.exit(f"{path}: no strokes")


def ranks(path):
    entries = json.loads(Path(path).read_text(encoding="utf-8"))["all_word"]
    return {entry["chinese"]: entry["stroke_increment_level"] for entry in entries}


class Order:
    def __init__(self, folder, order_js, trad_js, all_word):
        self.counts = {c: int(value.split()[0]) for c, value in unihan(folder, "Unihan_IRGSources.txt.bz2", "kTotalStrokes")}
        self.places = {c: int(value.split(":")[1]) for c, value in unihan(folder, "Unihan_OtherMappings.txt.bz2", "kTGH")}
        self.strokes = cnchar(order_js, "区") | CORRECTIONS
        self.rank = ranks(all_word)
        for c in [c for c, strokes in self.strokes.items() if len(strokes) != self.counts.get(c)]:
            print(f"{c}: not the count of Unihan; left out", file=sys.stderr)
            del self.strokes[c]
        self.check_strokes()
        self.keys = {c: self.key(strokes) for c, strokes in self.strokes.items()}
        self.keys |= self.traditional(cnchar(trad_js, "東"))
        self.keys |= self.placed_by_rank()

    def level(self, c):
        """Of 通用规范汉字表: 1, 2, 3; `None` of a character that is not in it."""
        place = self.places.get(c)
        return place and 1 + (place > 3500) + (place > 6500)

    @staticmethod
    def key(strokes):
        return (len(strokes), "".join(KIND[s] for s in strokes), tuple(FORMS[s] for s in strokes))

    def check_strokes(self):
        """The strokes of each level must rise with the places in it."""
        for level in (1, 2, 3):
            last = None
            for c in sorted((c for c in self.strokes if self.level(c) == level), key=self.places.get):
                key = self.key(self.strokes[c])[:2]
                if last and key < last:
                    sys.exit(f"{c} contradicts 通用规范汉字表")
                last = key

    def traditional(self, strokes):
        """Keys of those characters of cnchar-trad that cn-sort confirms, and
        that have no part which it contradicts."""
        strokes = {c: s.replace(*GATE) for c, s in strokes.items() if c in self.rank and c not in self.strokes}
        strokes = {c: s for c, s in strokes.items() if len(s) == self.counts[c]}
        sure = self.neighbours()

        def agrees(c):
            before, after = (self.keys.get(n, (0,))[:2] for n in around(sure, self.rank, c))
            return before <= self.key(strokes[c])[:2] and (after <= (0,) or self.key(strokes[c])[:2] <= after)

        agreed = {c for c in strokes if agrees(c)}
        kinds = {c: self.key(s)[1] for c, s in strokes.items()}
        doubtful = {kinds[c] for c in kinds if c not in agreed and len(kinds[c]) > 5}
        agreed = {c for c in agreed if not any(part in kinds[c] for part in doubtful)}
        print(f"cnchar-trad: {len(agreed)} of {len(strokes)} confirmed", file=sys.stderr)
        return {c: self.key(strokes[c]) for c in agreed}

    def neighbours(self):
        """The characters whose ranks in cn-sort rise as their strokes do."""
        ranked = sorted((c for c in self.rank if c in self.keys), key=self.rank.get)
        return [ranked[i] for i in longest_rising([self.keys[c][:2] for c in ranked])]

    def placed_by_rank(self):
        """Keys of the other characters of 通用规范汉字表: behind those that
        cn-sort and their level put before them, if the two can agree."""
        sure, placed = self.neighbours(), {}
        for level in (1, 2, 3):
            run = sorted((c for c in self.places if self.level(c) == level), key=self.places.get)
            known = [c for c in run if c in self.keys]
            for c in run:
                if c in self.keys or c not in self.rank:
                    continue
                both = [around(sure, self.rank, c), around(known, self.places, c)]
                least = max(self.keys.get(before, (0, ""))[:2] for before, _ in both)
                most = min(self.keys.get(after, (99, ""))[:2] for _, after in both)
                count = self.counts[c]
                if least <= most and least[0] <= count <= most[0]:
                    kinds = least[1] if least[0] == count else ""
                    placed[c] = (count, kinds, (len(FORMS), self.rank[c]))
                else:
                    print(f"{c}: cn-sort contradicts its level; left out", file=sys.stderr)
        return placed

    def classes(self, count):
        """The characters of one count in order, each with those it ties with."""
        alike = defaultdict(list)
        for c, key in self.keys.items():
            if key[0] == count:
                alike[key].append(c)
        classes = []
        for key in sorted(alike):
            run = sorted(alike[key], key=lambda c: (self.places.get(c, 1 << 16), c))
            # Within a level the norm's own order is known, across levels it is not.
            levels = [self.level(c) for c in run if self.level(c)]
            classes += [run] if len(levels) == len(set(levels)) else [[c] for c in run]
        return self.by_level(classes)

    def by_level(self, classes):
        """Moves the few whose forms put them before their place in their level."""
        for level in (1, 2, 3):
            at = [i for i, run in enumerate(classes) if any(self.level(c) == level for c in run)]
            place = lambda run: next(self.places[c] for c in run if self.level(c) == level)
            wanted = sorted((classes[i] for i in at), key=place)
            for i, run in zip(at, wanted):
                if classes[i] is not run:
                    print(f"by its level: {'='.join(run)}", file=sys.stderr)
                classes[i] = run
        for level in (1, 2, 3):
            places = [self.places[c] for run in classes for c in run if self.level(c) == level]
            if places != sorted(places):
                sys.exit(f"level {level} is out of order")
        return classes

    def print(self):
        common = sum(c in self.keys for c in self.places)
        print(f"{len(self.keys)} characters in order, {common} of {len(self.places)} common ones", file=sys.stderr)
        han = [c for c in self.counts if 0x4E00 <= ord(c) <= 0x9FFF or c in self.places]
        for count in sorted({self.counts[c] for c in han}):
            known = "".join("=".join(run) for run in self.classes(count))
            rest = "".join(sorted(c for c in han if self.counts[c] == count and c not in self.keys))
            print(f"{count} {known}{'|' + rest if rest else ''}")


def longest_rising(keys):
    """Indices of a longest subsequence that never falls."""
    tails, at, previous = [], [], []
    for i, key in enumerate(keys):
        j = bisect_right(tails, key)
        previous.append(at[j - 1] if j else None)
        tails[j:j + 1], at[j:j + 1] = [key], [i]
    chain, i = [], at[-1]
    while i is not None:
        chain.append(i)
        i = previous[i]
    return chain[::-1]


def around(sure, place, c):
    """Those of `sure`, which are sorted by place, next before and after `c`."""
    at = bisect_left(sure, place[c], key=place.get)
    return (sure[at - 1] if at else None), (sure[at] if at < len(sure) else None)


def main(folder, *tables):
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    order = Order(Path(folder), *tables)
    print(NOTICE.format(version=version(Path(folder))), end="")
    order.print()


if __name__ == "__main__":
    main(*sys.argv[1:])
