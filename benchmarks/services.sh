#!/bin/sh
# Requests per second of the sample's require_rand (which asks a rand server for every request) beside nginx as a reverse proxy
# to a static answer, in interleaved rounds on this machine. Prints one Markdown table.
#
#   benchmarks/services.sh [ROUNDS [SECONDS]]     (default 3 rounds of 5 s)
#
# Everything runs on free loopback ports in a temporary folder; what was started is stopped by its process id.
set -eu
rounds=${1:-3}
seconds=${2:-5}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)

# shellcheck source=benchmarks/install.sh
. "$root/benchmarks/install.sh"

work=
nginx_pid=
stop_all() {
  trap - EXIT INT TERM
  [ -z "$nginx_pid" ] || kill "$nginx_pid" 2>/dev/null || :
  for file in "$work"/*/*.pid; do
    [ ! -f "$file" ] || kill "$(cat "$file")" 2>/dev/null || :
  done
  [ -z "$nginx_pid" ] || wait "$nginx_pid" 2>/dev/null || :
  [ -z "$work" ] || rm -rf "$work"
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

free_port() {
  port=$1
  while [ -n "$(ss -Hltn "sport = :$port" 2>/dev/null)" ]; do port=$((port + 1)); done
  echo "$port"
}

start_nginx() {
  mkdir "$work/temp"
  cat >"$work/nginx.conf" <<EOF
worker_processes 2;
daemon off;
pid $work/nginx-master;
error_log $work/nginx.log;
events { worker_connections 1024; }
http {
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path $work/temp/1; proxy_temp_path $work/temp/2; fastcgi_temp_path $work/temp/3;
  uwsgi_temp_path $work/temp/4; scgi_temp_path $work/temp/5;
  upstream static { server 127.0.0.1:$static_port; keepalive 64; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:$static_port;
    location / { default_type application/json; return 200 '{"server":"primary (8002)","content":"5"}'; }
  }
  server {
    listen 127.0.0.1:$nginx_port;
    location / { proxy_pass http://static; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}
EOF
  PATH=$PATH:/usr/sbin nginx -e "$work/nginx.log" -p "$work" -c "$work/nginx.conf" &
  nginx_pid=$!
}

# Prints: requests per second, p50, p99, answers that were not 2xx or 3xx.
measure() {
  wrk -t1 -c32 -d"$2"s --latency "http://127.0.0.1:$1/index/10" | awk '
    /50%/ { p50 = $2 } /99%/ { p99 = $2 } /Requests\/sec/ { rate = $2 } /Non-2xx|Socket errors/ { bad = 1 }
    END { print rate, p50, p99, bad + 0 }'
}

install_missing wrk nginx=nginx-light

# Apart from the ordinary build output: publishing as native code takes the ordinary program away there.
build=$root/artifacts/benchmark
for project in RandServer RequireRand; do
  for kind in native jit; do
    [ "$kind" = native ] && aot=true || aot=false
    dotnet publish "$root/samples/random-numbers/$project" -c Release -v quiet -nologo --artifacts-path "$build/$kind" -p:PublishAot=$aot >&2 ||
      fail "could not publish $project"
  done
done
work=$(mktemp -d)
static_port=$(free_port 18405)
nginx_port=$(free_port 18504)
cd "$work"
start_nginx
until [ -n "$(ss -Hltn "sport = :$nginx_port")" ]; do kill -0 "$nginx_pid" || fail "nginx does not start"; done
measure "$nginx_port" 1 >/dev/null

# Prints the port that the pair of services of one kind is reached at. The JIT compiler wants some seconds of load before it
# has made its best code.
start_services() {
  mkdir "$work/$1"
  cd "$work/$1"
  rand_port=$(free_port "$2")
  "$build/$1/publish/RandServer/release/rand-server" "$rand_port" primary --daemon >/dev/null
  entrance_port=$(free_port $((rand_port + 100)))
  "$build/$1/publish/RequireRand/release/require-rand" --port "$entrance_port" --server "primary=http://localhost:$rand_port" --daemon >/dev/null
  measure "$entrance_port" "$3" >/dev/null
  cd "$work"
  echo "$entrance_port"
}
native_port=$(start_services native 18202 1)
jit_port=$(start_services jit 18602 25)

round=0
while [ "$round" -lt "$rounds" ]; do
  round=$((round + 1))
  echo "nginx $(measure "$nginx_port" "$seconds")" >>"$work/results"
  echo "require_rand,native $(measure "$native_port" "$seconds")" >>"$work/results"
  echo "require_rand,JIT $(measure "$jit_port" "$seconds")" >>"$work/results"
done

echo "$(machine), $(PATH=$PATH:/usr/sbin nginx -v 2>&1 | sed 's/.*: //')"
echo "wrk -t1 -c32 -d${seconds}s, $rounds interleaved rounds, $(date -u +%Y-%m-%d)"
echo
awk '
  function median(list, count, values, i, j, swap) {
    count = split(list, values, " ")
    for (i = 1; i <= count; i++) for (j = i + 1; j <= count; j++) if (values[j] + 0 < values[i] + 0) { swap = values[i]; values[i] = values[j]; values[j] = swap }
    return count % 2 ? values[(count + 1) / 2] : (values[count / 2] + values[count / 2 + 1]) / 2
  }
  function ms(time) { return time ~ /us$/ ? time / 1000 : time ~ /ms$/ ? time + 0 : time * 1000 }
  # Each round is compared with itself: another program on the machine slows both of its halves.
  $1 == "nginx" { base = $2 }
  { ratios[$1] = ratios[$1] " " ($2 / base); rates[$1] = rates[$1] " " int($2); p50[$1] = p50[$1] " " ms($3); p99[$1] = p99[$1] " " ms($4); bad += $5 }
  END {
    print "| server | requests/s in each round | median | ratio (median of the rounds) | p50 | p99 |"
    print "|---|---|---|---|---|---|"
    split("nginx require_rand,native require_rand,JIT", order, " ")
    for (i = 1; i <= 3; i++) {
      name = order[i]; each = rates[name]; gsub(/^ /, "", each); gsub(/ /, " · ", each)
      printf "| %s | %s | %d | %.2f | %.2f ms | %.2f ms |\n", name, each, median(rates[name]), median(ratios[name]), median(p50[name]), median(p99[name])
    }
    if (bad) { print "\nsome answers were errors: these figures do not count"; exit 1 }
  }' "$work/results"
