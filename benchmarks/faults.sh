#!/bin/sh
# What a fault costs until its undo is on the disk, and how much memory the guardian of a native `chaos` needs. Prints one
# Markdown table. The disk is that of the current directory.
#
#   benchmarks/faults.sh [ROUNDS]     (default 500)
set -eu
rounds=${1:-500}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)

fail() {
  echo "faults.sh: $*" >&2
  exit 1
}

out=$root/artifacts/benchmark
dotnet build "$root/tests/FaultRunner" -c Release -v quiet -nologo -p:ArtifactsPath="$out" >&2 || fail "could not build fault-runner"
chaos=${CHAOS:-$out/publish/Turbulence.Cli/release/chaos}
[ -n "${CHAOS:-}" ] ||
  dotnet publish "$root/src/Turbulence.Cli" -c Release -v quiet -nologo -p:ArtifactsPath="$out" >&2 || fail "could not publish chaos"
work=$(mktemp -d "$PWD/.faults-XXXXXX")
sleep 86400.4242 &
sleeper=$!
runner=
clean() {
  [ -z "$runner" ] || kill "$runner" 2>/dev/null || :
  [ -z "$runner" ] || wait "$runner" || :
  kill "$sleeper" 2>/dev/null || :
  rm -rf "$work"
}
trap clean EXIT
export TURBULENCE_STATE="$work/state"
cd "$work"
target='"command": "sleep 86400\\.4242$"'
times=$("$out/bin/FaultRunner/release/fault-runner" measure process.pause "{$target}" "$rounds") || fail "$times"

cat >pause.json <<EOF
{ "title": "one fault", "description": "its guardian waits",
  "method": [ { "type": "action", "name": "a", "pauses": { "after": 30 },
    "provider": { "type": "fault", "kind": "process.pause", "arguments": { $target } } } ] }
EOF
"$chaos" run pause.json >log 2>&1 &
runner=$!
guardian=
for _ in $(seq 200); do
  guardian=$(sed -n '/"guardian"/,/}/s/.*"pid": \([0-9]*\).*/\1/p' state/runs/*.json 2>/dev/null) || :
  grep -qs '"active"' state/faults/*.json && [ -n "$guardian" ] && break
  sleep 0.05
done
[ -n "$guardian" ] || { cat log >&2; fail "there is no guardian"; }
sleep 2
memory() {
  awk -v key="$1:" '$1 == key { printf "%.1f", $2 / 1024 }' "$2"
}

echo "$(nproc) × $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(uname -sr), .NET SDK $(dotnet --version), load $(cut -d' ' -f1 /proc/loadavg), $(stat -f -c %T .)"
echo "$rounds rounds after 20, $(date -u +%Y-%m-%d)"
echo
echo "| what | min | median | max | goal |"
echo "|---|---|---|---|---|"
echo "| plan of \`process.pause\` by command line, ms | $(echo "$times" | cut -d'|' -f1-3 | sed 's/ *$//') | |"
echo "| its record, durable, ms | $(echo "$times" | cut -d'|' -f4-6 | sed 's/^ *//') | 5 |"
echo "| guardian on watch, resident, MiB | | $(memory VmRSS "/proc/$guardian/status") | $(memory VmHWM "/proc/$guardian/status") | 15 |"
echo "| of these its own alone (PSS), MiB | | $(memory Pss "/proc/$guardian/smaps_rollup") | | |"
