"""Builds total.txt: how many strokes each common character has.

Source: kTotalStrokes of the Unihan database (the first value is that of the
mainland), from Debian's package `unicode-data`. Usage:

    python3 build.py /usr/share/unicode/Unihan_IRGSources.txt.bz2 > total.txt
"""

import bz2
import sys

NOTICE = """\
# Strokes of each character from U+4E00 to U+9FFF, by kTotalStrokes of the Unihan database {version}.
# Copyright (c) 1991-2022 Unicode, Inc. Used under the Unicode License, https://www.unicode.org/license.txt
# Built by build.py; order among characters of the same count is by code point and means nothing.
"""


def main(path):
    version, by_count = "", {}
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# Unicode version:"):
                version = line.split(":")[1].strip()
            fields = line.rstrip("\n").split("\t")
            if len(fields) != 3 or fields[1] != "kTotalStrokes":
                continue
            code = int(fields[0][2:], 16)
            if 0x4E00 <= code <= 0x9FFF:
                by_count.setdefault(int(fields[2].split()[0]), []).append(chr(code))
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    print(NOTICE.format(version=version), end="")
    for count in sorted(by_count):
        print(f"{count} {''.join(sorted(by_count[count]))}")


if __name__ == "__main__":
    main(sys.argv[1])
