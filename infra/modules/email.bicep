metadata description = 'The mail service, with keys switched off.'

param suffix string
param tags object
param dataLocation string
@description('Own domain; empty: none.')
param domainName string
param domainVerified bool
@description('Resource id of the app\'s identity. What-if cannot name a role assignment after what is known only later.')
param identityId string
@description('Object id of the app\'s identity.')
param principalId string

var communicationAndEmailServiceOwner = '09976791-48a7-449e-bb21-39d1a415f350'
var isOwn = !empty(domainName) && domainVerified

resource service 'Microsoft.Communication/emailServices@2025-05-01' = {
  name: 'email-pegasus-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
  }
}

resource managedDomain 'Microsoft.Communication/emailServices/domains@2025-05-01' = {
  parent: service
  name: 'AzureManagedDomain'
  location: 'global'
  properties: {
    domainManagement: 'AzureManaged'
    userEngagementTracking: 'Disabled'
  }
}

resource ownDomain 'Microsoft.Communication/emailServices/domains@2025-05-01' = if (!empty(domainName)) {
  parent: service
  name: empty(domainName) ? 'none' : domainName
  location: 'global'
  properties: {
    domainManagement: 'CustomerManaged'
    userEngagementTracking: 'Disabled'
  }
}

// A domain that is not verified cannot be linked.
resource communication 'Microsoft.Communication/communicationServices@2025-05-01' = {
  name: 'acs-pegasus-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    disableLocalAuth: true
    linkedDomains: isOwn ? [managedDomain.id, ownDomain.id] : [managedDomain.id]
  }
}

resource sender 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: communication
  name: guid(communication.id, identityId, communicationAndEmailServiceOwner)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', communicationAndEmailServiceOwner)
  }
}

output endpoint string = 'https://${communication.properties.hostName}'
output sender string = 'DoNotReply@${isOwn ? domainName : managedDomain.properties.fromSenderDomain}'
output domainRecords object = empty(domainName) ? {} : ownDomain!.properties.verificationRecords
