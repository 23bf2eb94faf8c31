#!/usr/bin/env bash
# How many answers a second the server gives on one core: /api/route between ports.
#
#     bash bench/serve.sh [pairs|one|kept|memory ...]     (all of them)
#
# pairs: different pairs, answers not kept (--cache 0). one: the same pair over and over,
# not kept. kept: the first 500 pairs, answers kept. memory: SERVE_REQUESTS (1,000,000)
# requests of different pairs, answers not kept; resident memory every tenth.
#
# The server is pinned to core 0 with one thread, wrk to core 1. SERVE_SECONDS (10) a
# run, SERVE_CONNECTIONS (32), SERVE_SEED (1), SERVE_PAIRS_COUNT (20,000). Beside the
# rate stands the processor time that the server took for a request: where others use the
# machine, the rate says what was left over, the time what a core of its own would give.
set -eu -o pipefail

cd "$(dirname "$0")/.." || exit
program=${DERROTERO:-build/release/derrotero}
connections=${SERVE_CONNECTIONS:-32}
seconds=${SERVE_SECONDS:-10}
command -v wrk >/dev/null || {
  echo "bench/serve.sh needs wrk: sudo apt-get install wrk" >&2
  exit 77
}
scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$scratch"' EXIT

# start CACHE: `server`, `url`
start() {
  taskset -c 0 "$program" serve --listen 127.0.0.1:0 --threads 1 --log none --no-warm \
    --cache "$1" 2>"$scratch/log" &
  server=$!
  url=
  for _ in $(seq 400); do
    url=$(sed -nE 's/^derrotero: listening on (.*)\/$/\1/p' "$scratch/log")
    [ -z "$url" ] || return 0
    sleep 0.05
  done
  cat "$scratch/log" >&2
  exit 1
}

stop() {
  kill -TERM "$server"
  wait "$server" || true
  server=
}

# Of the processor, in hundredths of a second.
ticks() { sed 's/.*) //' "/proc/$server/stat" | awk '{ print $12 + $13 }'; }
rss_kib() { awk '/^VmRSS/ { print $2 }' "/proc/$server/status"; }

# Ports with a way to the sea, then seeded pairs of them.
make_pairs() {
  start 0
  tail -n +2 data/ports.csv | cut -d, -f1 | while read -r code; do
    printf 'url = "%s/api/route?from=%s&to=%s"\noutput = /dev/null\n' "$url" "$code" \
      "$([ "$code" = CNSHA ] && echo NLRTM || echo CNSHA)"
  done >"$scratch/urls"
  curl -s -w '%{url_effective} %{http_code}\n' -K "$scratch/urls" >"$scratch/answers"
  stop
  sed -nE 's/.*from=([A-Z0-9]+)&to=[A-Z0-9]+ 200$/\1/p' "$scratch/answers" >"$scratch/ports"
  awk -v seed="${SERVE_SEED:-1}" -v count="${SERVE_PAIRS_COUNT:-20000}" '
    { port[NR - 1] = $1 }
    END {
      srand(seed)
      while (made < count) {
        from = port[int(rand() * NR)]; to = port[int(rand() * NR)]
        if (from != to && !((from, to) in seen)) {
          seen[from, to] = 1; made++; print from, to
        }
      }
    }' "$scratch/ports" >"$scratch/pairs"
  head -n 500 "$scratch/pairs" >"$scratch/few"
  echo "$(wc -l <"$scratch/ports") ports with a way, $(wc -l <"$scratch/pairs") pairs"
}

# load SECONDS: one line
load() {
  SERVE_PAIRS=$scratch/${pairs:-pairs} taskset -c 1 wrk -t 1 -c "$connections" -d "$1s" \
    -s bench/serve.lua "$url" | tail -n 1
}

# run NAME MODE CACHE: warm first
run() {
  local before
  export SERVE_MODE=$2
  start "$3"
  load 3 >/dev/null
  before=$(ticks)
  load "$seconds" >"$scratch/line"
  awk -v name="$1" -v ticks=$(($(ticks) - before)) '
    { printf "%-6s %s\n       server: %.1f us of processor a request, that is %.0f a second\n",
        name, $0, 1e4 * ticks / $1, $1 / ticks * 100 }' "$scratch/line"
  stop
}

memory() {
  local asked=0 most=${SERVE_REQUESTS:-1000000} next=0
  export SERVE_MODE=pairs
  start 0
  load 5 >/dev/null
  while [ "$asked" -lt "$most" ]; do
    if [ "$asked" -ge "$next" ]; then
      echo "memory after $asked requests: $(rss_kib) KiB"
      next=$((next + most / 10))
    fi
    load "$seconds" >"$scratch/line"
    asked=$((asked + $(awk '{ print $1 }' "$scratch/line")))
  done
  echo "memory after $asked requests: $(rss_kib) KiB"
  stop
}

echo "$(date -u +%Y-%m-%d), $(nproc) cores, load before$(uptime | sed 's/.*average[s]*:/:/'), $connections connections"
make_pairs
for what in "${@:-all}"; do
  case $what in
    pairs) run pairs pairs 0 ;;
    one) run one one 0 ;;
    kept) pairs=few run kept pairs 64M ;;
    memory) memory ;;
    all) run pairs pairs 0; run one one 0; pairs=few run kept pairs 64M; memory ;;
    *) echo "bench/serve.sh: pairs, one, kept or memory" >&2; exit 2 ;;
  esac
done
