#!/usr/bin/env bash
# Compiles the program as it is handed to users: `scripts/cross.sh TARGET`. The paths of
# this machine do not get into it, so that another machine makes the same bytes.
#
# `scripts/cross.sh TARGET quick` compiles it in a tenth of the time: Typst as `make demo`
# does, our own code as it comes.
#
# `scripts/cross.sh TARGET tests ...` compiles and runs tests for there (`cargo test ...`),
# without Typst, which would be linked once for each.
set -euo pipefail
cd "$(dirname "$0")/.."

target=$1
name=${target//-/_}
case $target in
  x86_64-pc-windows-gnu) compiler=x86_64-w64-mingw32-gcc-posix archiver=x86_64-w64-mingw32-ar ;;
  x86_64-unknown-linux-musl) compiler=musl-gcc archiver=ar linker=cc ;;
  aarch64-unknown-linux-musl) compiler=aarch64-linux-gnu-gcc archiver=aarch64-linux-gnu-ar ;;
  *) echo "Not a target of ours: $target" >&2; exit 2 ;;
esac
command -v "$compiler" >/dev/null || { echo "No $compiler: run scripts/install-release-tools.sh" >&2; exit 1; }

export "CC_$name=$compiler" "AR_$name=$archiver" "CARGO_TARGET_${name^^}_LINKER=${linker:-$compiler}"
# It changes with every commit, and would have what C compiles be compiled again.
unset SOURCE_DATE_EPOCH
case ${2:-} in
  quick) exec "${CARGO:-cargo}" build --locked --target "$target" --bin zhangbang \
    --config profile.dev.package.zhangbang.opt-level=0 ;;
  tests) exec "${CARGO:-cargo}" test --locked --target "$target" --no-default-features \
    --config profile.dev.package.zhangbang.opt-level=0 "${@:3}" ;;
esac

# Separated by the unit separator: a path may hold spaces.
export CARGO_ENCODED_RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo"
# What the program says of other people's work (`make licences`).
notices=$PWD/${DIST:-dist}/THIRD-PARTY.z
[ ! -f "$notices" ] || export ZHANGBANG_NOTICES=$notices
exec "${CARGO:-cargo}" build --locked --release --target "$target" --bin zhangbang
