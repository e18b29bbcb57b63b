# shellcheck shell=bash
# What the scripts beside this file share. It is sourced, never run.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
# The Node that `npm ci` brings runs TypeScript as it is.
PATH="$root/node_modules/.bin:$PATH"

# Names the deployment, so that any later script finds its outputs.
# shellcheck disable=SC2034
deployment=pegasus

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

need() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || fail "$tool is missing. docs/deployment.md says where to get it."
  done
}

# environment dev|prod: which environment the script is for.
environment() {
  case "${1:-}" in
    dev | prod) ;;
    *) fail "Usage: $(basename "$0") dev|prod" ;;
  esac
  # azd's values of one environment in the shell would be taken for the other's.
  if [ -n "${AZURE_ENV_NAME:-}" ] && [ "$AZURE_ENV_NAME" != "$1" ]; then
    fail "This shell has the values of $AZURE_ENV_NAME. Open another one for $1."
  fi
  export AZURE_ENV_NAME="$1"
  export AZURE_RESOURCE_GROUP="${AZURE_RESOURCE_GROUP:-rg-pegasus-$1}"
}

# retry COMMAND...: a role or an instance takes minutes to become real. A script says how often it tries, 15 seconds apart.
patience=20
retry() {
  local try tries=${RETRY_TRIES:-$patience}
  for ((try = 1; try <= tries; try++)); do
    "$@" && return 0
    say "Try $try of $tries failed: $1 ${2:-}"
    sleep "${RETRY_SECONDS:-15}"
  done
  return 1
}

# Exports the outputs of the deployment. azd has them in the environment already.
load_outputs() {
  if [ -n "${SITE_ACCOUNT_NAME:-}" ]; then return 0; fi
  local outputs name value
  outputs=$(az deployment group show --resource-group "$AZURE_RESOURCE_GROUP" --name "$deployment" \
    --query properties.outputs --output json) || return 1
  while IFS='=' read -r name value; do
    export "$name=$value"
  done < <(node infra/scripts/print-outputs.ts <<<"$outputs")
  [ -n "${SITE_ACCOUNT_NAME:-}" ]
}
