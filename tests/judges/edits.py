"""Judges edits of YAML files: does the same to plain values, as PyYAML reads
them, and compares by lines. Each line of the file named is one edit in JSON, with
the text before and after it. Prints how many were right, and what is wrong with
the others.
"""

import collections
import copy
import datetime
import difflib
import json
import re
import sys

import yaml

# Keys of the values that are written here, as a file may have them: `name` is
# the name of a person in one record, of a group or a parameter in another.
SAME = {"姓名": "name", "名称": "name", "参数": "name", "性别": "sex", "职务": "post"}


def load(text):
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def value_of(told, chinese):
    """A value as PyYAML ought to read it."""
    if told is None:
        return None
    ((kind, value),) = told.items()
    if kind == "bool" and chinese:
        return "是" if value else "否"
    if kind == "date":
        if len(value) == 10:
            return datetime.date.fromisoformat(value)
        return int(value) if len(value) == 4 else value
    if kind == "list":
        return [value_of(item, chinese) for item in value]
    if kind == "record":
        return {key: value_of(below, chinese) for key, below in value}
    return value


def plain(data):
    """Without the order of keys and their language."""
    if isinstance(data, dict):
        return {SAME.get(key, key): plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(item) for item in data]
    return (type(data).__name__, data)


def key_in(data, spellings):
    return next((key for key in spellings if key in data), None)


def walk(data, steps, make_like=None):
    """What a path leads to; what is missing is made, with the keys of `make_like`."""
    for step in steps:
        key = step if isinstance(step, int) else key_in(data, step)
        if key is None:
            key = key_in(make_like, step)
            data[key] = None
        if data[key] is None:
            data[key] = {}
        data = data[key]
        if make_like is not None:
            make_like = make_like[key]
    return data


def expected(edit, before, after, chinese):
    data = copy.deepcopy(before)
    *above, last = edit["path"] or [None]
    act = edit["act"]
    if act == "set":
        parent, made = walk(data, above, after), walk(after, above)
        key = last if isinstance(last, int) else key_in(parent, last) or key_in(made, last)
        parent[key] = value_of(edit["value"], chinese)
    elif act == "remove":
        parent = walk(data, above)
        del parent[last if isinstance(last, int) else key_in(parent, last)]
    elif act == "add":
        walk(data, edit["path"]).insert(edit["index"], value_of(edit["value"], chinese))
    elif act == "move":
        items = walk(data, edit["path"])
        items.insert(edit["to"], items.pop(edit["from"]))
    return data


def new_in(before, after):
    """The values that `after` has and `before` lacks, with their keys; fails if
    anything else differs."""
    if isinstance(after, dict) and (before is None or isinstance(before, dict)):
        before = before or {}
        assert all(key in after for key in before), "a key is lost"
        found = []
        for key, value in after.items():
            if key not in before:
                found.append({key: value})
            elif plain(before[key]) != plain(value):
                found += new_in(before[key], value)
        return found
    if isinstance(after, list) and (before is None or isinstance(before, list)):
        before = list(before or [])
        for index, item in enumerate(after):
            if index >= len(before) or plain(before[index]) != plain(item):
                rest = after[index + 1 :]
                assert plain(before[index:]) == plain(rest), "the list is another"
                return [[item]]
    raise AssertionError("a value is another")


def judge_take(edit, before, after):
    """One thing is new, and is what the lines say that lost their sign."""
    new = new_in(before, after)
    assert len(new) == 1, f"{len(new)} things are new"
    old_lines, new_lines = edit["before"].splitlines(), edit["after"].splitlines()
    assert len(old_lines) == len(new_lines), "lines came or went"
    taken = [new for old, new in zip(old_lines, new_lines) if old != new]
    for old, new_line in zip(old_lines, new_lines):
        if old != new_line and not re.search(r": (\{\}|\[\])", old):
            assert old.lstrip().startswith("#"), f"a live line changed: {old!r}"
            assert old.replace("#", "", 1).strip() == new_line.strip(), f"{old!r} became {new_line!r}"
    live = [line for line in taken if line.strip()]
    assert plain(load("\n".join(live))) == plain(new[0]), "what is new is not what the lines say"


def spans(text):
    """Each node of a file by its path of keys and numbers, with its first line,
    that of its key, and its last."""
    found = {}

    def visit(node, path, first):
        last = node.end_mark.line - (node.end_mark.column == 0 and node.end_mark.line > first)
        below = []
        if isinstance(node, yaml.MappingNode):
            below = [(value, key.value, key.start_mark.line) for key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            below = [(item, index, item.start_mark.line) for index, item in enumerate(node.value)]
        lasts = [visit(value, path + (step,), line) for value, step, line in below]
        if lasts and not node.flow_style:
            # PyYAML counts the comments behind a block to it.
            last = max(lasts)
        if isinstance(node, yaml.ScalarNode) and not node.value:
            last = first
        found[path] = (first, last)
        return last

    visit(yaml.compose(text, Loader=yaml.SafeLoader), (), 0)
    return found


def known(data, steps):
    """As much of a path as there is, with the keys of the file, and whether that
    is all of it."""
    path = ()
    for step in steps:
        key = step if isinstance(step, int) else key_in(data or {}, step)
        if key is None:
            return path, False
        data = data[key]
        path += (key,)
    return path, True


def planned(line):
    """The column and the content of a line that stands as a comment."""
    body = re.sub("^( *)# ?", r"\1", line)
    return len(body) - len(body.lstrip()), body.lstrip()


def changed(old, new):
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield range(start, end), new[new_start:new_end]


def judge_lines(edit, before):
    """Lines went only where the edit was, comments only with what they stood in."""
    old, new = edit["before"].splitlines(), edit["after"].splitlines()
    gone = [line for lines, _ in changed(old, new) for line in lines]
    path, whole = known(before, edit["path"])
    extents = spans(edit["before"])
    first, last = extents[path]
    if edit["act"] == "remove" and any(old[:first] + old[end:] == new for end in (last + 1, last + 2)):
        # Just its lines went; a comparison could take those of a like neighbour for them.
        return
    allowed = set()
    if edit["act"] == "set" and not whole:
        # What was empty, or stands in brackets; lines that were planned, with the
        # samples of a list that is set.
        allowed = {first, last} if path else set()
        words = [word for step in edit["path"] if isinstance(step, list) for word in step]
        open_at = None
        for line in gone:
            column, content = planned(old[line])
            if content.split(":")[0] in words and old[line].lstrip().startswith("#"):
                allowed.add(line)
                open_at = column if edit["value"] and set(edit["value"]) & {"list", "record"} else None
            elif open_at is not None and column > open_at:
                allowed.add(line)
    else:
        # An item may stand below its dash.
        below = old[first - 1].strip() == "-"
        allowed = set(range(first - below, last + 1))
    if edit["act"] == "remove":
        # The key of a parent left empty, the next key on a line with a dash, one
        # of two blank lines.
        allowed |= {extents[path[:-1]][0], last + 1}
        allowed |= {line for line in gone if not old[line].strip()}
    if edit["act"] == "move":
        # The blank line behind an item goes along with it.
        blank = [sum(not line.strip() for line in lines) for lines in (old, new)]
        assert blank[0] == blank[1], f"{blank} blank lines"
        allowed |= {line for line in gone if not old[line].strip()}
    for line in gone:
        assert line in allowed, f"line {line + 1} was lost: {old[line]!r}"
    comments = lambda lines: collections.Counter(
        line for line in lines if line.lstrip().startswith("#")
    )
    lost = comments(old) - comments(new) - comments(old[line] for line in allowed if line < len(old))
    assert not lost, f"comments lost: {list(lost)}"
    if edit["act"] in ("remove", "move"):
        assert len(new) <= len(old), "lines came"


def judge_form(edit):
    before, after = edit["before"], edit["after"]
    assert before.startswith("\ufeff") == after.startswith("\ufeff"), "the byte order mark"
    assert before.endswith("\n") == after.endswith("\n"), "the last line end"
    bare = lambda text: text.replace("\r\n", "").count("\n")
    assert bare(after) == 0 or "\r\n" not in before, "a line end of the other kind"
    assert "\r" in before or "\r" not in after, "a line end of the other kind"


def judge(edit):
    before, after = load(edit["before"]), load(edit["after"])
    chinese = any(not key.isascii() for key in before)
    judge_form(edit)
    if edit["act"] == "take":
        return judge_take(edit, before, after)
    assert plain(expected(edit, before, after, chinese)) == plain(after), "the values differ"
    judge_lines(edit, before)


def main():
    right = 0
    for line in open(sys.argv[1], encoding="utf-8"):
        edit = json.loads(line)
        try:
            judge(edit)
            right += 1
        except Exception as error:
            changed = difflib.unified_diff(
                edit.pop("before").splitlines(), edit.pop("after").splitlines(), lineterm="", n=1
            )
            print(f"{edit}: {type(error).__name__} {error}", *list(changed)[2:40], sep="\n")
    print(f"{right} right")


main()
