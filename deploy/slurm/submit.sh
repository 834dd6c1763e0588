#!/usr/bin/env bash
# All elections below FOLDER on a Slurm cluster: an array job of SHARDS tasks, then
# the report.
#
#     deploy/slurm/submit.sh FOLDER OUT SHARDS [more options of sbatch]
#
# FOLDER and OUT are seen by every node at the same place; so is the program, which
# ZHANGBANG names (zhangbang, unless it is set). BATCH_OPTIONS go to each task, such
# as `--records`. A task that ends with 3 (the machine failed) or whose node is lost is
# queued again and goes on where it stopped; one that ends with 1 (elections at fault,
# which the records tell) is done.
set -euo pipefail
if [ $# -lt 3 ]; then
  sed -n '2,12p' "$0" >&2
  exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
folder=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
shards=$3
shift 3

export ZHANGBANG=${ZHANGBANG:-zhangbang} BATCH_OPTIONS=${BATCH_OPTIONS:-}
job=$(sbatch --parsable --array="1-$shards" --output="$out/.zhangbang-%a.log" "$@" \
  "$here/shard.sbatch" "$folder" "$out" "$shards")
# afterany: what is missing is told in the report.
report=$(sbatch --parsable --dependency="afterany:$job" --output="$out/.zhangbang-report.log" "$@" \
  "$here/report.sbatch" "$out")
echo "$job $report"
