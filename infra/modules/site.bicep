metadata description = 'The public pages, in an account that holds nothing else. Its requests carry purchase tokens: nothing logs them.'

param name string
param location string
param tags object
param sku string

var storageBlobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

// The static website itself is switched on by infra/scripts/publish-site.sh: these types have no property for it.
resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: {
      enabled: true
      days: 7
    }
  }
}

// Whoever deploys uploads the pages next; without a key that takes this role.
resource uploader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, deployer().objectId, storageBlobDataContributor)
  properties: {
    principalId: deployer().objectId
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataContributor)
  }
}

var address = account.properties.primaryEndpoints.web

output name string = account.name
output landingUrl string = address
output consoleUrl string = '${address}console/'
@description('As browsers send it: without the slash.')
output origin string = take(address, length(address) - 1)
