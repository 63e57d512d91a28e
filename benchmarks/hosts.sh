#!/bin/sh
# What a call into an extension costs, for the Python and the .NET worker: each of many calls of a warm worker, and the first call,
# which starts it. Prints one Markdown table. Needs Python 3 and hyperfine; installs them from Debian's packages.
#
#   benchmarks/hosts.sh [CALLS [RUNS]]     (default 10000 calls, 10 runs)
#
# A warm call is what a steady state of CALLS + 1 probes takes longer than one of 1 probe, so the engine's own share, the journal's
# included, is in it. The same steady state of CALLS process probes would start CALLS processes.
set -eu
calls=${1:-10000}
runs=${2:-10}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)

# shellcheck source=benchmarks/install.sh
. "$root/benchmarks/install.sh"
install_missing hyperfine python3
# A native publish takes the other program out of the output folder, which ./chaos uses: hence a folder of its own.
dotnet publish "$root/src/Turbulence.Cli" -c Release -v quiet -nologo -p:ArtifactsPath="$root/artifacts/benchmark" >&2 || fail "could not publish chaos"
chaos=$root/artifacts/benchmark/publish/Turbulence.Cli/release/chaos
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
cd "$work"

python3 - "$calls" <<'EOT'
import json, sys
providers = {
    "python": {"type": "python", "module": "os.path", "func": "exists", "arguments": {"path": "."}},
    "dotnet": {"type": "dotnet", "assembly": "System.Runtime", "class": "System.IO.Directory", "method": "Exists", "arguments": {"path": "."}},
}
for language, provider in providers.items():
    for count in (0, 1, int(sys.argv[1]) + 1):
        with open(f"{language}-{count}.json", "w") as file:
            json.dump({"title": "t", "description": "d", "method": [
                {"type": "probe", "name": f"p{i}", "tolerance": True, "provider": provider} for i in range(count)]}, file)
EOT

# Seconds: the median wall time of a run.
median() {
  hyperfine --shell=none --warmup 2 --runs "$runs" --style none --export-csv times.csv "$chaos --no-log-file run $1" >/dev/null 2>&1 || fail "chaos run $1 does not pass"
  tail -n 1 times.csv | cut -d, -f4
}

# Milliseconds: the median of what the journal says of its activities, the first one left out.
journal() {
  "$chaos" --no-log-file run "$1" >/dev/null 2>&1 || fail "chaos run $1 does not pass"
  python3 -c 'import json, statistics; print(1000 * statistics.median(entry["duration"] for entry in json.load(open("journal.json"))["run"][1:]))'
}

row() {
  none=$(median "$2-0.json")
  one=$(median "$2-1.json")
  all=$(median "$2-$((calls + 1)).json")
  inside=$(journal "$2-$((calls + 1)).json")
  awk -v name="$1" -v goal="$3" -v none="$none" -v one="$one" -v all="$all" -v inside="$inside" -v calls="$calls" 'BEGIN {
    printf "| %s | %.3f ms | %.3f ms | 0.2 ms | %.0f ms | %d ms |\n", name, inside, (all - one) / calls * 1000, (one - none) * 1000, goal
  }'
}

machine
echo "native code, medians of $runs runs, $calls calls, $(date -u +%Y-%m-%d); $(python3 --version)"
echo
echo "| worker | a warm call, in the journal | with the engine's share | goal | the first call, its validation included | goal |"
echo "|---|---|---|---|---|---|"
row "Python, \`os.path.exists\`" python 120
row ".NET, \`Directory.Exists\`" dotnet 150
machine | sed 's/.*load/load at the end:/'
