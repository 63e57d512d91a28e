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
echo "| journal | MB | report | median s | its processor time | peak MiB | MB written |"
echo "|---|---|---|---|---|---|---|"
for journal in hour large; do
  for form in md xml trx sarif prom; do
    : >"$room/times"
    for _ in $(seq "$runs"); do /usr/bin/time -a -o "$room/times" -f "%e %M %U %S" "$native" report "$room/$journal.json" -o "$room/report.$form"; done
    size() { awk -v b="$(stat -c %s "$1")" 'BEGIN { printf "%.1f", b / 1e6 }'; }
    sort -n "$room/times" | awk -v n="$runs" -v j="$journal" -v f="$form" -v s="$(size "$room/$journal.json")" -v w="$(size "$room/report.$form")" \
      'NR == int((n + 1) / 2) { t = $1; p = $3 + $4 } $2 > m { m = $2 } END { printf "| %s | %s | %s | %s | %.2f | %.0f | %s |\n", j, s, f, t, p, m / 1024, w }'
  done
done
