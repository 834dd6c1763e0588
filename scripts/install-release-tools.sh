#!/bin/sh
# Brings what `make windows` and `make linux` need to a Debian or Ubuntu machine:
# compilers for other systems, their standard libraries, NSIS, and Wine to try it.
set -eu

want() { command -v "$1" >/dev/null || packages="$packages $2"; }
packages=
want x86_64-w64-mingw32-gcc-posix gcc-mingw-w64-x86-64-posix
want makensis nsis
want musl-gcc musl-tools
want aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu
want osslsigncode osslsigncode
want wine "wine wine64"
if [ -n "$packages" ]; then
  root() {
    if [ "$(id -u)" = 0 ]; then env DEBIAN_FRONTEND=noninteractive "$@"
    else sudo DEBIAN_FRONTEND=noninteractive "$@"; fi
  }
  root apt-get update -qq
  # shellcheck disable=SC2086
  root apt-get install -qq -y --no-install-recommends $packages libc6-dev-arm64-cross >/dev/null
fi
for target in x86_64-pc-windows-gnu x86_64-unknown-linux-musl aarch64-unknown-linux-musl; do
  [ -d "$(rustc --print sysroot)/lib/rustlib/$target/lib" ] && continue
  # The mirror is slow at times; a time-out is no refusal.
  rustup target add "$target" || rustup target add "$target"
done
