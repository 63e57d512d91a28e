#!/bin/sh
# What the engine itself costs: `chaos validate` on an experiment of 10,000 activities, and a steady state of 1,000 http
# probes against the sample's rand_server, beside the same requests sent by wrk one after another. Prints Markdown tables.
# Needs hyperfine, wrk and Python 3; installs them from Debian's packages.
#
#   benchmarks/engine.sh [RUNS]     (default 10)
set -eu
runs=${1:-10}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)

# shellcheck source=benchmarks/install.sh
. "$root/benchmarks/install.sh"

install_missing hyperfine wrk python3 /usr/bin/time=time
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
cd "$work"
port=$("$build/native/publish/RandServer/release/rand-server" 0 bench --daemon | sed 's/.*localhost:\([0-9]*\).*/\1/')

python3 - "$port" <<'EOF'
import json, sys
url = f"http://localhost:{sys.argv[1]}/health"
def save(name, **experiment):
    with open(name, "w") as file:
        json.dump({"title": "t", "description": "d", **experiment}, file, indent=2)
def process(i):
    return {"type": "process", "path": "true", "arguments": ["--number", str(i), "--title", "a text that is not short"]}
def http(i):
    return {"type": "http", "url": f"{url}?{i}", "timeout": 3}
save("activities.json", method=[
    {"type": "action" if i % 2 else "probe", "name": f"activity-{i}", "provider": process(i) if i % 3 else http(i), "pauses": {"after": 0.1}}
    for i in range(10_000)])
for count in (1, 1000):
    save(f"probes-{count}.json", method=[], **{"steady-state-hypothesis": {"title": "h", "probes": [
        {"type": "probe", "name": f"p{i}", "tolerance": 200, "provider": http(i)} for i in range(count)]}})
EOF

# Seconds: the median wall time of a command.
median() {
  hyperfine --shell=none --warmup 2 --runs "$runs" --style none --export-csv times.csv "$1" >/dev/null 2>&1 || fail "$1 does not run"
  tail -n 1 times.csv | cut -d, -f4
}

validate=$(median "$chaos --no-log-file validate activities.json")
memory=$(/usr/bin/time -f %M "$chaos" --no-log-file validate activities.json 2>&1 >/dev/null | tail -n 1)
one=$(median "$chaos --no-log-file run probes-1.json --hypothesis-strategy before-method-only")
thousand=$(median "$chaos --no-log-file run probes-1000.json --hypothesis-strategy before-method-only")
bare=$(wrk -t1 -c1 -d2s "http://localhost:$port/health" | awk '/Requests\/sec/ { print 1 / $2 }')

machine
echo "native code, medians of $runs runs, $(date -u +%Y-%m-%d)"
echo
awk -v validate="$validate" -v memory="$memory" -v one="$one" -v thousand="$thousand" -v bare="$bare" -v size="$(wc -c <activities.json)" 'BEGIN {
  each = (thousand - one) / 999 * 1000
  print "| what | figure | goal |"
  print "|---|---|---|"
  printf "| `chaos validate`, 10,000 activities (%.1f MB) | %.2f s, %.0f MiB | 0.5 s |\n", size / 1e6, validate, memory / 1024
  printf "| a steady state of 1,000 http probes, each probe | %.3f ms | |\n", each
  printf "| the same request by wrk, one at a time on one connection | %.3f ms | |\n", bare * 1000
  printf "| the engine and its http client, each probe | %.3f ms | 0.3 ms |\n", each - bare * 1000
}'
