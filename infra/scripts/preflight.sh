#!/usr/bin/env bash
# Says everything that would stop a deployment, before it begins.
#   preflight.sh dev|prod
# shellcheck source=infra/scripts/common.sh
source "$(dirname "$0")/common.sh"
environment "${1:-}"
need az node npm zip curl

problems=()
problem() { problems+=("$1"); }

if ! az account show --output none 2>/dev/null; then fail 'Sign in first: az login'; fi

# The Graph extension and deployer() need this one.
bicep=$(az bicep version 2>/dev/null | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1 || true)
if [ -z "$bicep" ]; then
  problem 'Bicep is missing: az bicep install'
elif [ "$(printf '0.36.1\n%s\n' "$bicep" | sort -V | head -n 1)" != 0.36.1 ]; then
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
