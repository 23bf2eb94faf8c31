#!/usr/bin/env bash
# Installs into a scratch folder and builds an outside program against it, by
# pkg-config and by the CMake package.
set -eu

if grep -qE '^DRO_(FUZZ|COVERAGE):BOOL=ON|^DRO_SANITIZE:STRING=.' "$BUILD/CMakeCache.txt"; then
  echo "an instrumented library is not for installing"
  exit 77
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0

# check NAME PROGRAM: does it run and say what it should?
check() {
  local said
  said=$("$2") || true
  if [ "$said" = 9237 ]; then
    passed=$((passed + 1))
  else
    echo "FAIL $1: said '$said'"
    failed=$((failed + 1))
  fi
}

cmake --install "$BUILD" --prefix "$scratch/first" >/dev/null
mv "$scratch/first" "$scratch/root" # an installed tree can be moved

pc=$(dirname "$(find "$scratch/root" -name derrotero.pc)")
# shellcheck disable=SC2046
cc -std=c17 -o "$scratch/by_pkg_config" "$SOURCE/tests/package/outside.c" \
  $(PKG_CONFIG_PATH=$pc pkg-config --cflags --libs derrotero)
check pkg-config "$scratch/by_pkg_config"

if ! { cmake -S "$SOURCE/tests/package" -B "$scratch/build" -G Ninja \
  -DCMAKE_PREFIX_PATH="$scratch/root" && cmake --build "$scratch/build"; } \
  >"$scratch/log" 2>&1; then
  tail -n 20 "$scratch/log"
fi
check cmake "$scratch/build/outside"

version() {
  "$scratch/root/bin/derrotero" --version | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1
}
if [ "$(version)" = "$(PKG_CONFIG_PATH=$pc pkg-config --modversion derrotero)" ]; then
  passed=$((passed + 1))
else
  echo "FAIL version: the program says '$(version)'"
  failed=$((failed + 1))
fi
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
