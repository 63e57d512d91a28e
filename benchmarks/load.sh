#!/bin/sh
# What 'chaos load' says of servers whose pathology is known (load_server.py), and what wrk, ab, hey and, where AUTOCANNON names it, autocannon do. Prints what each prints.
#
#   CHAOS='/path/to/chaos' benchmarks/load.sh [SECONDS]     (default 10)
#
# Everything is on free loopback ports; the last server has a processor of its own, and who measures it has one with three busy loops.
set -eu
seconds=${1:-10}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
chaos=${CHAOS:-$root/artifacts/native/publish/Turbulence.Cli/chaos}
PATH=$PATH:/usr/sbin

# shellcheck source=benchmarks/install.sh
. "$root/benchmarks/install.sh"
install_missing wrk ab=apache2-utils hey python3
machine

pids=
stop_all() {
  for pid in $pids; do kill "$pid" 2>/dev/null || :; done
  for pid in $pids; do wait "$pid" 2>/dev/null || :; done
  pids=
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

next_port=18900
# measure MODE COMMAND...: URL in it is the server's.
measure() {
  mode=$1; shift
  next_port=$((next_port + 1))
  before= ; serves=$mode
  if [ "$mode" = starved ]; then
    serves=healthy
    before='taskset -c 0'
    for _ in 1 2 3; do taskset -c 0 python3 -c 'while True: pass' & pids="$pids $!"; done
    nice -n -19 taskset -c 1 python3 "$root/benchmarks/load_server.py" "$serves" "$next_port" & pids="$pids $!"
  else
    python3 "$root/benchmarks/load_server.py" "$serves" "$next_port" & pids="$pids $!"
  fi
  until python3 -c "import socket; socket.create_connection(('127.0.0.1', $next_port))" 2>/dev/null; do sleep 0.1; done
  command=$(printf '%s' "$*" | sed "s#URL#http://127.0.0.1:$next_port/#")
  printf '\n## %s: %s (load %s)\n\n' "$mode" "$*" "$(cut -d' ' -f1 /proc/loadavg)"
  $before $command 2>&1 || echo "exit code $?"
  stop_all
}

for mode in stalled hundredth saturated refusing starved; do
  limit=2
  [ "$mode" != stalled ] || limit=5
  measure $mode "$chaos" load URL --rate 200 --duration "$seconds" --timeout $limit
  [ "$mode" != refusing ] || measure $mode "$chaos" load URL --rate 200 --duration "$seconds" --connections fresh
  measure $mode wrk -t1 -c10 "-d${seconds}s" --latency URL
  measure $mode ab -q -k -c10 "-t$seconds" -n1000000 URL
  measure $mode hey -z "${seconds}s" -c 10 -q 20 URL
  [ -z "${AUTOCANNON:-}" ] || measure $mode "$AUTOCANNON" -c 10 -d "$seconds" -R 200 URL
done
