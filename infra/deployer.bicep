targetScope = 'resourceGroup'

metadata description = 'The identity that the deploy workflow signs in as, without a secret. Deployed once by an owner of the resource group.'

@description('dev or prod: also the name of the GitHub environment.')
@allowed(['dev', 'prod'])
param environmentName string

@description('OWNER/REPOSITORY on GitHub.')
param repository string

param location string = resourceGroup().location

var contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c'
var accessAdministrator = 'f58310d9-a9f6-439a-9e8d-f62e7b41a168'

// The only roles that the workflow may give: those that main.bicep gives.
var given = join(
  [
    'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
    '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
    '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
    'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
    '3913510d-42f4-4e42-8a64-420c390055eb'
    '09976791-48a7-449e-bb21-39d1a415f350'
  ],
  ', '
)
var requested = '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${given}}'
var present = '@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${given}}'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-pegasus-deployer-${environmentName}'
  location: location
}

resource trust 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2024-11-30' = {
  parent: identity
  name: 'github'
  properties: {
    issuer: 'https://token.actions.githubusercontent.com'
    subject: 'repo:${repository}:environment:${environmentName}'
    audiences: ['api://AzureADTokenExchange']
  }
}

resource changer 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, identity.id, contributor)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', contributor)
  }
}

resource administrator 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, identity.id, accessAdministrator)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', accessAdministrator)
    conditionVersion: '2.0'
    condition: '((!(ActionMatches{\'Microsoft.Authorization/roleAssignments/write\'})) OR (${requested})) AND ((!(ActionMatches{\'Microsoft.Authorization/roleAssignments/delete\'})) OR (${present}))'
  }
}

@description('AZURE_CLIENT_ID of the GitHub environment.')
output AZURE_CLIENT_ID string = identity.properties.clientId

@description('AZURE_TENANT_ID of the GitHub environment.')
output AZURE_TENANT_ID string = tenant().tenantId

@description('AZURE_SUBSCRIPTION_ID of the GitHub environment.')
output AZURE_SUBSCRIPTION_ID string = subscription().subscriptionId
