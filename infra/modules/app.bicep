metadata description = 'The functions app on Flex Consumption. Every setting is listed here or given by main.bicep; none is a secret.'

param name string
param planName string
param location string
param tags object
param nodeVersion string
param instanceMemoryMb int
param maximumInstanceCount int
param alwaysReadyHttp int
param alwaysReadyWorker int
@description('Resource id of the app\'s identity.')
param identityId string
param identityClientId string
param dataAccountName string
param packageContainerUrl string
param insightsConnection string
@description('The only origin whose pages may call the app.')
param siteOrigin string
@description('Settings by name, as in src/config.ts.')
param settings object

resource dataAccount 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: dataAccountName
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

// The group `http` is every HTTP function; any other function is a group of its own.
var alwaysReady = [
  {
    name: 'http'
    instanceCount: alwaysReadyHttp
  }
  {
    name: 'function:marketplace-events'
    instanceCount: alwaysReadyWorker
  }
]

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'node'
        version: nodeVersion
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMb
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: filter(alwaysReady, group => group.instanceCount > 0)
      }
    }
    siteConfig: {
      cors: {
        allowedOrigins: [siteOrigin]
        supportCredentials: false
      }
      minTlsVersion: '1.2'
    }
  }
}

resource appSettings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: app
  name: 'appsettings'
  properties: union(settings, {
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identityClientId
    AzureWebJobsStorage__blobServiceUri: dataAccount.properties.primaryEndpoints.blob
    AzureWebJobsStorage__queueServiceUri: dataAccount.properties.primaryEndpoints.queue
    AzureWebJobsStorage__tableServiceUri: dataAccount.properties.primaryEndpoints.table
    APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnection
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
    AZURE_CLIENT_ID: identityClientId
  })
}

// No publishing by password, neither by FTP nor to the deployment endpoint.
resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource noScmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'scm'
  properties: {
    allow: false
  }
}

output name string = app.name
output apiUrl string = 'https://${app.properties.defaultHostName}/api'
