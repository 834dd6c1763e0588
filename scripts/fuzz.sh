#!/usr/bin/env bash
# Fuzzing: `fuzz.sh SECONDS [TARGET...]`, every target if none is named. libFuzzer's own
# flags for coverage, by the compiler that is here; no sanitizer, for all is safe code.
# Corpus and findings come to lie in fuzz/, which nobody keeps.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:?seconds for each target}
shift
target=${FUZZ_TARGET_DIR:-${CARGO_TARGET_DIR:-$PWD/target}/fuzz}
flags=(
  --cfg fuzzing -Cpasses=sancov-module
  -Cllvm-args=-sanitizer-coverage-level=4
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters
  -Cllvm-args=-sanitizer-coverage-pc-table
  -Cllvm-args=-sanitizer-coverage-trace-compares
)
# With the libraries of the program, as far as it has them.
cp Cargo.lock fuzz/Cargo.lock
# A target named, so that build scripts and macros are compiled as usual.
host=$(rustc -vV | sed -n 's/^host: //p')
RUSTFLAGS="${flags[*]}" cargo build --manifest-path fuzz/Cargo.toml --release \
  --target "$host" --target-dir "$target"
program=$target/$host/release/zhangbang-fuzz

python3 fuzz/seeds.py fuzz/corpus
[ $# -gt 0 ] || mapfile -t names < <(ZHANGBANG_FUZZ='?' "$program")
[ $# -eq 0 ] || names=("$@")

# What targets write passes through memory, where there is such a place.
[ -w /dev/shm ] && export TMPDIR=/dev/shm
failed=()
printf '%-12s %12s %9s %8s %8s\n' target executions '/s' edges corpus
for name in "${names[@]}"; do
  mkdir -p "fuzz/corpus/$name" "fuzz/artifacts/$name"
  log=fuzz/artifacts/$name.log
  dictionary=()
  [ ! -f "fuzz/corpus/$name.dict" ] || dictionary=("-dict=fuzz/corpus/$name.dict")
  ZHANGBANG_FUZZ=$name "$program" "fuzz/corpus/$name" "${dictionary[@]}" \
    -artifact_prefix="fuzz/artifacts/$name/" -max_total_time="$seconds" -max_len=16384 \
    -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=1 ${FUZZ_FLAGS:-} >"$log" 2>&1 ||
    failed+=("$name")
  stat() { sed -n "s/^stat::$1: *//p" "$log" | tail -1; }
  edges=$(grep -o 'cov: [0-9]*' "$log" | tail -1 | cut -c6- || true)
  printf '%-12s %12s %9s %8s %8s\n' "$name" "$(stat number_of_executed_units)" \
    "$(stat average_exec_per_sec)" "$edges" "$(find "fuzz/corpus/$name" -type f | wc -l)"
done
if [ ${#failed[@]} -gt 0 ]; then
  echo "Failed: ${failed[*]} (fuzz/artifacts)" >&2
  exit 1
fi
