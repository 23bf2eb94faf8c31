#!/usr/bin/env bash
# Accuracy and speed of the program that was built, as docs/ has them.
#
#     bench/run.sh
#
# BENCH_COUNT (2000), BENCH_SEED (1), BENCH_SECONDS (30, the limit of one measured loop)
# and BENCH_CLOCK (wall, or cpu) change the speed part; DERROTERO_REFERENCE names the folder of reference data.
set -eu -o pipefail

cd "$(dirname "$0")/.." || exit
build=build/release
out=build/bench
count=${BENCH_COUNT:-2000}
mkdir -p "$out"

say() { printf '\n-- %s\n' "$*"; }

# With the warnings of the project (cmake/Options.cmake).
build_speed() {
  local libraries
  libraries=$(pkg-config --cflags --libs geos netcdf proj)
  # shellcheck disable=SC2086  # a list of flags
  "${CC:-cc}" -std=c17 -O2 -D_XOPEN_SOURCE=700 -Wall -Wextra -Wpedantic -Wconversion \
    -Wsign-conversion -Wshadow -Wundef -Wvla -Wcast-qual -Wwrite-strings -Wformat=2 \
    -Wstrict-prototypes -Wmissing-prototypes -Wswitch-enum -Iinclude bench/speed.c \
    "$build/libderrotero.a" $libraries -lgeos_c -lm -pthread -o "$out/speed"
}

# The peer, pinned, in a folder of its own; 1 where node, npm or the registry is missing.
have_peer() {
  command -v node >/dev/null && command -v npm >/dev/null || return 1
  [ -e "$out/node_modules/searoute-js/index.js" ] ||
    timeout 120 npm install --prefix "$out" --no-save --no-audit --no-fund --silent \
      searoute-js@0.1.0 >"$out/npm.log" 2>&1
}

[ -e "$build/libderrotero.a" ] || bash tools/build.sh release
build_speed

say "machine"
echo "$(date -u +%Y-%m-%d), $(nproc) cores, load before$(uptime | sed 's/.*average[s]*:/:/')"
"$build/derrotero" chart info | grep -E '^  (coastline|built|clearance|graph|atlas) '

say "accuracy"
bash bench/accuracy.sh --worst 10 --list-failed

say "speed: $count pairs a section, seed ${BENCH_SEED:-1}, warm, one thread"
timeout 900 "$out/speed" --count "$count" --seed "${BENCH_SEED:-1}" \
  --seconds "${BENCH_SECONDS:-30}" --clock "${BENCH_CLOCK:-wall}" --program "$build/derrotero" \
  --write-pairs "$out/pairs.csv"

say "speed: searoute-js 0.1.0 on the first 200 pairs within 20 nm of a coast"
if have_peer; then
  node bench/speed.js "$out/node_modules/searoute-js" 200 "${BENCH_SECONDS:-30}" \
    <"$out/pairs.csv"
else
  echo "skipped, node, npm or the package is not there"
fi
