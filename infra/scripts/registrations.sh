#!/usr/bin/env bash
# Makes or updates the three app registrations, for deployments with CREATE_REGISTRATIONS=false. Run it once before the
# deployment for their ids, and once after it for the redirect addresses and the federated credential; any number of times
# is right. It needs the role Application Administrator or Cloud Application Administrator in Entra, and no right on Azure
# resources when LANDING_URL, CONSOLE_URL and IDENTITY_PRINCIPAL_ID are given.
#   registrations.sh dev|prod
# shellcheck source=infra/scripts/common.sh
source "$(dirname "$0")/common.sh"
environment "${1:-}"
need az node

graph=https://graph.microsoft.com/v1.0

# upsert ADDRESS BODY: what is there is updated, what is not there is made.
upsert() {
  az rest --method patch --url "$1" --headers Prefer=create-if-missing Content-Type=application/json --body "$2" \
    --output none
}

# register NAME [REDIRECT_ADDRESS]: prints the client id.
register() {
  local name=$1 redirect=${2:-} address id
  address="$graph/applications(uniqueName='pegasus-$name-$AZURE_ENV_NAME')"
  # In $(...) bash does not stop at an error by itself.
  upsert "$address" "$(node infra/scripts/registration.ts "$name" "$AZURE_ENV_NAME")" || return
  id=$(az rest --method get --url "$address?\$select=appId" --query appId --output tsv) || return
  upsert "$address" "$(node infra/scripts/registration.ts "$name" "$AZURE_ENV_NAME" "$id" "$redirect")" || return
  if ! upsert "$graph/servicePrincipals(appId='$id')" '{}'; then
    say "The service principal of pegasus-$name-$AZURE_ENV_NAME was not made. For one that other tenants' people use Entra asks \
for the role Application Administrator or Cloud Application Administrator: take it, and run this again."
    return 1
  fi
  printf '%s\n' "$id"
}

if [ -z "${LANDING_URL:-}" ] || [ -z "${CONSOLE_URL:-}" ] || [ -z "${IDENTITY_PRINCIPAL_ID:-}" ]; then
  load_outputs 2>/dev/null || say 'Nothing is deployed yet: the redirect addresses come with the second run.'
fi

landing=$(register landing "${LANDING_URL:-}")
console=$(register console "${CONSOLE_URL:-}")
fulfilment=$(register fulfilment)

if [ -n "${IDENTITY_PRINCIPAL_ID:-}" ]; then
  tenant=$(az account show --query tenantId --output tsv)
  upsert "$graph/applications(uniqueName='pegasus-fulfilment-$AZURE_ENV_NAME')/federatedIdentityCredentials(name='pegasus-identity')" \
    "{\"issuer\":\"https://login.microsoftonline.com/$tenant/v2.0\",\"subject\":\"$IDENTITY_PRINCIPAL_ID\",\"audiences\":[\"api://AzureADTokenExchange\"],\"description\":\"The identity of the functions app.\"}"
fi

say 'Give these to the deployment: export them, or set each with: azd env set NAME VALUE'
cat <<END
CREATE_REGISTRATIONS=false
PUBLISHER_CLIENT_ID=$fulfilment
LANDING_CLIENT_ID=$landing
CONSOLE_CLIENT_ID=$console
END
