#!/usr/bin/env bash
# The server as people start it, asked with curl: statuses, header fields, limits, slow
# senders, events, a clean stop, memory. Skipped where no chart is.
set -u

if ! "$DERROTERO" chart info --quiet >/dev/null 2>&1; then
  echo "no chart that fits"
  exit 77
fi
scratch=$(mktemp -d) || exit 1
trap 'kill "$server" 2>/dev/null; rm -rf "$scratch"' EXIT
passed=0 failed=0 server=

# check NAME CONDITION...
check() {
  local name=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
  else
    echo "FAIL $name: $*"
    failed=$((failed + 1))
  fi
}

# start OPTION...: `server`, `url` and `log`
start() {
  log=$scratch/log.$RANDOM
  "$DERROTERO" serve --listen 127.0.0.1:0 "$@" 2>"$log" >"$scratch/out" &
  server=$!
  for _ in $(seq 200); do
    url=$(sed -nE 's/^derrotero: listening on (.*)\/$/\1/p' "$log")
    [ -z "$url" ] || return 0
    sleep 0.05
  done
  echo "FAIL: it does not start"
  cat "$log"
  exit 1
}

# stop: `code`
stop() {
  kill -TERM "$server"
  wait "$server"
  code=$?
}

status() {
  : >"$scratch/body"
  curl -s --path-as-is -o "$scratch/body" -D "$scratch/head" -w '%{http_code}' -m 60 "$@"
}
# status_is STATUS CURL_ARGUMENT...
status_is() {
  local wanted=$1 got
  shift
  got=$(status "$@")
  [ "$got" = "$wanted" ] || { echo "  $got in place of $wanted"; return 1; }
}
head_has() { grep -qiE "$1" "$scratch/head"; }
body_has() { grep -qE "$1" "$scratch/body"; }
rss_kib() { awk '/^VmRSS/ { print $2 }' "/proc/$server/status"; }
is_less() { [ "$1" -lt "$2" ]; }
# raw TEXT SECONDS: what comes back on a connection of its own
raw() {
  local port=${url##*:}
  exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
  printf '%b' "$1" >&3
  timeout "$2" cat <&3
  local code=$?
  exec 3>&- 3<&-
  return $code
}

mkdir -p "$scratch/web/assets"
printf '<!doctype html>the page' >"$scratch/web/index.html"
printf '<!doctype html>embedded' >"$scratch/web/embed.html"
seq 2000 >"$scratch/web/assets/app-12345678.js"

# ---- what answers look like ------------------------------------------------------------
start --web "$scratch/web" --request-timeout 1 --max-body 1K
check "health" status_is 200 "$url/api/health"
check "health is JSON" head_has '^content-type: application/json'
check "the data's version" head_has '^derrotero-data: [0-9a-f]{8,}'
check "the policy" head_has "^content-security-policy: default-src 'none'"
check "no sniffing" head_has '^x-content-type-options: nosniff'
check "health is not kept" head_has '^cache-control: no-store'

check "a route" status_is 200 "$url/api/route?from=PECHY&to=CNSHA"
"$DERROTERO" route PECHY CNSHA --format json >"$scratch/cli.json"
check "the bytes of the command line" cmp "$scratch/body" "$scratch/cli.json"
tag=$(sed -nE 's/^[Ee][Tt]ag: (.*)\r$/\1/p' "$scratch/head")
check "known already" status_is 304 -H "If-None-Match: $tag" "$url/api/route?to=CNSHA&from=PECHY"
check "nothing comes" test ! -s "$scratch/body"
check "another tag" status_is 200 -H 'If-None-Match: "x"' "$url/api/route?from=PECHY&to=CNSHA"
curl -s -m 20 --compressed -D "$scratch/head" "$url/api/route?from=PECHY&to=CNSHA" >"$scratch/body"
check "gzip" head_has '^content-encoding: gzip'
check "gzip is the same" cmp "$scratch/body" "$scratch/cli.json"
check "HEAD" status_is 200 -I "$url/api/route?from=PECHY&to=CNSHA"
check "HEAD has the length" head_has "^content-length: $(wc -c <"$scratch/cli.json")"

check "the page" status_is 200 "$url/"
check "the page's policy" head_has "frame-ancestors 'none'"
check "the page is asked for again" head_has '^cache-control: no-cache'
check "embedded" status_is 200 "$url/embed.html"
check "in frames" head_has 'frame-ancestors \*'
check "an asset" status_is 200 --compressed "$url/assets/app-12345678.js"
check "for ever" head_has '^cache-control:.*immutable'
check "a file, compressed" head_has '^content-encoding: gzip'

# ---- what is wrong ---------------------------------------------------------------------
check "no route exists" status_is 422 "$url/api/route?from=PECHY&to=CNSHA&draft=25"
check "a wrong value" status_is 400 "$url/api/route?from=PECHY&to=CNSHA&draft=deep"
check "a problem" head_has '^content-type: application/problem\+json'
check "with the message" body_has '"detail": ".*deep'
check "NaN" status_is 400 "$url/api/route?from=PECHY&to=CNSHA&speed=nan"
check "a huge number" status_is 400 "$url/api/route?from=PECHY&to=CNSHA&speed=1e400"
check "an unknown parameter" status_is 400 "$url/api/route?from=PECHY&to=CNSHA&drat=10"
check "the nearest" body_has 'draft'
check "no such path" status_is 404 "$url/api/rout"
for path in /../etc/passwd /%2e%2e/etc/passwd /..%2f..%2fetc/passwd //etc/passwd /assets/ \
  /assets/..%5cindex.html /.git/config; do
  check "traversal $path" status_is 404 "$url$path"
done
check "NUL" status_is 400 "$url/index.html%00"
check "UTF-8" status_is 400 "$url/api/ports?q=%C3%28"
check "PUT" status_is 405 -X PUT "$url/api/route"
check "what it takes" head_has '^allow: GET, HEAD, OPTIONS'
check "OPTIONS" status_is 204 -X OPTIONS "$url/api/compare"
check "what it takes too" head_has '^allow: GET, HEAD, POST, OPTIONS'

# ---- limits ------------------------------------------------------------------------------
printf '{"ports": ["PECHY","CNSHA"]%*s}' 996 '' >"$scratch/1024" # 1024 bytes
check "1024 bytes" test "$(wc -c <"$scratch/1024")" = 1024
check "a body at the limit" status_is 200 -H 'Content-Type: application/json' \
  --data-binary "@$scratch/1024" "$url/api/matrix"
(cat "$scratch/1024" && echo) >"$scratch/1025"
check "a byte above" status_is 413 -H 'Content-Type: application/json' \
  --data-binary "@$scratch/1025" "$url/api/matrix"
check "a byte above, in chunks" status_is 413 -H 'Content-Type: application/json' \
  -H 'Transfer-Encoding: chunked' --data-binary "@$scratch/1025" "$url/api/matrix"
head -c 3000000 /dev/zero | tr '\0' ' ' >"$scratch/large"
check "a large body" status_is 413 -H 'Content-Type: application/json' -H 'Expect:' \
  --data-binary "@$scratch/large" "$url/api/matrix"
check "a long address" status_is 414 "$url/api/ports?q=$(printf '%8200s' '' | tr ' ' a)"
check "a very long address" status_is 414 "$url/api/ports?q=$(printf '%60000s' '' | tr ' ' a)"
check "long fields" status_is 431 -H "X-A: $(printf '%17000s' '' | tr ' ' a)" "$url/api/health"
check "very long fields" status_is 431 -H "X-A: $(printf '%60000s' '' | tr ' ' a)" "$url/api/health"
check "half a request" test -z "$(raw 'GET /api/health HTTP/1.1\r\nHost: a\r\n' 5)"
check "no request" test -z "$(raw '' 5)"
check "half a body" test -z "$(raw 'POST /api/matrix HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab' 5)"
check "no HTTP" grep -q ' 400 ' <(raw 'hello there\r\n\r\n' 5)
check "a slow sender" test -z "$(
  exec 3<>"/dev/tcp/127.0.0.1/${url##*:}"
  (for letter in G E T ' ' / a b c d e f g h i j k l m n o p; do
    printf %s "$letter" >&3 || exit
    sleep 0.2
  done) 2>/dev/null &
  timeout 8 cat <&3
)"
"$DERROTERO" serve --listen "${url#http://}" >"$scratch/second" 2>&1
code=$?
check "a taken address is 74" test $code = 74
check "and one line" test "$(wc -l <"$scratch/second")" = 1
check "that says so" grep -q 'in use' "$scratch/second"
stop
check "a clean stop" test $code = 0
check "nothing on standard output" test ! -s "$scratch/out"
check "a line per request" grep -qE \
  '^time=[0-9T:.Z-]+ method=GET path="/api/route\?from=PECHY&to=CNSHA" status=200 bytes=[0-9]+ ms=[0-9.]+ remote=127.0.0.1$' "$log"
check "what is no HTTP has a line" grep -q '^time=.* notice=' "$log"
check "no other lines" test -z "$(grep -vE '^(time=|derrotero: )' "$log")"

# ---- long work ---------------------------------------------------------------------------
start --log none
curl -sN -m 120 -H 'Accept: text/event-stream' \
  "$url/api/audit?case=chancay&claim=c01&samples=200" >"$scratch/events"
check "progress" grep -q '^event: progress' "$scratch/events"
check "a result" grep -q '^event: result' "$scratch/events"
sed -n '/^event: result/,$ s/^data: //p' "$scratch/events" >"$scratch/result.json"
check "the JSON of a plain answer" status_is 200 "$url/api/audit?case=chancay&claim=c01&samples=200"
check "the same" cmp "$scratch/result.json" "$scratch/body"
check "a problem as an event" grep -q '^event: problem' <(curl -sN -m 20 \
  -H 'Accept: text/event-stream' "$url/api/audit?case=nowhere")
curl -sN -m 120 -H 'Accept: text/event-stream' \
  "$url/api/audit?case=chancay&samples=40" >"$scratch/events" &
client=$!
sleep 0.3
stop
wait $client
check "finished while it stops" grep -q '^event: result' "$scratch/events"
check "exit 0" test $code = 0
check "no log" test -z "$(grep '^time=' "$log")"

# A second signal, more than a second after the first, ends it at once.
start --log none --no-warm
curl -sN -m 120 -H 'Accept: text/event-stream' \
  "$url/api/audit?case=chancay&samples=5000" >"$scratch/events" 2>/dev/null &
client=$!
sleep 0.5
kill -TERM "$server"
sleep 0.3
kill -TERM "$server" # the same wish, told twice
sleep 0.9
check "it finishes what runs" kill -0 "$server"
began=$SECONDS
stop
wait $client
check "at once" is_less $((SECONDS - began)) 5
check "by the signal" test $code = 143

# ---- memory --------------------------------------------------------------------------------
start --log none --threads 1 --max-work 1 --cache 4M --no-warm
# Each another one: answers that push others out of the cache, errors, the page.
ask_many() { # COUNT FIRST
  seq "$2" $(($1 + $2 - 1)) | awk -v url="$url" '{
    path = $1 % 8 == 0 ? "/api/ports?near=" $1 % 80 "," $1 % 170 "&limit=2" \
      : $1 % 8 < 3 ? "/api/vessels?" $1 : $1 % 8 < 5 ? "/" $1 : $1 % 8 < 7 ? "/?" $1 : "/%" $1 "%zz"
    printf "url = \"%s%s\"\noutput = /dev/null\n", url, path }' |
    curl -s -Z --parallel-max 4 -K - >/dev/null 2>&1
}
count=${DRO_TEST_QUICK:+2000}
count=${count:-20000}
ask_many $((count / 4)) 1
before=$(rss_kib)
ask_many "$count" 7000
after=$(rss_kib)
check "memory after $count requests: $before, then $after KiB" is_less "$after" $((before + 4096))
stop
check "exit 0 again" test $code = 0

echo "$passed passed, $failed failed, 0 skipped"
[ $failed -eq 0 ]
