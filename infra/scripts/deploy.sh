#!/usr/bin/env bash
# Deploys one environment with az alone: what would change, then the resources, the app, the pages, and a check of all.
#   deploy.sh dev|prod [--what-if | --yes]
# --what-if stops after showing what would change; --yes does not ask.
# shellcheck source=infra/scripts/common.sh
source "$(dirname "$0")/common.sh"
environment "${1:-}"
mode=${2:-ask}
case "$mode" in
  ask | --what-if | --yes) ;;
  *) fail "Usage: $(basename "$0") dev|prod [--what-if | --yes]" ;;
esac

bash infra/scripts/preflight.sh "$AZURE_ENV_NAME"
if [ "$(az group exists --name "$AZURE_RESOURCE_GROUP")" != true ]; then
  # To show what would change, the group must be there. It costs nothing.
  az group create --name "$AZURE_RESOURCE_GROUP" --location "$AZURE_LOCATION" --output none
fi
az deployment group what-if --resource-group "$AZURE_RESOURCE_GROUP" --parameters infra/main.bicepparam
if [ "$mode" = --what-if ]; then exit 0; fi
if [ "$mode" = ask ]; then
  read -r -p "Deploy this to $AZURE_RESOURCE_GROUP? [y/N] " answer
  [ "$answer" = y ] || fail 'Nothing was changed.'
fi

az deployment group create --resource-group "$AZURE_RESOURCE_GROUP" --name "$deployment" \
  --parameters infra/main.bicepparam --output none
# Whatever azd left in the environment is of an earlier deployment.
unset SITE_ACCOUNT_NAME
load_outputs || fail 'The deployment has no outputs.'

bash infra/scripts/package.sh
retry az functionapp deployment source config-zip --resource-group "$AZURE_RESOURCE_GROUP" \
  --name "$FUNCTION_APP_NAME" --src .cache/azure/app.zip --output none
bash infra/scripts/publish-site.sh "$AZURE_ENV_NAME"
bash infra/scripts/verify.sh "$AZURE_ENV_NAME"
