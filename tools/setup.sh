#!/usr/bin/env bash
# Installs what the build needs, if it is missing: Debian packages, then two pinned
# npm packages with data. Quick and offline when all is there.
#
#     tools/setup.sh [lint|test|bench]
#
# lint: also clang, clang-format, clang-tidy. test: also a browser, if it can be had; the
# tests that need one are skipped without. bench: also wrk, for bench/serve.sh.
set -eu

cd "$(dirname "$0")/.." || exit

packages=(gcc libc6-dev cmake ninja-build pkg-config make libgeos-dev libnetcdf-dev
  libproj-dev libfyaml-dev libmicrohttpd-dev zlib1g-dev libjansson-dev gmt-gshhg-high check
  curl ca-certificates)
if [ "${1:-}" = lint ]; then
  packages+=(clang clang-format clang-tidy libclang-rt-14-dev)
fi
if [ "${1:-}" = bench ]; then
  packages+=(wrk)
fi

# Programs that another source than Debian may have brought.
declare -A program_of=([cmake]=cmake [ninja-build]=ninja [gcc]=gcc [make]=make
  [clang]=clang [clang-format]=clang-format [clang-tidy]=clang-tidy)

installed() {
  [ -n "${program_of[$1]:-}" ] && command -v "${program_of[$1]}" >/dev/null && return
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=()
for package in "${packages[@]}"; do
  installed "$package" || missing+=("$package")
done
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)

give_up() {
  echo "setup: $1; install these Debian packages and run again: ${missing[*]}" >&2
  exit 1
}

if [ ${#missing[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || give_up "there is no apt-get here"
  root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || give_up "this needs root, and there is no sudo"
    root=(sudo)
  fi
  echo "setup: installing ${missing[*]}"
  mkdir -p build
  if ! { "${root[@]}" apt-get update &&
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y --no-install-recommends "${missing[@]}"; } >build/apt.log 2>&1; then
    tail -n 5 build/apt.log >&2
    give_up "apt-get failed (all of it is in build/apt.log)"
  fi
fi

# The lock file says which bytes these packages have to be.
if ! cmp -s package-lock.json build/npm.stamp || [ ! -d node_modules/world-atlas ] ||
  [ ! -d node_modules/sea-ports ]; then
  echo "setup: fetching the npm packages of package.json (data only)"
  mkdir -p build
  if ! npm ci --ignore-scripts --no-audit --no-fund >build/npm.log 2>&1; then
    tail -n 5 build/npm.log >&2
    echo "setup: npm ci failed (all of it is in build/npm.log)" >&2
    exit 1
  fi
  cp package-lock.json build/npm.stamp
fi

if [ "${1:-}" = test ] && ! command -v chromium >/dev/null &&
  ! command -v google-chrome >/dev/null; then
  echo "setup: installing chromium, for the tests of the pages"
  root=()
  [ "$(id -u)" -eq 0 ] || root=(sudo)
  mkdir -p build
  if ! { "${root[@]}" apt-get update &&
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y --no-install-recommends chromium; } >build/apt-chromium.log 2>&1; then
    echo "setup: no chromium (build/apt-chromium.log): tests in a browser will be skipped" >&2
  fi
fi
