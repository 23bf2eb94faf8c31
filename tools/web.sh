#!/usr/bin/env bash
# The web map, build/web: npm packages where the lock file has changed, then the page
# where its sources have. Quick when there is nothing to do.
#
#     tools/web.sh
set -eu

cd "$(dirname "$0")/.." || exit
mkdir -p build

# run STEP COMMAND...: in web/, into a log that is shown on failure.
run() {
  local log=$PWD/build/web-$1.log
  shift
  if ! (cd web && "$@") >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    echo "web: $* failed (all of it is in $log)" >&2
    exit 1
  fi
}

if ! cmp -s web/package-lock.json build/web-npm.stamp || [ ! -d web/node_modules/vite ]; then
  echo "web: fetching the npm packages of web/package.json"
  run npm npm ci --ignore-scripts --no-audit --no-fund
  cp web/package-lock.json build/web-npm.stamp
fi

key=$(find web -path web/node_modules -prune -o -type f ! -path 'web/dev/*' -print0 | sort -z |
  xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
if [ ! -e build/web/index.html ] || [ "$(cat build/web.key 2>/dev/null)" != "$key" ]; then
  echo "web: building the map"
  run build npm run build
  echo "$key" >build/web.key
fi
