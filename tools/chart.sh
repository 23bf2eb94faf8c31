#!/usr/bin/env bash
# Builds the world's chart, build/chart/world.chart, unless the one there fits: same
# sources of the builder, and `chart info` accepts it for this program and atlas.
#
#     tools/chart.sh [BUILD_FOLDER]      (default: build/release)
set -eu

cd "$(dirname "$0")/.." || exit
program=${1:-build/release}/derrotero
chart=build/chart/world.chart
key_file=build/chart/world.key

key=$(cat src/chart/*.[ch] src/geo/*.[ch] | sha256sum | cut -d' ' -f1)

fits() {
  [ -e "$chart" ] && [ "$(cat "$key_file" 2>/dev/null)" = "$key" ] &&
    "$program" chart info --chart "$chart" --quiet >/dev/null 2>&1
}

if ! fits; then
  mkdir -p build/chart
  echo "chart: compiling the world's coastline (once, some minutes)"
  "$program" chart build --output "$chart"
  echo "$key" >"$key_file"
fi
