#!/bin/sh
# Requests per second of `chaos load` beside wrk on the same server, both with 32 connections and one thread, in interleaved rounds on this machine; and how well the open model
# keeps its schedule at 2,000 requests a second. Prints two Markdown tables. Processor time that a virtual machine is not given (steal) delays everybody on it: the second table says how much it was.
#
#   benchmarks/load-rate.sh [ROUNDS [SECONDS]]     (default 5 rounds of 5 s)
#
# Everything runs on a free loopback port in a temporary folder; what was started is stopped by its process id.
set -eu
rounds=${1:-5}
seconds=${2:-5}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)

# shellcheck source=benchmarks/install.sh
. "$root/benchmarks/install.sh"

work=
nginx_pid=
stop_all() {
  trap - EXIT INT TERM
  if [ -n "$nginx_pid" ]; then
    kill "$nginx_pid" 2>/dev/null || :
    wait "$nginx_pid" 2>/dev/null || :
  fi
  [ -z "$work" ] || rm -rf "$work"
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

install_missing wrk nginx=nginx-light python3
dotnet publish "$root/src/Turbulence.Cli" -c Release -v quiet -nologo -p:ArtifactsPath="$root/artifacts/benchmark" >&2 || fail "could not publish chaos"
chaos=$root/artifacts/benchmark/publish/Turbulence.Cli/release/chaos
work=$(mktemp -d)
cd "$work"
mkdir temp
port=18705
while [ -n "$(ss -Hltn "sport = :$port" 2>/dev/null)" ]; do port=$((port + 1)); done
cat >nginx.conf <<EOF
worker_processes 1;
daemon off;
pid $work/nginx-master;
error_log $work/nginx.log;
events { worker_connections 1024; }
http {
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path temp/1; proxy_temp_path temp/2; fastcgi_temp_path temp/3; uwsgi_temp_path temp/4; scgi_temp_path temp/5;
  server { listen 127.0.0.1:$port; location / { default_type application/json; return 200 '{"server":"primary (8002)","content":"5"}'; } }
}
EOF
PATH=$PATH:/usr/sbin nginx -e "$work/nginx.log" -p "$work" -c "$work/nginx.conf" &
nginx_pid=$!
until [ -n "$(ss -Hltn "sport = :$port")" ]; do kill -0 "$nginx_pid" || fail "nginx does not start"; done
url=http://127.0.0.1:$port/index/10

# Prints: requests per second, requests that were lost.
with_wrk() { wrk -t1 -c32 -d"$1"s "$url" | awk '/Requests\/sec/ { rate = $2 } /Non-2xx|Socket errors/ { bad = 1 } END { print rate, bad + 0 }'; }
with_chaos() {
  for_seconds=$1
  shift
  "$chaos" load "$url" --users 32 --duration "$for_seconds" --output json "$@" 2>/dev/null | python3 -c 'import json, sys; all = json.load(sys.stdin); print(all["intended"] / all["elapsed_s"], all["lost"])'
}

# Milliseconds of processor time that were not given to this machine since it started, of all its processors.
stolen() { awk -v hertz="$(getconf CLK_TCK)" '$1 == "cpu" { print int($9 * 1000 / hertz) }' /proc/stat; }

with_wrk 1 >/dev/null
round=0
while [ "$round" -lt "$rounds" ]; do
  round=$((round + 1))
  echo "wrk $(with_wrk "$seconds")" >>results
  echo "chaos $(with_chaos "$seconds")" >>results
  echo "classes $(with_chaos "$seconds" --class primary=primary --class secondary=secondary)" >>results
  before=$(stolen)
  "$chaos" load "$url" --rate 2000 --duration "$seconds" --output json >>open 2>/dev/null
  echo $(($(stolen) - before)) >>steal
done

echo "$(machine), $(PATH=$PATH:/usr/sbin nginx -v 2>&1 | sed 's/.*: //')"
echo "32 connections, ${seconds} s, $rounds interleaved rounds, $(date -u +%Y-%m-%d)"
echo
python3 - <<'EOF'
import json, statistics
rates, ratios, lost, base = {}, {}, 0, 0
for line in open("results"):
    name, rate, bad = line.split()
    base = float(rate) if name == "wrk" else base
    rates.setdefault(name, []).append(float(rate))
    ratios.setdefault(name, []).append(float(rate) / base)
    lost += float(bad)
print("| client | requests/s in each round | median | ratio (median of the rounds) |\n|---|---|---|---|")
for name, called in (("wrk", "wrk -t1 -c32"), ("chaos", "chaos load --users 32"), ("classes", "the same, two classes of answers")):
    print("| %s | %s | %d | %.2f |" % (called, " · ".join("%d" % rate for rate in rates[name]), statistics.median(rates[name]), statistics.median(ratios[name])))
text, place, runs = open("open").read(), 0, []
while text[place:].strip():
    run, end = json.JSONDecoder().raw_decode(text[place:].lstrip())
    place = len(text) - len(text[place:].lstrip()) + end
    runs.append(run)
    lost += run["lost"]
steal = [int(line) for line in open("steal")]
print("\n| 2,000 requests/s in the open model, ms | rounds | p50 | p99 | p99.9 | longest |\n|---|---|---|---|---|---|")
def row(called, key, chosen):
    if chosen:
        print("| %s | %d | %s |" % (called, len(chosen), " | ".join("%.3f" % statistics.median(run[key][at] for run in chosen) for at in ("p50", "p99", "p99_9", "max"))))
row("left later than due, median", "schedule_lag_ms", runs)
row("in rounds without steal", "schedule_lag_ms", [run for run, taken in zip(runs, steal) if taken == 0])
row("in rounds with it (%s)" % ", ".join("%d" % taken for taken in steal if taken), "schedule_lag_ms", [run for run, taken in zip(runs, steal) if taken])
row("waited from when due, median", "latency_ms", runs)
if lost:
    raise SystemExit("\nsome requests were lost: these figures do not count")
EOF
