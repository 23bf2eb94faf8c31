#!/usr/bin/env bash
# The description of the API (src/server/openapi.json) against the server's real answers
# and the command line's help.
set -eu

command -v node >/dev/null || { echo "skip: there is no node"; exit 77; }
[ -d "$SOURCE/web/node_modules/ajv" ] || { echo "skip: ajv is missing, run make web"; exit 77; }
exec node "$SOURCE/tests/e2e/openapi.mjs"
