#!/bin/sh
# The TCP proxy beside HAProxy in TCP mode, nginx stream and no proxy at all, in interleaved rounds on this machine. Prints Markdown tables: small answers
# (wrk -t1 -c32), the same with toxics of HTTP and their receipts, one bulk stream, the memory of 1,000 idle connections, and how late a latency of 5 ms is.
#
#   benchmarks/proxy.sh [ROUNDS [SECONDS]]     (default 5 rounds of 3 s)
#
# Everything runs on free loopback ports in a temporary folder; what was started is stopped by its process id.
set -eu
rounds=${1:-5}
seconds=${2:-3}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
PATH=$PATH:/usr/sbin
idle=1000

# shellcheck source=benchmarks/install.sh
. "$root/benchmarks/install.sh"

work=
pids=
stop_all() {
  trap - EXIT INT TERM
  for pid in $pids; do kill "$pid" 2>/dev/null || :; done
  for pid in $pids; do wait "$pid" 2>/dev/null || :; done
  [ -z "$work" ] || rm -rf "$work"
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

next_port=18800
free_port() {
  while [ -n "$(ss -Hltn "sport = :$next_port" 2>/dev/null)" ]; do next_port=$((next_port + 1)); done
  port=$next_port
  next_port=$((next_port + 1))
}
listens() { [ -n "$(ss -Hltn "sport = :$1")" ]; }
await() {
  until listens "$1"; do
    kill -0 "$2" 2>/dev/null || fail "$3 does not start: $(tail -n 3 "$work/$3.log")"
    sleep 0.05
  done
}

install_missing wrk haproxy nginx=nginx-light /usr/lib/nginx/modules/ngx_stream_module.so=libnginx-mod-stream ss=iproute2
bench=$root/artifacts/benchmark/native/publish/ProxyBench/release/proxy-bench
dotnet publish "$root/benchmarks/ProxyBench" -c Release -v quiet -nologo --artifacts-path "$root/artifacts/benchmark/native" -p:PublishAot=true >&2 || fail "could not publish ProxyBench"
ulimit -n "$(ulimit -Hn)"
work=$(mktemp -d)
cd "$work"

# The three servers behind, and what each is reached by: port_KIND_SERVER.
free_port; small=$port
free_port; source=$port
free_port; echo=$port
cat >"$work/small.cfg" <<EOF
global
  nbthread 1
  maxconn 8000
defaults
  mode http
  timeout client 60s
  timeout server 60s
  timeout connect 5s
frontend f
  bind 127.0.0.1:$small
  http-request return status 200 content-type application/json string '{"server":"primary (8002)","content":"5"}'
EOF
haproxy -f "$work/small.cfg" >"$work/small.log" 2>&1 & pids="$pids $!"
await "$small" $! small
"$bench" source "127.0.0.1:$source" >"$work/source.log" 2>&1 & pids="$pids $!"
await "$source" $! source
"$bench" echo "127.0.0.1:$echo" >"$work/echo.log" 2>&1 & pids="$pids $!"
await "$echo" $! echo

for server in small source echo; do
  eval "port_direct_$server=\$$server"
  for kind in haproxy nginx; do free_port; eval "port_${kind}_$server=$port"; done
done

haproxy_pair() { printf 'listen %s\n  bind 127.0.0.1:%s\n  server s 127.0.0.1:%s\n' "$1" "$2" "$3"; }
{
  printf 'global\n  nbthread 1\n  maxconn 8000\ndefaults\n  mode tcp\n  timeout client 1h\n  timeout server 1h\n  timeout connect 5s\n'
  haproxy_pair small "$port_haproxy_small" "$small"
  haproxy_pair source "$port_haproxy_source" "$source"
  haproxy_pair echo "$port_haproxy_echo" "$echo"
} >"$work/haproxy.cfg"
haproxy -f "$work/haproxy.cfg" >"$work/haproxy.log" 2>&1 & pids="$pids $!"; pid_haproxy=$!
await "$port_haproxy_echo" $! haproxy

nginx_pair() { printf '  server { listen 127.0.0.1:%s backlog=4096; proxy_pass 127.0.0.1:%s; tcp_nodelay on; }\n' "$1" "$2"; }
{
  printf 'load_module /usr/lib/nginx/modules/ngx_stream_module.so;\nworker_processes 1;\ndaemon off;\nmaster_process off;\nuser root;\n'
  printf 'pid %s/nginx.pid;\nerror_log %s/nginx.log;\nevents { worker_connections 10000; }\nstream {\n' "$work" "$work"
  nginx_pair "$port_nginx_small" "$small"
  nginx_pair "$port_nginx_source" "$source"
  nginx_pair "$port_nginx_echo" "$echo"
  printf '}\n'
} >"$work/nginx.conf"
nginx -e "$work/nginx.log" -p "$work" -c "$work/nginx.conf" >/dev/null 2>&1 & pids="$pids $!"; pid_nginx=$!
await "$port_nginx_echo" $! nginx

# turbulence NAME SERVER [TYPE ATTRIBUTES]: the port in $port, the process in $pid.
turbulence() {
  name=$1 behind=$2
  shift 2
  free_port
  "$bench" proxy "127.0.0.1:$port" "127.0.0.1:$behind" 1 "$@" >"$work/$name.log" 2>&1 & pid=$!
  pids="$pids $pid"
  await "$port" "$pid" "$name"
}
turbulence turbulence-small "$small"; port_turbulence_small=$port; pid_turbulence_small=$pid
turbulence turbulence-source "$source"; port_turbulence_source=$port; pid_turbulence_source=$pid
turbulence turbulence-echo "$echo"; port_turbulence_echo=$port; pid_turbulence=$pid
pid_haproxy_small=$pid_haproxy; pid_haproxy_source=$pid_haproxy; pid_nginx_small=$pid_nginx; pid_nginx_source=$pid_nginx
pid_direct_small=$$; pid_direct_source=$$
turbulence turbulence-http "$small" http_delay '{"path":"/never"}'; port_http_small=$port; pid_http_small=$pid
turbulence turbulence-hit "$small" http_delay '{}'; port_hit_small=$port; pid_hit_small=$pid
turbulence turbulence-receipts "$small" http_delay '{}' "$work/decisions"; port_receipts_small=$port; pid_receipts_small=$pid
turbulence turbulence-lag "$echo" latency '{"latency":5}'; port_lag=$port

# The processor time of a process, in hundredths of a second.
ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
# costing PID COMMAND...: what the command prints, and the processor time that the process took meanwhile.
costing() {
  costs=$1
  shift
  before=$(ticks "$costs")
  "$@" | tr '\n' ' '
  echo $(($(ticks "$costs") - before))
}
# Prints: requests per second, p50, p99, answers that were not 2xx or 3xx.
small_answers() {
  wrk -t1 -c32 -d"$seconds"s --latency "http://127.0.0.1:$1/" | awk '
    function ms(time) { return time ~ /us$/ ? time / 1000 : time ~ /ms$/ ? time + 0 : time * 1000 }
    /50%/ { p50 = ms($2) } /99%/ { p99 = ms($2) } /Requests\/sec/ { rate = $2 } /Non-2xx|Socket errors/ { bad = 1 }
    END { print rate, p50, p99, bad + 0 }'
}
resident() { awk '/^VmRSS/ { print $2 }' "/proc/$1/status"; }
# idle_memory PID PORT: KiB of resident memory that each of the idle connections adds.
idle_memory() {
  before=$(resident "$1")
  mkfifo "$work/hold"
  "$bench" idle "127.0.0.1:$2" "$idle" <"$work/hold" >"$work/idle.log" 2>&1 & holder=$!
  exec 9>"$work/hold"
  until grep -q open "$work/idle.log"; do kill -0 "$holder" 2>/dev/null || fail "no $idle connections: $(cat "$work/idle.log")"; sleep 0.05; done
  sleep 2
  after=$(resident "$1")
  exec 9>&-
  wait "$holder" || :
  rm "$work/hold"
  awk "BEGIN { printf \"%.1f\\n\", ($after - $before) / $idle }"
}

for kind in haproxy nginx turbulence http hit receipts; do
  eval "small_answers \$port_${kind}_small" >/dev/null
done
round=0
while [ "$round" -lt "$rounds" ]; do
  round=$((round + 1))
  for kind in direct haproxy nginx turbulence; do
    eval "echo small $kind \$(costing \$pid_${kind}_small small_answers \$port_${kind}_small)" >>"$work/results"
    eval "echo bulk $kind \$(costing \$pid_${kind}_source \"$bench\" drain 127.0.0.1:\$port_${kind}_source $seconds)" >>"$work/results"
  done
  for kind in http hit receipts; do
    eval "echo small $kind \$(costing \$pid_${kind}_small small_answers \$port_${kind}_small)" >>"$work/results"
  done
  : >"$work/decisions"
  echo "lag direct $("$bench" lag "127.0.0.1:$echo" 500)" >>"$work/results"
  echo "lag sleep $("$bench" sleep 500)" >>"$work/results"
  echo "lag turbulence $("$bench" lag "127.0.0.1:$port_lag" 500)" >>"$work/results"
done
for kind in haproxy nginx turbulence; do
  eval "echo idle $kind \$(idle_memory \$pid_$kind \$port_${kind}_echo)" >>"$work/results"
done

echo "$(machine), HAProxy $(haproxy -v | sed -n 's/^HAProxy version \([^ -]*\).*/\1/p'), $(nginx -v 2>&1 | sed 's/.*: //')"
echo "$rounds interleaved rounds of $seconds s, $(date -u +%Y-%m-%d); HAProxy, nginx and the proxy have one thread each"
echo
awk -v idle="$idle" -v seconds="$seconds" '
  function median(list, count, values, i, j, swap) {
    count = split(list, values, " ")
    for (i = 1; i <= count; i++) for (j = i + 1; j <= count; j++) if (values[j] + 0 < values[i] + 0) { swap = values[i]; values[i] = values[j]; values[j] = swap }
    return count % 2 ? values[(count + 1) / 2] : (values[count / 2] + values[count / 2 + 1]) / 2
  }
  # Each round is compared with itself: another program on the machine slows both of its halves.
  $1 == "small" { rates[$2] = rates[$2] " " int($3); p50[$2] = p50[$2] " " $4; p99[$2] = p99[$2] " " $5; bad += $6; rate[$2, ++n[$2]] = $3; late[$2, n[$2]] = $5; costs[$2] = costs[$2] " " $7 * 10000 / ($3 * seconds) }
  $1 == "bulk" { bulks[$2] = bulks[$2] " " $3; bulk[$2, ++b[$2]] = $3; bulkcosts[$2] = bulkcosts[$2] " " $4 * 10000 / ($3 * seconds) }
  $1 == "lag" { lag50[$2] = lag50[$2] " " $3; lag99[$2] = lag99[$2] " " $4 }
  $1 == "idle" { memory[$2] = $3 }
  function each(list) { gsub(/^ /, "", list); gsub(/ /, " · ", list); return list }
  END {
    split("direct haproxy nginx turbulence", order, " ")
    print "| small answers | requests/s in each round | median | of HAProxy | p50 ms | p99 ms | p99 of HAProxy | µs of processor each |"
    print "|---|---|---|---|---|---|---|---|"
    for (i = 1; i <= 4; i++) {
      k = order[i]; ratio = tail = ""
      for (r = 1; r <= n[k]; r++) { ratio = ratio " " rate[k, r] / rate["haproxy", r]; tail = tail " " late[k, r] / late["haproxy", r] }
      printf "| %s | %s | %d | %.2f | %.2f | %.2f | %.2f | %s |\n", k, each(rates[k]), median(rates[k]), median(ratio), median(p50[k]), median(p99[k]), median(tail), k == "direct" ? "" : sprintf("%.1f", median(costs[k]))
    }
    print "\n| small answers, with a toxic of HTTP | of the same proxy without one | of the same toxic without a log | p99 ms | µs of processor each |"
    print "|---|---|---|---|---|"
    split("http hit receipts", http, " ")
    name["http"] = "no request is hit"; name["hit"] = "each is hit"; name["receipts"] = "each is hit, with a receipt"
    for (i = 1; i <= 3; i++) {
      k = http[i]; ratio = same = ""
      for (r = 1; r <= n[k]; r++) { ratio = ratio " " rate[k, r] / rate["turbulence", r]; same = same " " rate[k, r] / rate["hit", r] }
      printf "| %s | %.2f | %s | %.2f | %.1f |\n", name[k], median(ratio), k == "receipts" ? sprintf("%.2f", median(same)) : "", median(p99[k]), median(costs[k])
    }
    print "\n| one bulk stream | MB/s in each round | median | of direct | µs of processor for a MB |"
    print "|---|---|---|---|---|"
    for (i = 1; i <= 4; i++) {
      k = order[i]; ratio = ""
      for (r = 1; r <= b[k]; r++) ratio = ratio " " bulk[k, r] / bulk["direct", r]
      printf "| %s | %s | %d | %.2f | %s |\n", k, each(bulks[k]), median(bulks[k]), median(ratio), k == "direct" ? "" : sprintf("%d", median(bulkcosts[k]))
    }
    print "\n| there and back, one byte | median ms | p99 ms |"
    print "|---|---|---|"
    printf "| direct | %.3f | %.3f |\n", median(lag50["direct"]), median(lag99["direct"])
    printf "| with 5 ms of latency | %.3f | %.3f |\n", median(lag50["turbulence"]), median(lag99["turbulence"])
    printf "| a sleep of 5 ms, late by the system alone | %.3f | %.3f |\n", median(lag50["sleep"]) - 5, median(lag99["sleep"]) - 5
    printf "| late, the way there and back included | %.3f | %.3f |\n", median(lag50["turbulence"]) - 5, median(lag99["turbulence"]) - 5
    printf "\n| %d idle connections | KiB each |\n|---|---|\n", idle
    for (i = 2; i <= 4; i++) printf "| %s | %s |\n", order[i], memory[order[i]]
    if (bad) { print "\nsome answers were errors: these figures do not count"; exit 1 }
  }' "$work/results"
