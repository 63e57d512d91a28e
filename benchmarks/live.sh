#!/usr/bin/env bash
# What the page of a run costs the run, and how often it is drawn while a thousand and more events come a second: the same run without a page, with one that nobody watches, with a
# browser, and with a reader that has stopped to read; native code. Nothing here is a test.
#   benchmarks/live.sh [ACTIVITIES [RUNS]]
# Needs Node.js and a browser; .ci/pages installs both into artifacts/pages.
set -euo pipefail
cd "$(dirname "$0")/.."
activities=${1:-16000}
runs=${2:-3}
native=${NATIVE_CHAOS:-artifacts/native/publish/Turbulence.Cli/release/chaos}
[ -x "$native" ] || dotnet publish src/Turbulence.Cli -c Release -v q -p:RunAnalyzers=false -p:ArtifactsPath="$PWD/artifacts/native"
native=$(realpath "$native")
node=${NODE_FOLDER:-$PWD/artifacts/pages/node}
[ -d "$node/node_modules/playwright-core" ] || { echo "run .ci/pages first: it installs what drives the browser"; exit 1; }
room=$(mktemp -d)
export TURBULENCE_STATE=$room/state
mkfifo "$room/end"
node benchmarks/live/server.mjs <"$room/end" >"$room/server" &
exec 3>"$room/end"
trap 'exec 3>&-; rm -rf "$room"' EXIT
until [ -s "$room/server" ]; do sleep 0.05; done
node benchmarks/live/experiment.mjs "$activities" "$(cat "$room/server")" >"$room/experiment.json"
address() { until grep -o 'http://127[^ ]*' "$1" 2>/dev/null; do sleep 0.05; done; }

echo "| who watches | seconds | processor time | events a second | frames a second | 99 of 100 frames after | the longest after |"
echo "|---|---|---|---|---|---|---|"
for who in "no page" nobody "a browser" "a reader that has stopped"; do
  : >"$room/times"
  seen="– | – | –"
  for _ in $(seq "$runs"); do
    page=--ui
    [ "$who" = "no page" ] && page=
    rm -f "$room/err"
    # shellcheck disable=SC2086 # No page is no argument.
    (cd "$room" && exec /usr/bin/time -a -o times -f "%e %U %S" "$native" --no-log-file run experiment.json --quiet $page >out 2>err) &
    run=$!
    case $who in
      "a browser") seen=$(NODE_FOLDER=$node node benchmarks/live/frames.mjs "$(address "$room/err")") ;;
      "a reader that has stopped") node benchmarks/live/stopped.mjs "$(address "$room/err")" ;;
    esac
    wait "$run" || true
  done
  sort -n "$room/times" | awk -v n="$runs" -v who="$who" -v events="$((9 * activities / 4))" -v seen="$seen" \
    'NR == int((n + 1) / 2) { printf "| %s | %.1f | %.1f | %.0f | %s |\n", who, $1, $2 + $3, events / $1, seen }'
done
