#!/usr/bin/env bash
# The house's floors: a room includes its own headers and those of rooms below it.
#   base < geo < atlas < chart < network < scenario < flow liner trade watch
#        < audit < report < ask < server < cli
# The report knows results, never how they were made: public headers only, of rooms
# above the atlas. Also: every public header compiles alone.
set -u

cd "$(dirname "$0")/.." || exit
failed=0

declare -A floor=([base]=0 [geo]=1 [atlas]=2 [chart]=3 [network]=4 [scenario]=5
  [flow]=6 [liner]=6 [trade]=6 [watch]=6 [audit]=7 [report]=8 [ask]=9
  [server]=10 [cli]=11)
# Public headers of a room that are not named after it.
declare -A room_of=([picture]=report [facts]=atlas [chains]=network [case]=scenario
  [compare]=scenario [store]=scenario [hinterland]=flow [disrupt]=flow)

complain() {
  echo "$1: $2"
  failed=1
}

# check_include FILE ROOM INCLUDED
check_include() {
  local file=$1 room=$2 included=$3 other private=yes
  case $included in
  derrotero/*)
    other=$(basename "$included" .h)
    other=${room_of[$other]:-$other}
    private=no
    ;;
  */*) other=${included%%/*} ;;
  *)
    [ -e "$(dirname "$file")/$included" ] || complain "$file" "no such file: $included"
    return
    ;;
  esac
  if [ -z "${floor[$other]:-}" ]; then
    complain "$file" "$included is of no known room"
  elif [ "$other" != "$room" ] && [ "${floor[$other]}" -ge "${floor[$room]}" ]; then
    complain "$file" "$room includes $included, which is not below it"
  elif [ "$room" = report ] && [ $private = yes ] && [ "$other" != report ] &&
    [ "${floor[$other]}" -gt 2 ]; then
    complain "$file" "report includes $included: it may know results only"
  fi
}

check_file() {
  local included
  while IFS= read -r included; do
    check_include "$1" "$2" "$included"
  done < <(sed -nE 's/^#include "([^"]+)".*/\1/p' "$1")
}

for room in "${!floor[@]}"; do
  for file in src/"$room"/*.[ch]; do
    [ ! -e "$file" ] || check_file "$file" "$room"
  done
done
for folder in src/*/; do
  [ -n "${floor[$(basename "$folder")]:-}" ] || complain "$folder" "no known room"
done
for header in include/derrotero/*.h; do
  room=$(basename "$header" .h)
  room=${room_of[$room]:-$room}
  if [ -z "${floor[$room]:-}" ]; then
    complain "$header" "is of no known room"
    continue
  fi
  while IFS= read -r included; do
    check_include "$header" "$room" "derrotero/${included#derrotero/}"
  done < <(sed -nE 's/^#include "([^"]+)".*/\1/p' "$header")
  printf '#include "derrotero/%s"\n' "$(basename "$header")" |
    "${CC:-cc}" -std=c17 -Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only -x c - ||
    complain "$header" "does not compile alone"
done
[ $failed -ne 0 ] || echo "include graph: ok"
exit $failed
