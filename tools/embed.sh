#!/bin/sh
# embed.sh: the style and the script of the HTML page as C strings, one per line.
#
#     tools/embed.sh            writes src/report/map_page.inc
#     tools/embed.sh --print    to stdout
#
# The result is committed, so that a build needs no more than a C compiler; a unit test
# fails when it is older than its sources.
set -eu
LC_ALL=C
export LC_ALL
root=$(cd "$(dirname "$0")/.." && pwd)
from=$root/src/report

array() {
    printf 'static const char *const %s[] = {\n' "$1"
    # Backslash, quote and question mark (trigraphs) are escaped.
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/?/\\?/g' -e 's/^/    "/' -e 's/$/\\n",/' "$2"
    printf '    NULL};\n'
}

all() {
    printf '/* Made by tools/embed.sh from map_page.css and map_page.js: do not edit. */\n'
    array MAP_PAGE_CSS "$from/map_page.css"
    array MAP_PAGE_JS "$from/map_page.js"
}

if [ "${1:-}" = --print ]; then
    all
else
    all >"$from/map_page.inc.part"
    mv "$from/map_page.inc.part" "$from/map_page.inc"
fi
