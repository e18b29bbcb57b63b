using 'main.bicep'

// Which environment, and all that is the publisher's own, comes from environment variables: from `azd env set`, from the
// shell, or from the variables of a GitHub environment. None of it is a secret. What differs between environments by
// decision stands in environments/.
var name = readEnvironmentVariable('AZURE_ENV_NAME')
var environments = {
  dev: loadJsonContent('environments/dev.json')
  prod: loadJsonContent('environments/prod.json')
}
var chosen = environments[name]

param environmentName = name
param nodeVersion = chosen.nodeVersion
param storageSku = chosen.storageSku
param instanceMemoryMb = chosen.instanceMemoryMb
param alwaysReadyHttp = chosen.alwaysReadyHttp
param alwaysReadyWorker = chosen.alwaysReadyWorker
param settings = chosen.settings
param retentionDays = chosen.retentionDays
param dailyQuotaGb = chosen.dailyQuotaGb
param monthlyBudget = chosen.monthlyBudget

param createRegistrations = readEnvironmentVariable('CREATE_REGISTRATIONS', 'true') == 'true'
param publisherClientId = readEnvironmentVariable('PUBLISHER_CLIENT_ID', '')
param landingClientId = readEnvironmentVariable('LANDING_CLIENT_ID', '')
param consoleClientId = readEnvironmentVariable('CONSOLE_CLIENT_ID', '')

param publisherName = readEnvironmentVariable('PUBLISHER_NAME', '')
param supportEmail = readEnvironmentVariable('SUPPORT_EMAIL', '')
param offerIds = readEnvironmentVariable('OFFER_IDS', '')
param operatorEmails = readEnvironmentVariable('OPERATOR_EMAILS', '')
param alertEmails = readEnvironmentVariable('ALERT_EMAILS', '')
param workspaceUrl = readEnvironmentVariable('WORKSPACE_URL', '')

param emailDomain = readEnvironmentVariable('EMAIL_DOMAIN', '')
param emailDomainVerified = readEnvironmentVariable('EMAIL_DOMAIN_VERIFIED', 'false') == 'true'
param emailDataLocation = readEnvironmentVariable('EMAIL_DATA_LOCATION', 'Europe')

param budgetStart = readEnvironmentVariable('BUDGET_START', '')
param lockData = readEnvironmentVariable('LOCK_DATA', 'false') == 'true'
