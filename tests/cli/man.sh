#!/usr/bin/env bash
# The manual and the program's option tables name the same commands and options.
set -u
man=$SOURCE/man/derrotero.1
program=${DERROTERO:-derrotero}
failed=0

commands=$("$program" --help | awk '/^everywhere:/ { exit } /^  [a-z]/ { print }' |
  sed -E 's/^  ([a-z]+( (build|info))?) .*/\1/')
[ "$(echo "$commands" | wc -l)" -ge 7 ] || { echo "help lists too few commands"; failed=1; }

helped=$(
  {
    "$program" --help
    while read -r command; do
      # shellcheck disable=SC2086 # "chart build" is two words
      "$program" $command --help
    done <<<"$commands"
  } | sed -nE 's/^  (-[a-z], )?--([a-z-]+).*/\2/p' | sort -u
)
manual=$(sed -nE 's/^\.It .*Fl -([a-z-]+).*/\1/p' "$man" | sort -u)
if ! diff <(echo "$helped") <(echo "$manual"); then
  echo "options differ: < in the program's help, > in man/derrotero.1"
  failed=1
fi

letters=$("$program" route --help | sed -nE 's/^  -([a-z]), .*/\1/p' | sort -u)
for letter in $letters; do
  grep -qE "^\.It Fl $letter ," "$man" || { echo "-$letter is not in the manual"; failed=1; }
done

while read -r command; do
  grep -qE "^\.(Ss|Cm) .*${command%% *}" "$man" ||
    { echo "$command is not in the manual"; failed=1; }
done <<<"$commands"

# Every line of help fits a terminal.
long=$({ "$program" --help; "$program" route --help; "$program" matrix --help; } |
  awk 'length($0) > 100')
[ -z "$long" ] || { echo "long lines in the help:"; echo "$long"; failed=1; }

if command -v mandoc >/dev/null; then
  mandoc -T lint -W error "$man" || failed=1
fi
exit $failed
