#!/bin/sh
# Makes the picture of a report that the README shows, docs/report.png: of a run of the sample under load in which a mistake is found.
#
#   docs/picture.sh [CHAOS]     (default: ./chaos)
#
# It takes Debian's chromium, and a machine that does nothing else: what the users felt is what stands in the picture.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
chaos=${1:-$root/chaos}
command -v chromium >/dev/null || { echo "chromium is not installed" >&2; exit 1; }
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
"$chaos" --no-log-file run "$root/samples/random-numbers/experiments/under-load/mistake-no-time-limit.yaml" --journal-path journal.json || [ $? -eq 1 ]
"$chaos" report journal.json -o report.html
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1200,960 --screenshot="$root/docs/report.png" "file://$room/report.html" 2>/dev/null
