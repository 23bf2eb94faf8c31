#!/usr/bin/env bash
# Runs every fuzzer for some seconds with libFuzzer under ASan and UBSan, starting from
# its committed corpus. New inputs go to build/fuzz-corpus; a crash is kept in
# build/fuzz-crashes and named.
#
#     tools/fuzz.sh SECONDS [NAME...]
#
# Environment: FUZZ_SEED, for the same inputs each time (CI: so that the change that is
# looked at is what fails); default: others each time.
set -u

cd "$(dirname "$0")/.." || exit
seconds=${1:-60}
shift
bash tools/build.sh fuzz || exit
crashes=$PWD/build/fuzz-crashes
mkdir -p "$crashes"
export UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=${ASAN_OPTIONS-allocator_may_return_null=1}
failed=0

run_fuzzer() {
  local name=$1 corpus=$PWD/build/fuzz-corpus/$1 committed=$PWD/tests/fuzz/corpus/${1#fuzz_} log
  log=build/fuzz-crashes/$name.log
  mkdir -p "$corpus"
  local inputs=("$corpus")
  [ ! -d "$committed" ] || inputs+=("$committed")
  if "build/fuzz/tests/fuzz/$name" -max_total_time="$seconds" -seed="${FUZZ_SEED:-0}" -timeout=25 -rss_limit_mb=2048 \
    -artifact_prefix="$crashes/$name-" -print_final_stats=1 "${inputs[@]}" \
    >"$log" 2>&1; then
    echo "ok   $name: $(grep -E 'number_of_executed_units' "$log" | grep -oE '[0-9]+') runs"
  else
    echo "FAIL $name: see $log"
    tail -n 40 "$log" | sed 's/^/    /'
    failed=1
  fi
}

names=("$@")
if [ ${#names[@]} -eq 0 ]; then
  for source in tests/fuzz/fuzz_*.c; do
    names+=("$(basename "$source" .c)")
  done
fi
for name in "${names[@]}"; do
  run_fuzzer "$name"
done
exit $failed
