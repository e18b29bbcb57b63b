#!/usr/bin/env bash
# Says everything that would stop a deployment, before it begins.
#   preflight.sh dev|prod
# shellcheck source=infra/scripts/common.sh
source "$(dirname "$0")/common.sh"
environment "${1:-}"
need az node npm zip curl

problems=()
problem() { problems+=("$1"); }
# older VERSION WANTED
older() { [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" != "$2" ]; }

# Some of the scripts are TypeScript, which Node runs by itself from this version on. For macOS no Node is pinned.
if [ "$(node -p process.features.typescript)" != strip ]; then
  problem "Node $(node -p process.versions.node) is too old for the scripts: npm ci, or install 22.18 or newer"
fi

if ! az account show --output none 2>/dev/null; then fail 'Sign in first: az login'; fi

# azd has a subscription of its own. What follows must look at the one that is deployed to.
if [ -n "${AZURE_SUBSCRIPTION_ID:-}" ]; then
  current=$(az account show --query id --output tsv)
  if [ "$current" != "$AZURE_SUBSCRIPTION_ID" ]; then
    problem "az is in subscription $current, not in $AZURE_SUBSCRIPTION_ID: az account set --subscription $AZURE_SUBSCRIPTION_ID"
  fi
fi

# With older ones what-if leaves out modules.
cli=$(az version --query '"azure-cli"' --output tsv 2>/dev/null || true)
if older "${cli:-0}" 2.75.0; then problem "az ${cli:-of an unknown version} is too old: az upgrade"; fi

# The Graph extension and deployer() need this one.
bicep=$(az bicep version 2>/dev/null | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1 || true)
if [ -z "$bicep" ]; then
  problem 'Bicep is missing: az bicep install'
elif older "$bicep" 0.36.1; then
  problem "Bicep $bicep is too old: az bicep upgrade"
fi

for provider in Microsoft.Web Microsoft.Storage Microsoft.ManagedIdentity Microsoft.Insights \
  Microsoft.OperationalInsights Microsoft.AlertsManagement Microsoft.Communication; do
  state=$(az provider show --namespace "$provider" --query registrationState --output tsv 2>/dev/null || true)
  case "$state" in
    Registered) ;;
    '') say "$provider was not checked: that needs the right to read the subscription." ;;
    *) problem "$provider is not registered: az provider register --namespace $provider" ;;
  esac
done

location=$(az group show --name "$AZURE_RESOURCE_GROUP" --query location --output tsv 2>/dev/null || true)
location=${location:-${AZURE_LOCATION:-}}
if [ -z "$location" ]; then
  problem 'Say where: export AZURE_LOCATION=westeurope'
else
  wanted=$(node -p "JSON.parse(fs.readFileSync('infra/environments/$AZURE_ENV_NAME.json', 'utf8')).nodeVersion")
  offered=$(az functionapp list-flexconsumption-runtimes --location "$location" --runtime node \
    --query '[].version' --output tsv 2>/dev/null || true)
  if [ -z "$offered" ]; then
    say "Whether Flex Consumption in $location offers Node $wanted was not checked."
  elif ! grep -qx "$wanted" <<<"$offered"; then
    problem "Flex Consumption in $location does not offer Node $wanted, but: $(tr '\n' ' ' <<<"$offered")"
  fi
fi

# Every setting becomes what the environment's file says. The one that holds back billing must not end unseen.
wanted=$(node -p "JSON.parse(fs.readFileSync('infra/environments/$AZURE_ENV_NAME.json', 'utf8')).settings.PAUSE_ACTIVATIONS")
if [ "$wanted" != true ]; then
  apps=$(az functionapp list --resource-group "$AZURE_RESOURCE_GROUP" --query "[?tags.application=='pegasus'].name" \
    --output tsv 2>/dev/null || true)
  for app in $apps; do
    if ! paused=$(az functionapp config appsettings list --resource-group "$AZURE_RESOURCE_GROUP" --name "$app" \
      --query "[?name=='PAUSE_ACTIVATIONS'].value" --output tsv 2>/dev/null); then
      say "Whether activations are paused in $app was not checked: that needs the right to read its settings."
    elif [ "$paused" = true ]; then
      problem "Activations are paused in $app, and a deployment would end that: what waits would be billed. \
Keep the pause: \"PAUSE_ACTIVATIONS\": \"true\" in infra/environments/$AZURE_ENV_NAME.json. End it: \
az functionapp config appsettings set -g $AZURE_RESOURCE_GROUP -n $app --settings PAUSE_ACTIVATIONS=false"
    fi
  done
fi

if [ "${CREATE_REGISTRATIONS:-true}" = false ]; then
  for name in PUBLISHER_CLIENT_ID LANDING_CLIENT_ID CONSOLE_CLIENT_ID; do
    [ -n "${!name:-}" ] || problem "$name is missing: infra/scripts/registrations.sh $AZURE_ENV_NAME prints it"
  done
fi
for name in OPERATOR_EMAILS ALERT_EMAILS; do
  [ -n "${!name:-}" ] || say "$name is empty: nobody will be told."
done

if [ "${#problems[@]}" -gt 0 ]; then
  printf -- '- %s\n' "${problems[@]}" >&2
  fail 'Nothing was changed.'
fi
say 'Nothing stands in the way.'
