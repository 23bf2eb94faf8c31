#!/bin/sh
# demo.sh: the main job on real input. From ports of South America to Shanghai, Santos by
# three ways, what a closed Panama Canal changes, and maps of it all in build/demo; then
# which of the claims about Chancay hold.
#
#     tools/demo.sh            after make chart; make demo does both
#
# DERROTERO names another program than the one just built.
set -eu

cd "$(dirname "$0")/.."
program=${DERROTERO:-build/release/derrotero}
pages=build/demo
if [ ! -x "$program" ]; then
    echo "demo: $program is not there: run make build" >&2
    exit 1
fi
mkdir -p "$pages"

# A service speed; the design speeds of the classes are those of faster years.
map() {
    "$program" map --speed 17 --quiet "$@"
}

say() {
    printf '\n%s\n\n' "$1"
}

# Chancay and nine other ports of the Pacific coast, north to south.
set --
for port in COBUN ECGYE PEPAI PECHY PECLL PEMRI CLARI CLANF CLVAP CLSAI; do
    set -- "$@" --route "$port:CNSHA"
done
say "From the Pacific coast of South America to Shanghai, at 17 knots:"
map --format table "$@"

say "Santos to Shanghai by three ways:"
santos() {
    map "$@" \
        --route "BRSSZ:CNSHA:require=good-hope:label=Santos by the Cape of Good Hope" \
        --route "BRSSZ:CNSHA:require=panama:label=Santos by Panama" \
        --route "BRSSZ:CNSHA:require=magellan:label=Santos by the Strait of Magellan"
}
santos --format table
santos "$@" --format html --output "$pages/index.html" \
    --title "From South America to Shanghai" \
    --subtitle "Ten ports of the Pacific coast, and Santos by three ways"

# Each pair with the canal, and without it.
set --
while read -r from to name; do
    set -- "$@" --route "$from:$to:label=$name, canal open"
    set -- "$@" --route "$from:$to:avoid=panama:label=$name, canal closed"
done <<'EOF'
PECHY NLRTM Chancay to Rotterdam
ECGYE USNYC Guayaquil to New York
CLSAI USHOU San Antonio to Houston
BRSSZ USLAX Santos to Los Angeles
EOF
say "With the Panama Canal open, and closed:"
map --format table "$@"
map "$@" --format html --output "$pages/panama.html" \
    --title "The Panama Canal, open and closed" \
    --subtitle "What a closure means on four lanes"

say "What is said about the port of Chancay, and what of it holds:"
"$program" audit cases/chancay --quiet
"$program" audit cases/chancay --quiet --format html --output "$pages/audit.html"

say "Open these in a browser; they need no network:
  the audit  $pages/audit.html
  the maps   $pages/index.html and $pages/panama.html

To ask on a map of your own: $program serve, then open http://127.0.0.1:8080/"
