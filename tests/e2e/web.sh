#!/usr/bin/env bash
# The web map in a browser: derrotero serve on a free port, and tests/e2e/web/*.spec.mjs
# against it. Skipped where Chromium cannot be installed.
#
#     tests/e2e/web.sh [NAME...]     (only the spec files named; needs SOURCE and BUILD)
set -u

SOURCE=${SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
BUILD=${BUILD:-$SOURCE/build/release}
export DERROTERO=${DERROTERO:-$BUILD/derrotero} # some specs run the command line too
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
if [ -z "$browser" ]; then
  echo "no Chromium"
  exit 77
fi
bash "$SOURCE/tools/web.sh" || exit 1

log=$(mktemp) || exit 1
"$BUILD/derrotero" serve --listen 127.0.0.1:0 --web "$SOURCE/build/web" --log none 2>"$log" &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -f "$log"' EXIT

url=
for _ in $(seq 100); do
  url=$(sed -n 's/.*listening on \(http[^ ]*\).*/\1/p' "$log")
  [ -z "$url" ] || break
  kill -0 $server 2>/dev/null || break
  sleep 0.1
done
if [ -z "$url" ]; then
  cat "$log"
  echo "derrotero serve does not start"
  exit 1
fi
node "$SOURCE/tests/e2e/web/run.mjs" "$url" "$browser" "$@"
