#!/usr/bin/env bash
# Installs and removes the program under Wine: `test-installer.sh [WINDOWS-PROGRAM]`.
# Without one a small program stands for it: to pack ours takes minutes, and it is the
# installer that is tried. That which is handed out has a stub of 32 bits, which asks any
# Windows but which a Wine of 64 bits cannot run; here the same script makes one of 64 bits.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'wineserver -k >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
export WINEPREFIX=$work/prefix WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=" LANG=C.UTF-8
fail() { echo "FAILED: $1" >&2; exit 1; }

exe=$work/zhangbang.exe
if [ -n "${1:-}" ]; then
  cp "$1" "$exe"
else
  x86_64-w64-mingw32-gcc-posix -municode -s -o "$exe" tests/wine/hold.c
fi
echo "他人的作品" >"$work/THIRD-PARTY.md"
scripts/package.py windows "$exe" "$work"
sha256sum "$work"/*.zip "$work"/*-setup.exe >"$work/first"
scripts/package.py windows "$exe" "$work"
sha256sum --quiet --check "$work/first" || fail "packed twice, other bytes"
ZHANGBANG_STUB=amd64-unicode scripts/package.py windows "$exe" "$work"
setup=$(ls "$work"/*-setup.exe)

# Wine leads the desk of Windows to the home of the user.
export HOME=$work/home
mkdir -p "$HOME/Desktop"
wineboot --init >/dev/null 2>&1
# Wine 8 says that it is Windows 7, which is refused.
wine "$setup" /S || true
wineserver -w
home=$(find "$WINEPREFIX/drive_c/users" -maxdepth 1 -mindepth 1 ! -name Public)
[ ! -e "$home/AppData/Local/Programs/Zhangbang" ] || fail "installed on a Windows that is too old"
winecfg -v win10
wine "$setup" /S
wineserver -w
installed=$home/AppData/Local/Programs/Zhangbang
cmp "$installed/zhangbang.exe" "$exe" || fail "another program was installed"
for file in 使用说明.txt 安装说明.txt 许可/他人的作品.txt 校验值.txt 卸载张榜.exe; do
  [ -s "$installed/$file" ] || fail "not installed: $file"
done
find -L "$home" -name 张榜.lnk | grep -q Desktop || fail "no link on the desk"
find -L "$home" -name 张榜.lnk | grep -q "Start Menu" || fail "no link in the start menu"
key='HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Zhangbang'
wine reg query "$key" /v DisplayVersion >/dev/null || fail "not in the list of programs"
wine reg query 'HKCU\Software\Classes\Zhangbang.Packet\shell\open\command' >/dev/null || fail "no “open with”"
# Beside the program lies what is the user's.
mkdir "$installed/fonts"
wine "$installed/卸载张榜.exe" /S
for _ in $(seq 100); do [ -e "$installed/zhangbang.exe" ] && sleep 0.2 || break; done
wineserver -w
[ "$(ls "$installed")" = fonts ] || fail "left behind, or too much removed: $(ls "$installed")"
[ -z "$(find -L "$home" -name '*张榜*.lnk')" ] || fail "links are left behind"
wine reg query "$key" >/dev/null 2>&1 && fail "still in the list of programs"
wine reg query 'HKCU\Software\Classes\Zhangbang.Packet' >/dev/null 2>&1 && fail "“open with” is left behind"
echo "Refused by an old Windows; installed, removed, and packed twice to the same bytes."
