extension microsoftGraphV1

metadata description = 'Names a registration after its own id, which a resource cannot say of itself. Updates what registrations.bicep made.'

param uniqueName string
param displayName string
param clientId string

resource registration 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: uniqueName
  displayName: displayName
  identifierUris: ['api://${clientId}']
}
