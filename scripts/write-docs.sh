#!/usr/bin/env bash
# Writes what the manuals take from the program: the reference of keys, and the
# table of names that templates see. The one argument is the program.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$1

keys=docs/keys.md
{
  cat <<'HEAD'
# 选举说明的全部键

`election.yaml` 里可以写的键，中文、英文都认，一份文件里也可以混用。
这一页由 `make docs` 写出，请不要直接修改。

HEAD
  "$program" schema --keys
} > "$keys.new"
mv "$keys.new" "$keys"

manual=docs/templates.md
"$program" templates names > "$manual.names"
# The table in the manual begins and ends where the program's does.
awk -v names="$manual.names" '
  BEGIN { while ((getline line < names) > 0) if (line ~ /^\|/) { table[++count] = line; is_row[line] = 1 } }
  $0 == table[1] { for (n = 1; n <= count; n++) print table[n]; inside = 1; next }
  inside && /^\|/ { next }
  { inside = 0; print }
' "$manual" > "$manual.new"
rm "$manual.names"
mv "$manual.new" "$manual"
