#!/usr/bin/env bash
# Lengths of functions and files in src: median, 90th percentile, the longest. Fails
# above a ratchet, which only tightens.
#
#     tools/check_functions.sh [LONGEST_FUNCTION [LONGEST_FILE]]
set -u

cd "$(dirname "$0")/.." || exit
longest_function=${1:-80}
longest_file=${2:-900}

# Relies on the format: a function ends at the first line "}" behind its "{" line.
lengths=$(awk '
  FNR == 1 { start = 0; head = "" }
  /^[A-Za-z].*\(/ { head = $0; first = FNR }
  /^(.*[^=] )?\{$|\) \{$/ && head != "" && !start && $0 !~ /^    [^ ]*if|^    for/ { start = first }
  /^}$/ && start {
    name = head; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name)
    print FNR - start + 1, FILENAME ":" start, name
    start = 0; head = ""
  }
  /^};?$/ { start = 0; head = "" }' src/*/*.c | sort -n)

summary() {
  awk -v what="$1" '{ v[NR] = $1 } END {
    if (NR) printf "%s: %d, median %d, p90 %d, longest %d lines\n", what, NR,
      v[int((NR + 1) / 2)], v[int(NR * 0.9 + 0.5)], v[NR] }'
}

echo "$lengths" | summary functions
files=$(wc -l src/*/*.c | grep -v ' total$' | sort -n)
echo "$files" | summary files
{
  echo "$lengths" | awk -v most="$longest_function" \
    '$1 > most { print $2 ": " $3 " has " $1 " lines, the limit is " most }'
  echo "$files" | awk -v most="$longest_file" \
    '$1 > most { print $2 " has " $1 " lines, the limit is " most }'
} | { ! grep .; }
