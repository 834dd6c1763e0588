#!/usr/bin/env bash
# Runs deploy/slurm for real, on three nodes that are this one machine: the node of one
# shard is killed while it works, one election is broken, and the results must be those
# of a single run, byte for byte. As root, with Debian's slurm-wlm and munge.
#
#     scripts/try-slurm.sh PROGRAM
set -euo pipefail
repository=$(cd "$(dirname "$0")/.." && pwd)
ZHANGBANG=$(realpath "$1")
export ZHANGBANG
work=$(mktemp -d)
chmod 755 "$work"
declare -A started=()

stop() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  sleep 1
  for pid in "${started[@]}"; do kill -9 "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap stop EXIT

# Starts a daemon in the foreground, so that its number is known.
start() {
  local name=$1
  shift
  "$@" >"$work/$name.out" 2>&1 &
  started[$name]=$!
}

await() {
  local seconds=$1
  shift
  for _ in $(seq "$seconds"); do
    if "$@" >/dev/null 2>&1; then return 0; fi
    sleep 1
  done
  echo "Waited $seconds s in vain for: $*" >&2
  tail -n 20 "$work"/*.log "$work"/*.out >&2 || true
  return 1
}

echo "Twelve elections, one of them broken ..."
for n in $(seq 12); do
  folder="$work/in/street$((n % 2))/community$n"
  mkdir -p "$folder"
  cat >"$folder/election.yaml" <<YAML
类别: 社区
社区: {名称: 第${n}社区, 省份: 示例省, 街道: 示例街道}
届次: 7
选举日: 2026-05-10
职数: {主任: 1, 副主任: 1, 委员: 3}
选举委员会:
  推选日期: 2026-03-20
  公布日期: 2026-03-21
  成员:
    - {姓名: 张守信, 性别: 男, 职务: 主任}
    - {姓名: 李明理, 性别: 女}
    - {姓名: 王公正, 性别: 男}
选民登记: {名单公布日期: 2026-04-18}
YAML
  python3 - "$folder/voters.csv" <<'PYTHON'
import sys
names = [a + b for a in "赵钱孙李周吴郑王冯陈" for b in "安平和顺康宁清明正大"]
with open(sys.argv[1], "w", encoding="utf-8") as out:
    out.write("序号,姓名,性别,出生日期,小组\n")
    for n in range(1, 601):
        name = names[n % 100] + "甲乙丙丁戊己"[n // 100 % 6]
        out.write(f"{n},{name},{'男女'[n % 2]},19{60 + n % 40}-0{1 + n % 9}-11,第一居民小组\n")
PYTHON
done
echo "选举曰: 2026-05-10" >>"$work/in/street1/community5/election.yaml"

echo "One machine ..."
"$ZHANGBANG" batch "$work/in" -o "$work/one" --records --today 2026-04-20 >"$work/one.out" || [ $? = 1 ]

echo "Three nodes ..."
key=$work/munge.key
socket=$work/munge.socket
dd if=/dev/urandom of="$key" bs=64 count=1 status=none
chmod 400 "$key"
start munged munged --foreground --force --key-file="$key" --socket="$socket" \
  --pid-file="$work/munged.pid" --seed-file="$work/munge.seed" --log-file="$work/munged.log"
await 20 test -S "$socket"
host=$(hostname -s)
export SLURM_CONF=$work/slurm.conf
cat >"$SLURM_CONF" <<CONF
ClusterName=zhangbang
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$socket
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool-%n
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd-%n.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SlurmdTimeout=10
SlurmctldTimeout=30
SchedulerParameters=sched_interval=2,batch_sched_delay=1
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=17001 CPUs=1 State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=17002 CPUs=1 State=UNKNOWN
NodeName=n3 NodeHostname=$host NodeAddr=127.0.0.1 Port=17003 CPUs=1 State=UNKNOWN
PartitionName=all Nodes=n[1-3] Default=YES MaxTime=INFINITE State=UP
CONF
mkdir -p "$work/state" "$work"/spool-n{1,2,3}
start slurmctld slurmctld -D -f "$SLURM_CONF"
for node in n1 n2 n3; do start "$node" slurmd -D -N "$node" -f "$SLURM_CONF"; done
idle() { [ "$(sinfo -h -t idle -o %D)" = 3 ]; }
await 60 idle

export BATCH_OPTIONS="--records"
read -r job report < <("$repository/deploy/slurm/submit.sh" "$work/in" "$work/many" 4 --mem=0)
echo "Job $job, then $report ..."
# The node of the first shard is lost as soon as it works.
running() { [ "$(squeue -h -j "${job}_1" -o %T)" = RUNNING ]; }
await 120 running
read -r node id < <(squeue -h -j "${job}_1" -o "%N %A")
echo "Node $node is killed ..."
# The daemon first, then what it had started for this task, from the top.
kill -9 "${started[$node]}"
lost=$(pgrep -f "^slurmstepd: \[$id\.") || true
while [ -n "$lost" ]; do
  below=$(for pid in $lost; do pgrep -P "$pid" || true; done)
  for pid in $lost; do kill -9 "$pid" 2>/dev/null || true; done
  lost=$below
done
unset 'started[$node]'
ended() { [ -z "$(squeue -h -o %i)" ]; }
await 600 ended
grep -h "requeue" "$work/slurmctld.log" | tail -n 3 || true

echo "The results are compared ..."
for made in one many; do
  (cd "$work/$made" && find . -type f ! -path './.zhangbang*' ! -name '汇总.*' ! -name '进度榜.*' |
    LC_ALL=C sort | xargs -d '\n' sha256sum) >"$work/$made.sums"
done
test "$(grep -c record.json "$work/many.sums")" = 12
cmp "$work/one.sums" "$work/many.sums"
# The day of the report is today's: its figures are those of one machine again.
"$ZHANGBANG" batch report "$work/many" --today 2026-04-20 >"$work/many.out"
for file in 汇总.xlsx 汇总.pdf 进度榜.pdf; do cmp "$work/one/$file" "$work/many/$file"; done
echo "$(wc -l <"$work/many.sums") files, all the same."
