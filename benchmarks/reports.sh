#!/usr/bin/env bash
# How long reports of the journal of an hour with a probe each 100 ms take, and the most memory that they need: each form, native code, the
# median of some runs. The journal is made by the tests (LongJournal). Nothing here is a test.
#   benchmarks/reports.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-5}
[ -x /usr/bin/time ] || { echo "GNU time is not installed: apt-get install time"; exit 1; }
native=artifacts/native/publish/Turbulence.Cli/release/chaos
[ -n "${NATIVE_CHAOS:-}" ] && native=$NATIVE_CHAOS
[ -x "$native" ] || dotnet publish src/Turbulence.Cli -c Release -v q -p:RunAnalyzers=false -p:ArtifactsPath="$PWD/artifacts/native"
dotnet build tests/Turbulence.Reports.Tests -c Release -v q >/dev/null
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
write() { LONG_JOURNAL=$1 LONG_JOURNAL_BODY=$2 artifacts/bin/Turbulence.Reports.Tests/release/Turbulence.Reports.Tests -method '*An_hour_is_written*' >/dev/null; }
write "$room/hour.json" 40
write "$room/large.json" 5000

# Each request of an hour at a thousand a second, beside a journal, as the load writes them; of ten seconds each one is lost.
mkdir "$room/load.json.d"
python3 - "$room/hour.json" "$room/load.json" <<'PYTHON'
import json, sys
journal = json.load(open(sys.argv[1]))
seconds, rate, lost = 3600, 1000, 10_000
journal["turbulence"]["users"] = {
    "intended": seconds * rate, "outcomes": {"ok": seconds * rate - lost, "timed_out": lost}, "lost": lost, "elapsed_s": seconds,
    "latency_ms": {"p50": 2.1, "p90": 3.0, "p99": 9.0, "p99_9": 1000.0, "p99_99": 1000.0, "max": 1000.0}, "samples": "load.json.d/users.csv",
}
json.dump(journal, open(sys.argv[2], "w"), indent=2)
with open(sys.argv[2] + ".d/users.csv", "w") as file:
    file.write("due_ns,sent_ns,ended_ns,outcome\n")
    for number in range(seconds * rate):
        due = number * 1_000_000
        is_lost = 1_800_000 <= number < 1_800_000 + lost
        took = 1_000_000_000 if is_lost else 1_500_000 + number * 7919 % 2_000_000 + (8_000_000 if number % 97 == 0 else 0)
        file.write(f"{due},{due + 20_000},{due + took},{'timed_out' if is_lost else 'ok'}\n")
PYTHON
echo "| journal | MB | report | median s | its processor time | peak MiB | MB written |"
echo "|---|---|---|---|---|---|---|"
for journal in hour load large; do
  for form in html md xml trx sarif prom; do
    [ "$journal" = load ] && [ "$form" != html ] && continue
    : >"$room/times"
    for _ in $(seq "$runs"); do /usr/bin/time -a -o "$room/times" -f "%e %M %U %S" "$native" report "$room/$journal.json" -o "$room/report.$form"; done
    size() { awk -v b="$(stat -c %s "$1")" 'BEGIN { printf "%.1f", b / 1e6 }'; }
    sort -n "$room/times" | awk -v n="$runs" -v j="$journal" -v f="$form" -v s="$(size "$room/$journal.json")" -v w="$(size "$room/report.$form")" \
      'NR == int((n + 1) / 2) { t = $1; p = $3 + $4 } $2 > m { m = $2 } END { printf "| %s | %s | %s | %s | %.2f | %.0f | %s |\n", j, s, f, t, p, m / 1024, w }'
  done
done
