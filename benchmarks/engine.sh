#!/bin/sh
# What the engine itself costs, beside the reference runner where there is one: processor time of probes of each kind, whether it grows with the number of
# activities, what is written for the journal, memory, and how long the program takes to start. One run, all of it interleaved; prints Markdown tables.
# Needs hyperfine, wrk and Python 3; installs them from Debian's packages.
#
#   CHAOSTOOLKIT=/path/to/virtualenv/bin/chaos benchmarks/engine.sh [RUNS]     (default 5)
#
# CHAOSTOOLKIT is the `chaos` of a virtualenv with the Chaos Toolkit in it; its Python then carries out our Python probes, too. Without it the reference's columns
# stay empty.
set -eu
runs=${1:-5}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)

# shellcheck source=benchmarks/install.sh
. "$root/benchmarks/install.sh"

install_missing hyperfine wrk python3
reference=${CHAOSTOOLKIT:-}
if [ -z "$reference" ]; then
  echo "CHAOSTOOLKIT names no reference runner: its columns stay empty" >&2
elif [ ! -x "$reference" ]; then
  fail "CHAOSTOOLKIT: $reference is no program"
else
  # Before the version manager's scripts: the interpreter itself.
  PATH=$(dirname "$reference"):$PATH
  export PATH
fi
build=$root/artifacts/benchmark
dotnet publish "$root/src/Turbulence.Cli" -c Release -v quiet -nologo -p:ArtifactsPath="$build" >&2 || fail "could not publish chaos"
dotnet publish "$root/samples/random-numbers/RandServer" -c Release -v quiet -nologo -p:ArtifactsPath="$build/native" >&2 || fail "could not publish rand-server"
chaos=$build/publish/Turbulence.Cli/release/chaos
work=$(mktemp -d)
stop_all() {
  [ ! -f "$work/bench.pid" ] || kill "$(cat "$work/bench.pid")" 2>/dev/null || :
  rm -rf "$work"
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
cd "$work"
export TURBULENCE_STATE="$work/state" XDG_CACHE_HOME="$work/cache"
port=$("$build/native/publish/RandServer/release/rand-server" 0 bench --daemon | sed 's/.*localhost:\([0-9]*\).*/\1/')

machine
echo "native code, medians of $runs runs, $(date -u +%Y-%m-%d); $(python3 --version)"
python3 "$root/benchmarks/engine.py" "$chaos" "http://localhost:$port/health" "$runs" ${reference:+"$reference"}

# Seconds: the median wall time of a command.
median() {
  hyperfine --shell=none --warmup 5 --runs "$1" --style none --export-csv times.csv "$2" >/dev/null 2>&1 || fail "$2 does not run"
  tail -n 1 times.csv | cut -d, -f4
}

echo
awk -v validate="$(median "$runs" "$chaos --no-log-file validate ten-thousand.json")" -v version="$(median 40 "$chaos --version")" \
  -v size="$(wc -c <"$chaos")" -v document="$(wc -c <ten-thousand.json)" \
  -v bare="$(wrk -t1 -c1 -d2s "http://localhost:$port/health" | awk '/Requests\/sec/ { print 1 / $2 }')" 'BEGIN {
  print "| what | figure | goal |"
  print "|---|---|---|"
  printf "| `chaos --version` | %.1f ms | 12 ms |\n", version * 1000
  printf "| the program | %.1f MB | 18 MB |\n", size / 1e6
  printf "| `chaos validate`, 10,000 activities (%.1f MB) | %.2f s | 0.5 s |\n", document / 1e6, validate
  printf "| the request of an http probe by wrk, one at a time on one connection, elapsed | %.3f ms | |\n", bare * 1000
}'
machine | sed 's/.*load/load at the end:/'
