#!/usr/bin/env bash
# Runs every test that was built and every script of tests/, adds up, and ends with
#     N passed, N failed, N skipped
# Exit 1 if any failed.
#
#     tests/run.sh [BUILD_FOLDER [KIND...]]      (default: build/release, all kinds)
#
# A test is one of
#   - a Check program tests/{unit,property,torture,reference}/*.c (its own count),
#   - a fuzz target with its corpus tests/fuzz/corpus/NAME (one test each),
#   - a case of tests/cli/*.case (see tests/README.md),
#   - a script tests/{golden,cli,reference,e2e,package}/*.sh: one test each, by its
#     exit code; or, if its last line is "N passed, N failed, N skipped", so many.
# Exit code 77 means skipped; the reason is the last line printed.
set -u

source_dir=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "${1:-$source_dir/build/release}" && pwd) || exit 2
shift $(($# > 0 ? 1 : 0))
kinds=${*:-unit property torture reference fuzz golden cli e2e package}
jobs=${JOBS:-$(nproc 2>/dev/null || echo 1)}
limit=${TEST_TIMEOUT:-900}

export CK_DEFAULT_TIMEOUT=${CK_DEFAULT_TIMEOUT:-300}
export SOURCE=$source_dir BUILD=$build DERROTERO=$build/derrotero
export PATH=$build:$PATH NO_COLOR=1 LC_ALL=C.UTF-8
# The tables of the build tree are tested, not what happens to be set or installed.
unset DERROTERO_DATA
export UBSAN_OPTIONS=${UBSAN_OPTIONS-print_stacktrace=1}

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

# count_check FILE: "passed failed" of all Check summaries in it.
count_check() {
  awk 'match($0, /^[0-9]+%: Checks: [0-9]+, Failures: [0-9]+, Errors: [0-9]+/) {
         split($0, part, /[:,] */)
         checks += part[3]; bad += part[5] + part[7]; found = 1
       }
       END { if (found) print checks - bad, bad }' "$1"
}

# count_tally FILE: "passed failed skipped" of a last line of that form.
count_tally() {
  tail -n 1 "$1" | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped$/\1 \2 \3/p'
}

# run_one NAME COMMAND...: writes NAME.out and NAME.count ("passed failed skipped").
run_one() {
  local name=$1 out=$scratch/$1.out code counts
  shift
  timeout -k 10 "$limit" "$@" >"$out" 2>&1 </dev/null
  code=$?
  counts=$(count_tally "$out")
  if [ $code -eq 77 ]; then
    counts="0 0 1"
  elif [ -z "$counts" ]; then
    counts=$(count_check "$out")
    counts=${counts:+$counts 0}
  fi
  # A crash counts even where the summary says that all is well.
  if [ -z "$counts" ] || { [ $code -ne 0 ] && [ "$(echo "$counts" | cut -d' ' -f2)" = 0 ] &&
    [ $code -ne 77 ]; }; then
    if [ $code -eq 0 ]; then counts="1 0 0"; else counts="0 1 0"; fi
  fi
  [ $code -ne 124 ] || echo "timed out after $limit s" >>"$out"
  echo "$counts $code" >"$scratch/$name.count"
}

names=()
start() {
  names+=("$1")
  while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do wait -n; done
  run_one "$@" &
}

missing=0
# start_program KIND SOURCE [ARGUMENT...]
start_program() {
  local name program
  name=$(basename "$2" .c)
  program=$build/tests/$1/$name
  if [ ! -x "$program" ]; then
    echo "FAIL $name: not built"
    missing=$((missing + 1))
    return
  fi
  start "$name" "$program" "${@:3}"
}

start_kind() {
  local each name
  for each in "$source_dir/tests/$1"/*.c; do
    [ -e "$each" ] || continue
    name=$(basename "$each" .c)
    case $1:$name in
    unit:test_* | property:prop_* | torture:torture_* | reference:ref_*)
      start_program "$1" "$each"
      ;;
    fuzz:fuzz_*)
      start_program fuzz "$each" "$source_dir/tests/fuzz/corpus/${name#fuzz_}"
      ;;
    esac
  done
  for each in "$source_dir/tests/$1"/*.case; do
    [ -e "$each" ] || continue
    start "$1-$(basename "$each" .case)" "$source_dir/tests/cases.sh" "$each"
  done
  for each in "$source_dir/tests/$1"/*.sh; do
    [ -e "$each" ] || continue
    start "$1-$(basename "$each" .sh)" bash "$each"
  done
}

for kind in $kinds; do
  start_kind "$kind"
done
wait

passed=0 failed=$missing skipped=0
for name in "${names[@]}"; do
  read -r p f s code <"$scratch/$name.count"
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  if [ "$f" -gt 0 ]; then
    echo "FAIL $name ($f failed, exit $code)"
    tail -n 60 "$scratch/$name.out" | sed 's/^/    /'
  elif [ "$code" -eq 77 ]; then
    echo "skip $name: $(tail -n 1 "$scratch/$name.out")"
  else
    echo "ok   $name ($p)"
    [ "$s" -eq 0 ] || grep '^skip' "$scratch/$name.out" | sed 's/^/     /'
  fi
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
