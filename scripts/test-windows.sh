#!/usr/bin/env bash
# Uses the Windows program under Wine as a secretary would, and compares what it makes
# with what Linux makes, byte for byte:
#
#     test-windows.sh WINDOWS-PROGRAM LINUX-PROGRAM [FOLDER-WITH-ELECTIONS...]
#
# Further folders are elections to be built and compared as the examples are. With
# RELEASE=1 the installer is tried with that program, else with a small one. Wine is not
# Windows: what only a person before a real one can see is listed in docs/install.md.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
# A copy: compiling the tests puts another in its place.
exe=$work/zhangbang.exe linux=$(realpath "$2")
cp "$1" "$exe"
shift 2
holder=
desk=
tested=
end() {
  for one in $desk $holder $tested; do kill "$one" 2>/dev/null || true; done
  for prefix in "$work"/prefix*; do WINEPREFIX=$prefix wineserver -k >/dev/null 2>&1 || true; done
  rm -rf "$work"
}
trap end EXIT

step() { printf -- '-- %s (%d s)\n' "$1" "$SECONDS"; }
fail() { echo "FAILED: $1" >&2; exit 1; }

# Prefixes of its own, one for the tests; the fonts are those of this machine, the same for
# both systems.
export WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=" LANG=C.UTF-8
x86_64-w64-mingw32-gcc-posix -shared -o "$work/bcryptprimitives.dll" tests/wine/bcryptprimitives.c -ladvapi32
x86_64-w64-mingw32-gcc-posix -municode -o "$work/hold.exe" tests/wine/hold.c
fonts=$work/fonts
mkdir "$fonts"
find /usr/share/fonts "${XDG_DATA_HOME:-$HOME/.local/share}/fonts" \
  \( -name 'Fandol*.otf' -o -name 'NotoS*CJK-Regular.ttc' -o -name 'HanaMin*.ttf' \) -exec ln -s {} "$fonts" \;
for prefix in "$work/prefix" "$work/prefix-of-tests"; do
  WINEPREFIX=$prefix wineboot --init >/dev/null 2>&1
  cp "$work/bcryptprimitives.dll" "$prefix/drive_c/windows/system32"
  ln -s "$fonts"/* "$prefix/drive_c/windows/Fonts/"
done
export WINEPREFIX=$work/prefix

# What the program keeps of its user lies here.
own_home=$HOME
export HOME=$work/home
mkdir "$HOME"

windows() { wine "$exe" "$@"; }
# The output of a command that must end so: `ends 1 check folder`.
ends() {
  local wanted=$1 code=0
  shift
  windows "$@" >"$work/out" 2>"$work/err" </dev/null || code=$?
  [ "$code" = "$wanted" ] || { cat "$work/out" "$work/err"; fail "$* ended with $code, not $wanted"; }
}
says() { grep -qF -- "$1" "$work/out" "$work/err" || { cat "$work/out" "$work/err"; fail "not said: $1"; }; }

# The tests that need no outside tools, beside all that follows: whole Windows programs,
# which start the one that is handed out. What `said` has is worded as Linux names its
# troubles; what follows takes minutes under Wine, and is plain arithmetic, or slow because
# Wine's memory is; and Wine may wait for ever for an end of a connection that was cut.
test_plainly() {
  local skipped=(plain::said plain::law:: plain::verdicts plain::statements plain::agree
    any_flipped_bit a_part_of_ones_own what_is_too_large_or_broken)
  export HOME=$own_home INSTA_WORKSPACE_ROOT=$PWD INSTA_UPDATE=no WINEPREFIX=$work/prefix-of-tests
  ZHANGBANG_PROGRAM=$(winepath -w "$exe")
  export ZHANGBANG_PROGRAM CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER="env HOME=$work/home wine"
  scripts/cross.sh x86_64-pc-windows-gnu tests --lib &&
    scripts/cross.sh x86_64-pc-windows-gnu tests --test main -- plain:: "${skipped[@]/#/--skip=}"
}
(test_plainly) >"$work/tests" 2>&1 &
tested=$!

step "only DLLs of the system"
dlls=$(x86_64-w64-mingw32-objdump -p "$exe" | sed -n 's/.*DLL Name: //p' | tr 'A-Z' 'a-z' | sort -u)
for dll in $dlls; do
  case $dll in
    kernel32.dll | advapi32.dll | msvcrt.dll | ntdll.dll | userenv.dll | ws2_32.dll | shell32.dll | bcryptprimitives.dll | api-ms-win-core-*) ;;
    *) fail "a DLL that Windows does not bring: $dll" ;;
  esac
done

step "new, in a folder with Chinese and a space"
cd "$work"
mkdir "换届 材料"
ends 0 new "换届 材料/新 选举" --election-day 2031-05-11 --kind 村
says '"换届 材料\新 选举"'
[ "$(grep -c $'\r$' "换届 材料/新 选举/election.yaml")" = "$(wc -l <"换届 材料/新 选举/election.yaml")" ] || fail "lines without CRLF"
ends 2 nonsense
ends 1 new CON
says "Windows 保留的名称"
ends 1 new "新选举."
says "句点结尾"
[ ! -e 新选举 ] || fail "another name was taken"

step "own layouts and wordings that never end"
# What is told of an election with these in it, and that nothing was made: `endless NAME
# LAYOUT WORDING`. The file OUT of each is read when it has been waited for.
endless() {
  cp -r "$OLDPWD/data/shiping-2026" "$1"
  mkdir -p "$1/templates/layouts" "$1/templates/documents"
  echo "$2" >"$1/templates/layouts/notice.typ"
  { printf -- '---\nid: thanks\nname: 感谢信\ntitle: 感谢信\nstage: closing\naudience: public\n'
    printf 'layouts: [notice]\nretention: {period: 10年, basis: 本村规定}\n---\n%s\n' "$3"
  } >"$1/templates/documents/thanks.md"
  wine "$exe" build "$1" -o "$1/out" --only thanks --font-path fonts >"$1/told" 2>&1 </dev/null
}
ended() {
  grep -qF -- "$2" "$1/told" || { cat "$1/told"; fail "not said of an own layout: $2"; }
  [ ! -e "$1/out" ] || fail "something was made of what never ends"
}
loop='#for a in range(100000) { for b in range(100000) { let c = a } }'
{ endless time "$loop" 多谢。 || true; } &
timed=$!
endless memory '#{ let a = "x"; for one in range(60) { a = a + a } }' 多谢。 || true
ended memory "用自己的版式“notice”排《感谢信》，要用的内存超过 1024 MB"
endless wording 甲 "{% set s = '甲乙丙丁' %}$(printf '{%% set s = s ~ s %%}%.0s' $(seq 40))" || true
ended wording "用自己的模板（thanks.md等）成文，要用的内存超过 1025 MB"
# The worker of one that is killed ends, too.
{ endless killed "$loop" 多谢。 2>/dev/null || true; } &
workers() { grep -lzs "^WINEPREFIX=$WINEPREFIX\$" $(pgrep -f -- '--worker [0-9]' | sed 's:.*:/proc/&/environ:') /dev/null | wc -l; }
for _ in $(seq 100); do [ "$(workers)" = 2 ] && break; sleep 0.1; done
[ "$(workers)" = 2 ] || fail "no worker tries the layout"
kill "$(pgrep -f "build killed -o killed/out")"
for _ in $(seq 200); do [ "$(workers)" -le 1 ] && break; sleep 0.1; done
[ "$(workers)" -le 1 ] || fail "a worker goes on alone"

step "check: CRLF, and a mistake"
cp -r "$OLDPWD/data/shiping-2026" "示坪 村"
sed -i 's/$/\r/' "示坪 村/election.yaml"
ends 0 check "示坪 村"
ends 0 check "示坪 村\\election.yaml"
sed 's/name:/name：/' "示坪 村/election.yaml" >错.yaml
ends 1 check 错.yaml
says "全角冒号"
grep -q $'\033' "$work/err" && fail "colours in a pipe"

step "roll: GBK"
mkdir gbk
iconv -f UTF-8 -t GBK "示坪 村/voters.csv" >gbk/voters.csv 2>/dev/null ||
  sed $'1s/^\xef\xbb\xbf//' "示坪 村/voters.csv" | iconv -f UTF-8 -t GBK >gbk/voters.csv
ends 0 roll gbk/voters.csv
"$linux" roll gbk/voters.csv >linux.out 2>/dev/null
cmp "$work/out" linux.out || fail "the roll reads otherwise"

# One in all formats: the pictures and Word files of the others take minutes, and show no
# more.
step "examples, one of them in four formats, packed and verified, compared with Linux"
for folder in "$OLDPWD"/data/{shiping-2026,anhe-2026,qimei-2017} "$@"; do
  name=$(basename "$folder")
  formats=pdf
  [ "$name" != shiping-2026 ] || formats=pdf,docx,html,png
  ends 0 build "$folder" -o "w/$name" --formats $formats --font-path fonts
  "$linux" build "$folder" -o "l/$name" --formats $formats --font-path fonts >/dev/null 2>&1
  diff -r "w/$name" "l/$name" >differences || { head differences; fail "$name: other bytes"; }
  ends 0 pack "$folder" -o "w/$name.zip" --font-path fonts
  "$linux" pack "$folder" -o "l/$name.zip" --font-path fonts >/dev/null 2>&1
  cmp "w/$name.zip" "l/$name.zip" || fail "$name: another packet"
  ends 0 verify "w/$name.zip"
  echo "   $name: $(find "w/$name" -type f | wc -l) files and the packet are the same"
done
ends 0 roll "$OLDPWD/data/qimei-2017" -o rolls
"$linux" roll "$OLDPWD/data/qimei-2017" -o linux-rolls >/dev/null 2>&1
diff -r rolls linux-rolls || fail "other workbooks"

step "signatures"
ends 0 sign --new-key 示坪村
ends 0 pack "$OLDPWD/data/shiping-2026" -o signed.zip --font-path fonts --sign 示坪村.私钥.pem
ends 0 verify signed.zip --signer 示坪村.公钥.pem
"$linux" verify signed.zip --signer 示坪村.公钥.pem >/dev/null 2>&1 || fail "Linux does not know the signature"
ends 0 sign --new-key 街道 --kind ed25519
"$linux" sign w/shiping-2026.zip --key 街道.私钥.pem >/dev/null 2>&1
ends 0 verify w/shiping-2026.zip --signer 街道.公钥.pem
ends 1 verify w/shiping-2026.zip --signer 示坪村.公钥.pem

step "who may read what is private"
# Wine shows as the mode of a file what others may on Windows.
private() { [ "$(($(stat -c %a "$1") % 10))" = 0 ] || fail "anybody may read $1: $(stat -c %a "$1")"; }
for file in 示坪村.私钥.pem w/shiping-2026.zip rolls/*.xlsx "$(find w/shiping-2026 -name '选民登记册.pdf')"; do
  private "$file"
done
notice=$(find w/shiping-2026 -name '选举结果公告.pdf' | head -1)
[ "$(($(stat -c %a "$notice") % 10))" -ge 4 ] || fail "nobody may read a notice"
# One that was closed to others stays so.
chmod 600 "$notice"
ends 0 build "$OLDPWD/data/shiping-2026" -o w/shiping-2026 --font-path fonts
private "$notice"

step "many elections: Ctrl-C, a killed run, and another that goes on"
mkdir street
for n in 1 2 3 4 5 6; do
  mkdir "street/村$n"
  sed "s/name: 示坪村/name: 示坪${n}村/" "$OLDPWD/data/shiping-2026/election.yaml" >"street/村$n/election.yaml"
  cp "$OLDPWD/data/shiping-2026/voters.csv" "street/村$n"
done
batch=(batch street -o results --check --jobs 1)
code=0
python3 "$OLDPWD/tests/wine/terminal.py" 'results/*/record.json' wine "$exe" "${batch[@]}" >told || code=$?
[ "$code" = 3 ] || { cat told; fail "Ctrl-C ends a batch with $code"; }
[ "$(find results -name record.json | wc -l)" -lt 6 ] || fail "Ctrl-C stops nothing"
wine "$exe" "${batch[@]}" >/dev/null 2>&1 &
sleep 2
kill "$!" 2>/dev/null || true
wait "$!" 2>/dev/null || true
ends 0 "${batch[@]}"
[ "$(find results -name record.json | wc -l)" = 6 ] || fail "not gone on with"
[ "$(ls results/.zhangbang | tr '\n' ' ')" = "lock plan.json " ] || fail "left behind: $(ls results/.zhangbang)"

step "files that others hold"
one=$(find w/shiping-2026 -name '*选举结果公告.pdf' | head -1)
hold() {
  wine "$work/hold.exe" "$1" "$2" >held &
  holder=$!
  for _ in $(seq 50); do grep -q held held && return; sleep 0.2; done
  fail "not held: $1"
}
release() { kill "$holder" 2>/dev/null || true; wait "$holder" 2>/dev/null || true; holder=; wineserver -w 2>/dev/null & sleep 0.5; }
before=$(find w/shiping-2026 -type f -printf '%T@ %p\n' | sort | sha256sum)
hold "$one" 1
ends 3 build "$OLDPWD/data/shiping-2026" -o w/shiping-2026 --font-path fonts
says "写不了文件：文件正被别的程序占用。"
says '\'
[ "$before" = "$(find w/shiping-2026 -type f -printf '%T@ %p\n' | sort | sha256sum)" ] || fail "half of it was written"
release
hold "示坪 村/voters.csv" 0
ends 1 check "示坪 村"
says "文件正被别的程序占用"
release
hold "示坪 村/election.yaml" 0
ends 3 check "示坪 村"
says "文件正被别的程序占用"
release

step "what cannot be written"
one_paper=(--only results-notice --font-path fonts)
mkdir read-only
cp "$one" read-only/a.pdf
if [ "$(id -u)" != 0 ]; then
  chmod a-w read-only
  ends 3 build "$OLDPWD/data/shiping-2026" -o read-only/out "${one_paper[@]}"
  says "没有权限"
  chmod u+w read-only
fi
ends 3 build "$OLDPWD/data/shiping-2026" -o 'Q:\out' "${one_paper[@]}"
says "这个磁盘（U 盘）不在了"
ends 1 build "$OLDPWD/data/shiping-2026" -o aux/out "${one_paper[@]}"
says "Windows 保留的名称"
chmod a-w "$one"
ends 3 build "$OLDPWD/data/shiping-2026" -o w/shiping-2026 "${one_paper[@]}"
says "文件是只读的"
chmod u+w "$one"
deep=$(printf '很深的文件夹/%.0s' $(seq 42))
ends 0 build "$OLDPWD/data/shiping-2026" -o "$deep" "${one_paper[@]}"
find 很深的文件夹 -name '*.pdf' | grep -q . || fail "nothing at the end of a long path"

step "the desk, over loopback"
wine "$exe" serve "示坪 村" --no-open --port 18765 >desk.out 2>desk.err &
desk=$!
address=
for _ in $(seq 100); do
  address=$(grep -o 'http://127[^[:space:]]*' desk.out | head -1) && [ -n "$address" ] && break
  sleep 0.2
done
[ -n "$address" ] || { cat desk.out desk.err; fail "no desk"; }
address=${address%$'\r'}
curl -fsS -c cookies "$address" >/dev/null || fail "the desk does not answer"
curl -fsS -b cookies http://127.0.0.1:18765/ >page || fail "the desk does not answer twice"
grep -q 示坪村 page || fail "another page"
[ "$(curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:18765/)" = 403 ] || fail "the desk lets in anybody"

step "the installer, while the tests go on"
HOME=$own_home "$OLDPWD/scripts/test-installer.sh" ${RELEASE:+"$exe"}

step "the tests, begun long ago"
wait "$tested" || { grep -v ' ok.\?$' "$work/tests" | tail -60; fail "tests"; }
tested=
grep 'test result' "$work/tests"

step "the layout that takes all the time, begun long ago"
wait "$timed"
ended time "用自己的版式“notice”排《感谢信》，用了 3"

step "the Windows program works"
