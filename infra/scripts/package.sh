#!/usr/bin/env bash
# Makes what the functions app runs: .cache/azure/app, and the same as .cache/azure/app.zip.
# shellcheck source=infra/scripts/common.sh
source "$(dirname "$0")/common.sh"
need node npm

folder=.cache/azure/app
npm run build
rm -rf .cache/azure
mkdir -p "$folder"
cp -R host.json dist "$folder/"
# The bundle brings its packages along: with none named, nothing is installed in Azure.
node infra/scripts/package-json.ts >"$folder/package.json"
if command -v zip >/dev/null; then (cd "$folder" && zip -qr ../app.zip .); fi
say "Packaged $folder"
