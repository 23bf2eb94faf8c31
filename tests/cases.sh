#!/usr/bin/env bash
# Runs the cases of one file tests/cli/*.case (the form is in tests/README.md) and
# ends with "N passed, N failed, N skipped".
#
#     tests/cases.sh FILE.case [PART_OF_A_NAME]
#
# Environment: SOURCE, BUILD and DERROTERO as tests/run.sh sets them; UPDATE=1 rewrites
# golden files.
set -u

SOURCE=${SOURCE:-$(cd "$(dirname "$0")/.." && pwd)}
BUILD=${BUILD:-$SOURCE/build/release}
export SOURCE BUILD PATH=$BUILD:$PATH NO_COLOR=1
file=$1
only=${2:-}
passed=0 failed=0 skipped=0

if [ ! -x "$BUILD/derrotero" ]; then
  echo "the program is not built"
  exit 77
fi
# What the working folder and the home of a user hold must not matter.
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
export HOME=$scratch/home XDG_DATA_HOME=$scratch/home/.local/share

complain() {
  if [ -z "$complaint" ]; then complaint="$*"; fi
}

# check_text KEY VALUE FILE: one expectation about what was printed.
check_text() {
  local what=${1%%[-:]*}
  case $1 in
  *-empty) [ ! -s "$3" ] || complain "$what is not empty" ;;
  *-lines)
    [ "$(wc -l <"$3")" -eq "$2" ] || complain "$what has $(wc -l <"$3") lines, not $2"
    ;;
  *-not) ! grep -qE -e "$2" "$3" || complain "$what has a line like: $2" ;;
  *) grep -qE -e "$2" "$3" || complain "$what has no line like: $2" ;;
  esac
}

check_golden() {
  local golden=$SOURCE/tests/golden/$1
  if [ "${UPDATE:-}" = 1 ]; then
    cp stdout "$golden"
  elif ! diff -u "$golden" stdout >difference 2>&1; then
    complain "stdout differs from tests/golden/$1"
  fi
}

need() {
  case $1 in
  chart) [ -n "${DERROTERO_CHART:-}" ] || [ -e "$SOURCE/build/chart/world.chart" ] ;;
  *) command -v "$1" >/dev/null ;;
  esac
}

# Runs what the case so far says; then forgets it.
finish_case() {
  [ -n "$run" ] || return 0
  case $title in *"$only"*) ;; *) reset_case && return ;; esac
  local each key value code complaint="" wanted=0 reason=""
  for each in "${needs[@]}"; do
    need "$each" || reason="needs $each"
  done
  if [ -n "$reason" ]; then
    echo "skip $title: $reason"
    skipped=$((skipped + 1))
    reset_case
    return
  fi
  (
    cd "$work" || exit 99
    mkdir -p "$HOME"
    timeout -k 5 "${CASE_TIMEOUT:-120}" bash -c "$run" >stdout 2>stderr <"$stdin_file"
  )
  code=$?
  cd "$work" || exit 2
  for each in "${expectations[@]}"; do
    key=${each%%: *} value=${each#*: }
    case $key in
    exit) wanted=$value ;;
    golden) check_golden "$value" ;;
    stdout*) check_text "$key" "$value" stdout ;;
    stderr*) check_text "$key" "$value" stderr ;;
    esac
  done
  [ "$code" = "$wanted" ] || complaint="exit $code, not $wanted"
  report "$complaint"
  cd "$SOURCE" || exit 2
  reset_case
}

report() {
  if [ -z "$1" ]; then
    passed=$((passed + 1))
    return
  fi
  failed=$((failed + 1))
  echo "FAIL $title (line $title_line): $1"
  echo "  run: $run"
  if [ -e difference ]; then head -n 40 difference | sed 's/^/  /'; fi
  head -n 10 stdout | sed 's/^/  stdout: /'
  head -n 10 stderr | sed 's/^/  stderr: /'
}

reset_case() {
  title="" title_line=0 run="" needs=() expectations=() target="" stdin_file=/dev/null
  rm -rf "$scratch/work"
  work=$scratch/work
  mkdir -p "$work"
}

reset_case
number=0
while IFS= read -r line || [ -n "$line" ]; do
  number=$((number + 1))
  case $line in
  "    "*) # text of the file or the input that was named last
    if [ -n "$target" ]; then
      printf '%s\n' "${line#    }" >>"$target"
      continue
    fi
    ;;
  esac
  target=""
  case $line in
  "" | "#"*) ;;
  "test: "*)
    finish_case
    title=${line#test: } title_line=$number
    ;;
  "run: "*) run=${line#run: } ;;
  "needs: "*) needs+=("${line#needs: }") ;;
  "file: "*)
    target=$work/${line#file: }
    : >"$target"
    ;;
  "stdin:")
    target=$scratch/stdin
    stdin_file=$target
    : >"$target"
    ;;
  "stdout-empty" | "stderr-empty") expectations+=("$line: ") ;;
  "exit: "* | "golden: "* | "stdout"*": "* | "stderr"*": "*) expectations+=("$line") ;;
  *)
    echo "FAIL $file:$number: what is this? $line"
    failed=$((failed + 1))
    ;;
  esac
done <"$file"
finish_case
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
