#!/bin/sh
# Brings good Song, Hei, FangSong and Kai faces to a Debian or Ubuntu machine.
# Song and Hei: the package fonts-noto-cjk. FangSong and Kai: the Fandol faces
# out of texlive-lang-chinese, unpacked for this user without installing TeX.
# Windows and macOS bring their own faces; there nothing is done.
set -eu

[ "$(uname -s)" = Linux ] || exit 0
noto=/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc
own=${XDG_DATA_HOME:-$HOME/.local/share}/fonts/zhangbang
if [ -e "$noto" ] && [ -e "$own/FandolKai-Regular.otf" ]; then exit 0; fi

if ! command -v apt-get >/dev/null; then
  echo "No apt-get here: please install Noto Serif CJK SC, Noto Sans CJK SC, FandolFang and FandolKai." >&2
  exit 0
fi
root() {
  if [ "$(id -u)" = 0 ]; then env DEBIAN_FRONTEND=noninteractive "$@"
  else sudo DEBIAN_FRONTEND=noninteractive "$@"; fi
}

echo "Bringing Chinese fonts (about 110 MB, once) ..."
root apt-get update -qq
[ -e "$noto" ] || root apt-get install -qq -y --no-install-recommends fonts-noto-cjk >/dev/null
if [ ! -e "$own/FandolKai-Regular.otf" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  # apt drops its privileges to download; let it write here.
  chmod 777 "$work"
  if (cd "$work" && apt-get download -qq texlive-lang-chinese && dpkg-deb -x texlive-lang-chinese_*.deb tree); then
    mkdir -p "$own"
    find "$work/tree" -name 'Fandol[FHKS]*.otf' -exec cp {} "$own/" \;
  else
    echo "FandolFang and FandolKai could not be brought: Song stands in for FangSong and Kai." >&2
  fi
fi
