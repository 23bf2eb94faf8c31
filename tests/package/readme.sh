#!/usr/bin/env bash
# The C example of the README compiles without a warning against the library of the
# build, and answers where a chart is.
set -eu

: "${SOURCE:?}" "${BUILD:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

awk '/^```c$/ { on = 1; next } /^```$/ { on = 0 } on' "$SOURCE/README.md" >"$work/example.c"
# the wrong library for a sanitized one would be a test of the linker
flags=$(sed -nE 's/^DRO_SANITIZE:[A-Z]+=(.+)$/-fsanitize=\1/p' "$BUILD/CMakeCache.txt")
# shellcheck disable=SC2046,SC2086
cc -std=c17 -Wall -Wextra -Wpedantic -Werror $flags -I "$SOURCE/include" -o "$work/example" \
  "$work/example.c" "$BUILD/libderrotero.a" \
  $(pkg-config --libs proj netcdf libfyaml) -lgeos_c -lpthread -lm

if ! "$DERROTERO" chart info --quiet >/dev/null 2>&1; then
  echo "compiles; not run: no chart that fits"
  exit 0
fi
answer=$("$work/example")
echo "$answer"
case $answer in
*" nm, at most 0."*) ;;
*) exit 1 ;;
esac
