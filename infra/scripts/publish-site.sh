#!/usr/bin/env bash
# Builds the pages for what is deployed and publishes them.
#   publish-site.sh dev|prod
# shellcheck source=infra/scripts/common.sh
source "$(dirname "$0")/common.sh"
environment "${1:-}"
need az node
load_outputs || fail "Nothing is deployed in $AZURE_RESOURCE_GROUP."

# The right to upload was given minutes ago at most, and takes up to ten to be effective.
patience=40
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
node infra/scripts/build-site.ts "$folder/site" >"$folder/files"

# The template cannot switch it on; again and again is right.
retry az storage blob service-properties update --account-name "$SITE_ACCOUNT_NAME" --auth-mode login \
  --static-website true --index-document index.html --404-document 404.html --output none

# Pages come last: they never name a file that is not there. Old files stay, for pages that are open.
while IFS=$'\t' read -r path type cache encoding; do
  encoded=()
  if [ "$encoding" != - ]; then encoded=(--content-encoding "$encoding"); fi
  retry az storage blob upload --account-name "$SITE_ACCOUNT_NAME" --auth-mode login --container-name "\$web" \
    --name "$path" --file "$folder/site/$path" --content-type "$type" --content-cache-control "$cache" \
    ${encoded[@]+"${encoded[@]}"} --overwrite true --no-progress --output none </dev/null
  say "Published $path"
done <"$folder/files"
