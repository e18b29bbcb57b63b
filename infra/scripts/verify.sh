#!/usr/bin/env bash
# Asks what is deployed whether it works, and prints what Partner Center wants to know.
#   verify.sh dev|prod
# The checks are called by name (SC2317).
# shellcheck disable=SC2317
# shellcheck source=infra/scripts/common.sh
source "$(dirname "$0")/common.sh"
environment "${1:-}"
need az curl node
load_outputs || fail "Nothing is deployed in $AZURE_RESOURCE_GROUP."

failed=0
# check WHAT COMMAND...
check() {
  local what=$1
  shift
  if retry "$@"; then say "ok      $what"; else
    say "FAILED  $what"
    failed=1
    # Whatever had to start has had its time.
    patience=1
  fi
}

# status WANTED CURL_ARGUMENTS...
status() {
  local wanted=$1
  shift
  [ "$(curl --silent --max-time 30 --output /dev/null --write-out '%{http_code}' "$@")" = "$wanted" ]
}

# The page and its settings are compressed.
names() { curl --silent --max-time 30 --compressed "$1" | grep -qF "$2"; }

allows() {
  curl --silent --max-time 30 --output /dev/null --dump-header - --request OPTIONS "$API_URL/resolve" \
    --header "Origin: $1" --header 'Access-Control-Request-Method: POST' \
    --header 'Access-Control-Request-Headers: authorization,content-type' |
    tr -d '\r' | grep -qix "access-control-allow-origin: $1"
}

check 'the app is alive' status 200 "$API_URL/health"
check 'the landing page is there' status 200 "$LANDING_URL"
check 'the console is there' status 200 "$CONSOLE_URL"
check 'the pages call this app' names "${LANDING_URL}config.json" "$API_URL"
check 'the landing page signs in with its registration' names "${LANDING_URL}config.json" "$LANDING_CLIENT_ID"
check 'the console signs in with its registration' names "${LANDING_URL}config.json" "$CONSOLE_CLIENT_ID"
check 'the app lets the pages call it' allows "${LANDING_URL%/}"
check 'the webhook refuses calls without a token' status 401 --request POST "$WEBHOOK_URL" \
  --header 'Content-Type: application/json' --data '{}'
check 'the webhook refuses calls with a false token' status 401 --request POST "$WEBHOOK_URL" \
  --header 'Content-Type: application/json' --header 'Authorization: Bearer e30.e30.e30' --data '{}'

cat <<END

Partner Center, offer, technical configuration:
  Landing page URL                $LANDING_URL
  Connection webhook              $WEBHOOK_URL
  Microsoft Entra tenant ID       $PUBLISHER_TENANT_ID
  Microsoft Entra application ID  $PUBLISHER_CLIENT_ID

Operator console                  $CONSOLE_URL
Mail comes from                   $EMAIL_SENDER
Records of the own mail domain    $EMAIL_DOMAIN_RECORDS
END
exit "$failed"
