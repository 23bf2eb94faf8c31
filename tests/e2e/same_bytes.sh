#!/usr/bin/env bash
# A question over HTTP and on the command line: the same bytes.
set -u

if ! "$DERROTERO" chart info --quiet >/dev/null 2>&1; then
  echo "no chart that fits"
  exit 77
fi
command -v curl >/dev/null || { echo "no curl"; exit 77; }
scratch=$(mktemp -d) || exit 1
trap 'kill "$server" 2>/dev/null; rm -rf "$scratch"' EXIT
passed=0 failed=0

"$DERROTERO" serve --listen 127.0.0.1:0 --log none 2>"$scratch/log" &
server=$!
url=
for _ in $(seq 100); do
  url=$(sed -nE 's|.*listening on (http://[^/]+)/.*|\1|p' "$scratch/log")
  [ -z "$url" ] || break
  sleep 0.1
done
[ -n "$url" ] || { cat "$scratch/log"; exit 1; }

# same QUERY COMMAND...
same() {
  local query=$1
  shift
  curl -sS "$url/api/$query" >"$scratch/served"
  "$DERROTERO" --quiet "$@" >"$scratch/typed" 2>/dev/null
  if [ -s "$scratch/served" ] && cmp -s "$scratch/served" "$scratch/typed"; then
    passed=$((passed + 1))
  else
    echo "FAIL $query"
    diff "$scratch/served" "$scratch/typed" | cut -c1-200 | head -6
    failed=$((failed + 1))
  fi
}

same 'route?from=PECHY&to=CNSHA' route PECHY CNSHA --format json
same 'route?to=NLRTM&from=-12.05,-77.15&avoid=panama&air-draft=60&alternatives=1&format=csv' \
  route -12.05,-77.15 NLRTM --avoid panama --air-draft 60 -n 1 --format csv
same 'route?from=BRSSZ&to=CNSHA&draft=12&by=cost&format=geojson' \
  route BRSSZ CNSHA --draft 12 --by cost --format geojson
same 'route?from=PECHY&to=CNSHA&format=svg' route PECHY CNSHA --format svg
same 'ports?q=val&country=CL' ports val --country CL --format json
same 'ports?near=-12,-77&limit=3&format=csv' ports --near -12,-77 --limit 3 --format csv
same 'passages?format=geojson' passages --format geojson
same 'vessels' vessels --format json
same 'scenarios?case=red-sea' case red-sea --format json
same 'scenarios?diff=before&diff=after&format=csv' \
  case --diff before --diff after --format csv
same 'compare?from=BRRBR&to=CNSHA&scenario=before&scenario=after&samples=20&seed=3' \
  compare BRRBR CNSHA --scenario before --scenario after --samples 20 --seed 3 --format json
same 'hinterland?port=PECHY&to=CNSHA&grid=1&samples=10' \
  hinterland PECHY --to CNSHA --grid 1 --samples 10 --format json
same 'audit?case=red-sea&samples=20&format=csv' \
  audit red-sea --samples 20 --format csv

# refused QUERY COMMAND...: the problem's detail is what the command line says.
refused() {
  local query=$1 said
  shift
  curl -sS "$url/api/$query" | sed -nE 's/^  "detail": "(.*)",$/\1/p' | sed 's/\\"/"/g' \
    >"$scratch/served"
  said=$("$DERROTERO" --quiet "$@" 2>&1 >"$scratch/typed")
  if [ -s "$scratch/served" ] && [ "derrotero: $(cat "$scratch/served")" = "$said" ]; then
    passed=$((passed + 1))
  else
    echo "FAIL $query: $(cat "$scratch/served") / $said"
    failed=$((failed + 1))
  fi
}

refused 'route?from=BRSSZ&to=CNSHA&vessel=panamax-bulk' route BRSSZ CNSHA --vessel panamax-bulk
refused 'route?from=Atlantis&to=CNSHA' route Atlantis CNSHA
refused 'route?from=91,0&to=CNSHA' route 91,0 CNSHA
refused 'compare?from=BRRBR&to=CNSHA&scenario=before&scenario=aftre' \
  compare BRRBR CNSHA --scenario before --scenario aftre
refused 'ports?q=xqzvwk' ports xqzvwk

body='{"ports":["PECHY","CNSHA","0,-100"],"draft":12.5,"format":"csv"}'
curl -sS --json "$body" "$url/api/matrix" >"$scratch/served" 2>/dev/null ||
  curl -sS -H 'Content-Type: application/json' -d "$body" "$url/api/matrix" >"$scratch/served"
"$DERROTERO" matrix --ports PECHY,CNSHA,0,-100 --draft 12.5 >"$scratch/typed"
if cmp -s "$scratch/served" "$scratch/typed"; then
  passed=$((passed + 1))
else
  echo "FAIL matrix"
  failed=$((failed + 1))
fi

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
