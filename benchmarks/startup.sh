#!/bin/sh
# How long the native `chaos` takes to start, and to run an experiment of one process probe and one process action, and how
# much memory it needs. Prints one Markdown table. Needs hyperfine and GNU time; installs them from Debian's packages.
#
#   benchmarks/startup.sh [RUNS]     (default 40)
set -eu
runs=${1:-40}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)

# shellcheck source=benchmarks/install.sh
. "$root/benchmarks/install.sh"

install_missing hyperfine /usr/bin/time=time
# A native publish takes the other program out of the output folder, which ./chaos uses: hence a folder of its own.
dotnet publish "$root/src/Turbulence.Cli" -c Release -v quiet -nologo -p:ArtifactsPath="$root/artifacts/benchmark" >&2 || fail "could not publish chaos"
chaos=$root/artifacts/benchmark/publish/Turbulence.Cli/release/chaos
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >one.json <<'EOF'
{
  "title": "one probe, one action", "description": "what the runner itself costs",
  "steady-state-hypothesis": { "title": "h", "probes": [
    { "type": "probe", "name": "p", "tolerance": 0, "provider": { "type": "process", "path": "true" } } ] },
  "method": [ { "type": "action", "name": "a", "provider": { "type": "process", "path": "true" } } ]
}
EOF

# Milliseconds: minimum, median, maximum of the command's wall time.
measure() {
  hyperfine --shell=none --warmup 5 --runs "$runs" --style none --export-csv times.csv "$@" >/dev/null 2>&1 || fail "$* does not run"
  tail -n 1 times.csv | awk -F, '{ printf "%.1f | %.1f | %.1f", $7 * 1000, $4 * 1000, $8 * 1000 }'
}

# Mebibytes, the most of five runs.
memory() {
  for _ in 1 2 3 4 5; do
    /usr/bin/time -f %M -a -o memory "$@" >/dev/null 2>&1
  done
  sort -n memory | tail -n 1 | awk '{ printf "%.1f", $1 / 1024 }'
  rm memory
}

machine
echo "hyperfine, $runs runs after 5, $(date -u +%Y-%m-%d); the program is $(du -h "$chaos" | cut -f1)"
echo
echo "| command | min ms | median ms | max ms | peak MiB | goal |"
echo "|---|---|---|---|---|---|"
echo "| \`chaos --version\` | $(measure "$chaos --version") | $(memory "$chaos" --version) | 15 ms, 40 MiB |"
echo "| \`chaos run\`: the gate's probe, the action, the probe again | $(measure "$chaos run one.json") | $(memory "$chaos" run one.json) | 60 ms, 40 MiB |"
