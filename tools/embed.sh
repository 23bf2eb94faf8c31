#!/bin/sh
# embed.sh: the styles and the script of the HTML pages as C strings, one per line.
#
#     tools/embed.sh                  writes src/report/map_page.inc and audit_page.inc
#     tools/embed.sh --print          the map's to stdout
#     tools/embed.sh --print-audit    the audit's
#     tools/embed.sh --openapi        the description of the API, which a build embeds
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

made_by='/* Made by tools/embed.sh from'

map_page() {
    printf '%s map_page.css and map_page.js: do not edit. */\n' "$made_by"
    array MAP_PAGE_CSS "$from/map_page.css"
    array MAP_PAGE_JS "$from/map_page.js"
}

audit_page() {
    printf '%s audit_page.css: do not edit. */\n' "$made_by"
    array AUDIT_PAGE_CSS "$from/audit_page.css"
}

write() {
    "$1" >"$from/$1.inc.part"
    mv "$from/$1.inc.part" "$from/$1.inc"
}

case ${1:-} in
--print) map_page ;;
--print-audit) audit_page ;;
--openapi) array OPENAPI "$root/src/server/openapi.json" ;;
*)
    write map_page
    write audit_page
    ;;
esac
