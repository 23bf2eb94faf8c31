#!/usr/bin/env bash
# Configures a preset where needed, and builds it; what it says is shown on failure.
#
#     tools/build.sh PRESET [CMAKE_OPTION...]
set -eu

cd "$(dirname "$0")/.." || exit
preset=$1
shift
log=build/$preset.log
mkdir -p build

fail() {
  grep -E -A6 'error:|undefined reference|CMake Error' "$log" | head -n 80 >&2 ||
    tail -n 20 "$log" >&2
  echo "build: preset $preset failed; all of it is in $log" >&2
  exit 1
}

: >"$log"
if [ ! -e "build/$preset/build.ninja" ] || [ $# -gt 0 ] ||
  [ CMakePresets.json -nt "build/$preset/build.ninja" ]; then
  echo "build: configuring $preset"
  cmake --preset "$preset" "$@" >>"$log" 2>&1 || fail
fi
cmake --build --preset "$preset" -- ${JOBS:+-j "$JOBS"} >>"$log" 2>&1 || fail
