#!/bin/sh
# What it costs a .NET program to be entered: requests per second and p99 of a program that answers by asking another one with HttpClient, asked by wrk with 16 connections, in interleaved rounds:
# never entered; entered and left; with a fault in that matches nothing; with one that matches a hundredth and refuses those; and watched, as 'chaos spans' does. Then how long an activity
# takes that puts the first fault into a process which nobody has entered before, until it is seen to be in force: finding the process, the guardian's start and the ledger's writes included. Prints two Markdown tables.
#
#   benchmarks/inside.sh [ROUNDS [SECONDS]]     (default 7 rounds of 3 s)
#
# Everything runs on free loopback ports in a temporary folder; what was started is stopped by its process id.
set -eu
rounds=${1:-7}
seconds=${2:-3}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)

# shellcheck source=benchmarks/install.sh
. "$root/benchmarks/install.sh"

work=
started=
stop_all() {
  trap - EXIT INT TERM
  for pid in $started; do
    kill "$pid" 2>/dev/null || :
    wait "$pid" 2>/dev/null || :
  done
  [ -z "$work" ] || rm -rf "$work"
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

install_missing wrk python3 strace
unset DOTNET_EnableDiagnostics DOTNET_EnableDiagnostics_IPC
dotnet build "$root/tests/InnerTarget" -c Release -v quiet -nologo >&2 || fail "could not build the target"
# Native, as chaos is: what is compiled while it runs would take its share of the processors from the program that is measured.
publish() { dotnet publish "$root/$1" -c Release -v quiet -nologo -p:ArtifactsPath="$root/artifacts/benchmark" -p:PublishAot=true >&2 || fail "could not publish $1"; }
publish src/Turbulence.Cli
publish tests/FaultRunner
target=$root/artifacts/bin/InnerTarget/release/inner-target
runner=$root/artifacts/benchmark/publish/FaultRunner/release/fault-runner
chaos=$root/artifacts/benchmark/publish/Turbulence.Cli/release/chaos
work=$(mktemp -d)
cd "$work"
export TURBULENCE_STATE="$work/state" XDG_CACHE_HOME="$work/cache"

# Starts a target, whose input stays open; sets port and pid.
start() {
  mkfifo "in$1"
  sleep 100000 >"in$1" &
  started="$started $!"
  "$target" <"in$1" >"out$1" &
  pid=$!
  started="$started $pid"
  until [ -s "out$1" ]; do kill -0 "$pid" || fail "the target does not start"; sleep 0.05; done
  port=$(cat "out$1")
}

start 0
server=$port
start 1
bare=$port
start 2
entered=$port entered_pid=$pid
path="call?url=http://127.0.0.1:$server/ping"
ask() { wrk -t1 -c16 -d"$2"s --latency "http://127.0.0.1:$1/$path" | awk '/99%/ { p = $2 } /Requests\/sec/ { rate = $2 } END { print rate, p }'; }

# With a fault in while it is asked: kind, arguments.
asked_with() {
  rm -f hold
  mkfifo hold
  "$runner" run "$1" "$2" <hold >said 2>&1 &
  runner_pid=$!
  exec 9>hold
  until grep -q . said; do sleep 0.02; done
  grep -q '^active' said || fail "$(cat said)"
  ask "$entered" "$seconds"
  exec 9>&-
  wait "$runner_pid" || fail "$(cat said)"
  rm hold
}

for round in $(seq 11); do
  start "first$round"
  ask "$port" 1 >/dev/null
  cat >first.json <<EXPERIMENT
{"title": "first", "description": "first", "method": [
  {"type": "action", "name": "fault", "provider": {"type": "fault", "kind": "dotnet.http", "arguments": {"pid": $pid, "delay": 0.01}}},
  {"type": "probe", "name": "look", "tolerance": 200, "provider": {"type": "http", "url": "http://127.0.0.1:$port/$path"}}]}
EXPERIMENT
  "$chaos" --no-log-file run first.json --journal-path first-journal.json >first.txt 2>&1 || fail "$(cat first.txt)"
  python3 -c 'import json; print("first", json.load(open("first-journal.json"))["run"][0]["duration"])' >>firsts
  kill "$pid"
done

"$chaos" spans --pid "$entered_pid" --for 0.1 >/dev/null
for port in "$bare" "$entered"; do ask "$port" 5 >/dev/null; done
for round in $(seq "$rounds"); do
  echo "bare $(ask "$bare" "$seconds")" >>results
  echo "left $(ask "$entered" "$seconds")" >>results
  echo "none $(asked_with dotnet.http "{\"pid\":$entered_pid,\"host\":\"nobody.test\",\"fail\":\"refused\"}")" >>results
  echo "some $(asked_with dotnet.http "{\"pid\":$entered_pid,\"share\":0.01,\"fail\":\"refused\"}")" >>results
  echo "request $(asked_with dotnet.request "{\"pid\":$entered_pid,\"route\":\"/nothing\",\"status\":503}")" >>results
  echo "span $(asked_with dotnet.span "{\"pid\":$entered_pid,\"source\":\"System.Net.Http\",\"operation\":\"nothing\",\"exception\":\"System.TimeoutException\"}")" >>results
  echo "traced $(asked_with syscall.error "{\"pid\":$entered_pid,\"call\":\"fsync\",\"error\":\"EIO\"}")" >>results
  echo "delayed $(asked_with syscall.delay "{\"pid\":$entered_pid,\"call\":[\"sendmsg\",\"sendto\"],\"every\":100,\"delay\":0.001}")" >>results
  "$chaos" spans --pid "$entered_pid" --for $((seconds + 2)) >/dev/null 2>&1 &
  watching=$!
  sleep 0.7
  echo "watch $(ask "$entered" "$seconds")" >>results
  wait "$watching"
  echo "round $round of $rounds" >&2
done
python3 - <<'TABLE'
import statistics, sys
names = {
    "bare": "never entered", "left": "entered, and left", "none": "`dotnet.http` that matches nothing", "some": "`dotnet.http` that refuses a hundredth",
    "request": "`dotnet.request` that matches nothing", "span": "`dotnet.span` that matches nothing", "watch": "watched (`chaos spans`)",
    "traced": "`syscall.error` that matches nothing", "delayed": "`syscall.delay` of 1 ms, one send in a hundred",
}

def ms(text):
    return float(text[:-2]) if text.endswith("ms") else float(text[:-2]) / 1000 if text.endswith("us") else float(text[:-1]) * 1000
seen = {}
for line in open("results"):
    name, *figures = line.split()
    if len(figures) != 2:
        sys.exit(f"'{name}' could not be measured; see above")
    rate, p99 = figures
    seen.setdefault(name, []).append((float(rate), ms(p99)))
print("| the program | requests per second, median (least to most) | of never entered, median of the rounds | p99 |")
print("|---|---|---|---|")
for name, text in names.items():
    rates = [rate for rate, _ in seen[name]]
    ratio = statistics.median(rate / base for (rate, _), (base, _) in zip(seen[name], seen["bare"]))
    print(f"| {text} | {statistics.median(rates):,.0f} ({min(rates):,.0f} to {max(rates):,.0f}) | {ratio:.2f} | {statistics.median(p for _, p in seen[name]):.1f} ms |")

times = sorted(1000 * float(line.split()[1]) for line in open("firsts"))
print()
print("| the first fault in a process, until it is seen to be in force | least | median | most |")
print("|---|---|---|---|")
print(f"| `dotnet.http`, {len(times)} processes | {times[0]:.0f} ms | {times[len(times) // 2]:.0f} ms | {times[-1]:.0f} ms |")
TABLE
