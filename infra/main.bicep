targetScope = 'resourceGroup'

metadata description = 'Pegasus in one resource group: one identity, no secret. See docs/deployment.md.'

@description('Part of every name: dev or prod.')
@allowed(['dev', 'prod'])
param environmentName string

@description('Where everything is made. The region must offer Flex Consumption with this Node version.')
param location string = resourceGroup().location

@description('Node of the functions app: the version that the tests run on.')
@allowed(['22', '24'])
param nodeVersion string = '24'

@description('How the data is kept: LRS in one place, ZRS in three zones.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('Memory of one instance of the app. An instance that is always ready is paid by it.')
@allowed([512, 2048, 4096])
param instanceMemoryMb int = 2048

@description('Most instances of each function group. Below 40 is not accepted in every region.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances that wait for HTTP requests, so that a webhook never meets a cold start.')
@minValue(0)
param alwaysReadyHttp int = 1

@description('Instances that wait for the webhook worker\'s queue: Microsoft waits 10 seconds for what it does.')
@minValue(0)
param alwaysReadyWorker int = 1

@description('The publisher\'s decisions on how the app behaves, by the name of the setting (README). Empty: the default.')
param settings object

@description('Days that logs are kept. The tables of Application Insights keep 90 days at least, whatever the workspace says.')
@minValue(90)
@maxValue(730)
param retentionDays int = 90

@description('Gigabytes of logs a day at which the workspace stops taking more; -1: no limit.')
param dailyQuotaGb int = 1

@description('Months above this amount, in the currency of the subscription, are announced; 0: no budget.')
@minValue(0)
param monthlyBudget int = 0

@description('First day of the month in which the budget was first made (2027-01-01). Never changed afterwards; empty: no budget.')
param budgetStart string = ''

@description('Refuses to delete the data account. Needs the right to set locks.')
param lockData bool = false

@description('Makes the three app registrations. Needs rights in Microsoft Graph; without them: infra/scripts/registrations.sh.')
param createRegistrations bool = true

@description('Fulfilment registration, when it exists already.')
param publisherClientId string = ''

@description('Landing page registration, when it exists already.')
param landingClientId string = ''

@description('Console registration, when it exists already.')
param consoleClientId string = ''

@description('How mails name the publisher.')
param publisherName string = ''

@description('Where buyers\' answers to mails go.')
param supportEmail string = ''

@description('Offers that are served, separated by commas; empty: all.')
param offerIds string = ''

@description('Who is told of new customers, separated by commas.')
param operatorEmails string = ''

@description('Who is told of alerts and of the budget, separated by commas.')
param alertEmails string = ''

@description('Where people find the product.')
param workspaceUrl string = ''

@description('Own domain that mails come from; empty: Microsoft\'s, which sends 10 mails an hour at most.')
param emailDomain string = ''

@description('Set to true when the records of the own domain are verified. Until then Microsoft\'s domain sends.')
param emailDomainVerified bool = false

@description('Where the mail service keeps its data. Never changed afterwards.')
param emailDataLocation string = 'Europe'

var token = uniqueString(resourceGroup().id, environmentName)
var dataAccountName = 'stpeg${token}'
var tags = {
  'azd-env-name': environmentName
  application: 'pegasus'
}
var alertAddresses = filter(map(split(alertEmails, ','), address => trim(address)), address => !empty(address))

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-pegasus-${environmentName}-${token}'
  location: location
  tags: tags
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'pegasus-monitoring'
  params: {
    suffix: '${environmentName}-${token}'
    location: location
    tags: tags
    retentionDays: retentionDays
    dailyQuotaGb: dailyQuotaGb
    identityId: identity.id
    principalId: identity.properties.principalId
  }
}

module data 'modules/data.bicep' = {
  name: 'pegasus-data'
  params: {
    name: dataAccountName
    location: location
    tags: tags
    sku: storageSku
    identityId: identity.id
    principalId: identity.properties.principalId
    lockData: lockData
  }
}

module site 'modules/site.bicep' = {
  name: 'pegasus-site'
  params: {
    name: 'stweb${token}'
    location: location
    tags: tags
    sku: storageSku
  }
}

module email 'modules/email.bicep' = {
  name: 'pegasus-email'
  params: {
    suffix: '${environmentName}-${token}'
    tags: tags
    dataLocation: emailDataLocation
    domainName: emailDomain
    domainVerified: emailDomainVerified
    identityId: identity.id
    principalId: identity.properties.principalId
  }
}

module registrations 'modules/registrations.bicep' = if (createRegistrations) {
  name: 'pegasus-registrations'
  params: {
    environmentName: environmentName
    landingUrl: site.outputs.landingUrl
    consoleUrl: site.outputs.consoleUrl
    identityPrincipalId: identity.properties.principalId
  }
}

var fulfilmentId = createRegistrations ? registrations!.outputs.publisherClientId : publisherClientId
var landingId = createRegistrations ? registrations!.outputs.landingClientId : landingClientId
var consoleId = createRegistrations ? registrations!.outputs.consoleClientId : consoleClientId

module app 'modules/app.bicep' = {
  name: 'pegasus-app'
  params: {
    name: 'func-pegasus-${environmentName}-${token}'
    planName: 'plan-pegasus-${environmentName}-${token}'
    location: location
    tags: tags
    nodeVersion: nodeVersion
    instanceMemoryMb: instanceMemoryMb
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyHttp: alwaysReadyHttp
    alwaysReadyWorker: alwaysReadyWorker
    identityId: identity.id
    identityClientId: identity.properties.clientId
    dataAccountName: dataAccountName
    packageContainerUrl: data.outputs.packageContainerUrl
    insightsConnection: monitoring.outputs.connectionString
    siteOrigin: site.outputs.origin
    settings: union(settings, {
      PUBLISHER_TENANT_ID: tenant().tenantId
      PUBLISHER_CLIENT_ID: fulfilmentId
      PUBLISHER_NAME: publisherName
      SUPPORT_EMAIL: supportEmail
      OFFER_IDS: offerIds
      LANDING_CLIENT_ID: landingId
      CONSOLE_CLIENT_ID: consoleId
      LANDING_URL: site.outputs.landingUrl
      CONSOLE_URL: site.outputs.consoleUrl
      EMAIL_ENDPOINT: email.outputs.endpoint
      EMAIL_SENDER: email.outputs.sender
      OPERATOR_EMAILS: operatorEmails
      WORKSPACE_URL: workspaceUrl
      MARKETPLACE_CREDENTIAL: 'federated'
    })
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'pegasus-alerts'
  params: {
    environmentName: environmentName
    location: location
    tags: tags
    insightsId: monitoring.outputs.insightsId
    addresses: alertAddresses
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0 && !empty(budgetStart) && !empty(alertAddresses)) {
  name: 'pegasus-budget'
  params: {
    name: 'budget-pegasus-${environmentName}'
    amount: monthlyBudget
    startDate: budgetStart
    addresses: alertAddresses
  }
}

@description('Partner Center, technical configuration: Landing page URL.')
output LANDING_URL string = site.outputs.landingUrl

@description('Partner Center, technical configuration: Connection webhook.')
output WEBHOOK_URL string = '${app.outputs.apiUrl}/webhook'

@description('Partner Center, technical configuration: Microsoft Entra tenant ID.')
output PUBLISHER_TENANT_ID string = tenant().tenantId

@description('Partner Center, technical configuration: Microsoft Entra application ID.')
output PUBLISHER_CLIENT_ID string = fulfilmentId

@description('Where operators work.')
output CONSOLE_URL string = site.outputs.consoleUrl

@description('Records to set at the registrar of the own mail domain; empty without one.')
output EMAIL_DOMAIN_RECORDS object = email.outputs.domainRecords

output API_URL string = app.outputs.apiUrl
output LANDING_CLIENT_ID string = landingId
output CONSOLE_CLIENT_ID string = consoleId
output IDENTITY_PRINCIPAL_ID string = identity.properties.principalId
output FUNCTION_APP_NAME string = app.outputs.name
output DATA_ACCOUNT_NAME string = data.outputs.name
output SITE_ACCOUNT_NAME string = site.outputs.name
output EMAIL_SENDER string = email.outputs.sender
