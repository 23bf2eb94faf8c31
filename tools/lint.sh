#!/usr/bin/env bash
# clang-format, clang-tidy, the include graph and the lengths of functions, without
# changing a file.
#
#     tools/lint.sh all          every source
#     tools/lint.sh changed      what differs from CI_BASE (default: the merge base
#                                with origin/main, else the commit before), and what
#                                is not committed
#
# Environment: LINT_SECONDS bounds clang-tidy (default: no bound); what was not
# reached is said.
set -u

cd "$(dirname "$0")/.." || exit
build=${LINT_BUILD:-build/release}
failed=0

base() {
  local commit
  if [ -n "${CI_BASE:-}" ]; then
    echo "$CI_BASE"
  elif commit=$(git merge-base origin/main HEAD 2>/dev/null) &&
    [ "$commit" != "$(git rev-parse HEAD)" ]; then
    echo "$commit"
  else
    git rev-parse --quiet --verify HEAD~1 || git hash-object -t tree /dev/null
  fi
}

list_sources() {
  if [ "${1:-all}" = changed ]; then
    {
      git diff --name-only --diff-filter=d "$(base)"
      git ls-files --others --exclude-standard
    } | grep -E '^(include|src|tests|bench)/.*\.[ch]$' | sort -u
  else
    find include src tests bench -name '*.[ch]' 2>/dev/null | sort
  fi
}

check_format() {
  [ ${#sources[@]} -gt 0 ] || return 0
  clang-format --dry-run --Werror "${sources[@]}" 2>&1 | grep -E 'error' | head -n 40
  return "${PIPESTATUS[0]}"
}

# One file; what clang-tidy only counted is dropped.
tidy_one() {
  local left=$((LINT_END - $(date +%s)))
  if [ $left -le 0 ]; then
    echo "not reached in time: $1"
    return 0
  fi
  timeout "$left" clang-tidy -p "$LINT_BUILD" --quiet --warnings-as-errors='*' "$1" \
    2>/dev/null
  local code=$?
  [ $code -ne 124 ] || { echo "not reached in time: $1" && return 0; }
  return $code
}
export -f tidy_one

check_tidy() {
  local units=() each
  for each in "${sources[@]}"; do
    # Only what the build knows how to compile.
    case $each in
    *.c) ! grep -qF "/$each\"" "$build/compile_commands.json" || units+=("$each") ;;
    esac
  done
  [ ${#units[@]} -gt 0 ] || return 0
  export LINT_BUILD=$build
  LINT_END=$(($(date +%s) + ${LINT_SECONDS:-86400}))
  export LINT_END
  printf '%s\0' "${units[@]}" |
    xargs -0 -n 1 -P "$(nproc)" bash -c 'tidy_one "$1"' _
}

# section NAME COMMAND...
section() {
  echo "-- $1"
  shift
  "$@" || failed=1
}

mapfile -t sources < <(list_sources "${1:-all}")
echo "${#sources[@]} files"
if [ ! -e "$build/compile_commands.json" ]; then
  cmake --preset "$(basename "$build")" >/dev/null || exit 1
fi
section "clang-format" check_format
section "include graph" bash tools/check_includes.sh
section "lengths of functions and files" bash tools/check_functions.sh
section "clang-tidy" check_tidy
exit $failed
