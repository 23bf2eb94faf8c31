#!/usr/bin/env bash
# Data that is made at build time from npm packages, into build/data: the land for
# drawing and the wide table of ports. Each only where missing or older than what
# makes it.
set -eu

cd "$(dirname "$0")/.." || exit
mkdir -p build/data

# stale OUTPUT INPUT...
stale() {
  local output=$1 input
  shift
  [ -e "$output" ] || return 0
  for input; do
    [ ! "$input" -nt "$output" ] || return 0
  done
  return 1
}

# make_file OUTPUT SCRIPT PACKAGE [MORE_INPUTS...]: through a temporary file.
make_file() {
  local output=$1 script=$2 package=$3
  [ -e "$script" ] || return 0
  stale "$output" "$script" "$package/package.json" "${@:4}" || return 0
  echo "data: $output"
  node "$script" "$package" "$output.new"
  mv "$output.new" "$output"
}

make_file build/data/land.bin tools/land.mjs node_modules/world-atlas
make_file build/data/ports_wide.csv tools/ports_wide.mjs node_modules/sea-ports \
  data/ports.csv
