#!/usr/bin/env bash
# Stands in for az, azd, curl, zip and npm: notes how it was called (words end with US, calls with RS), and answers by the first
# rule whose every word is among its arguments. In bash: a deployment makes thirty calls, and starting Node for each took
# longer than all the rest.
given=("${0##*/}" "$@")
printf -v call '%s\037' "${given[@]}"
printf '%s\036' "$call" >>"$STAND_IN_FOLDER/calls"

says() {
  local word one
  while IFS= read -r word; do
    for one in "${given[@]}"; do
      if [ "$one" = "$word" ]; then continue 2; fi
    done
    return 1
  done <"$1/to"
}

for rule in "$STAND_IN_FOLDER"/answers/*; do
  if [ ! -e "$rule/to" ] || ! says "$rule"; then continue; fi
  if [ -e "$rule/times" ]; then
    times=$(<"$rule/times")
    if [ "$times" -eq 0 ]; then continue; fi
    echo "$((times - 1))" >"$rule/times"
  fi
  cat "$rule/says"
  exit "$(<"$rule/status")"
done
