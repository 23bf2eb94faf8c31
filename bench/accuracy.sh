#!/usr/bin/env bash
# Sea distances against the table of reference pairs (Pub. 151), as error figures.
#
#     bench/accuracy.sh [--worst N] [--list-over PCT] [--list-failed] [--csv]
#
# DERROTERO names another program, DERROTERO_REFERENCE the folder of reference data.
set -eu -o pipefail

cd "$(dirname "$0")/.." || exit
program=${DERROTERO:-build/release/derrotero}
pairs=${DERROTERO_REFERENCE:-../shared/data}/pub151/pairs_open.csv

if [ ! -e "$pairs" ]; then
  echo "accuracy: skipped, no reference data at $pairs (set DERROTERO_REFERENCE)"
  exit 0
fi
answers=$(mktemp)
trap 'rm -f "$answers"' EXIT
# Exit 2 means that some rows got a status instead of a distance: they are counted.
"$program" matrix --pairs "$pairs" --format csv --keep-going --quiet \
  --output "$answers" || [ $? -eq 2 ]
node bench/accuracy.mjs "$@" <"$answers"
