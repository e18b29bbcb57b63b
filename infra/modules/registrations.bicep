extension microsoftGraphV1

metadata description = 'The three app registrations. infra/scripts/registrations.sh makes the same ones from the same files.'

param environmentName string
param landingUrl string
param consoleUrl string
@description('Object id of the app\'s identity: it vouches for the fulfilment registration, so that there is no secret.')
param identityPrincipalId string

var definitions = {
  landing: loadJsonContent('../registrations/landing.json')
  console: loadJsonContent('../registrations/console.json')
  fulfilment: loadJsonContent('../registrations/fulfilment.json')
}

resource landing 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: 'pegasus-landing-${environmentName}'
  displayName: 'Pegasus landing (${environmentName})'
  signInAudience: definitions.landing.signInAudience
  spa: {
    redirectUris: [landingUrl]
  }
  api: definitions.landing.api
  requiredResourceAccess: definitions.landing.requiredResourceAccess
  optionalClaims: definitions.landing.optionalClaims
}

resource landingPrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: landing.appId
}

resource console 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: 'pegasus-console-${environmentName}'
  displayName: 'Pegasus console (${environmentName})'
  signInAudience: definitions.console.signInAudience
  spa: {
    redirectUris: [consoleUrl]
  }
  api: definitions.console.api
  appRoles: definitions.console.appRoles
  optionalClaims: definitions.console.optionalClaims
}

resource consolePrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: console.appId
}

resource fulfilment 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: 'pegasus-fulfilment-${environmentName}'
  displayName: 'Pegasus fulfilment (${environmentName})'
  signInAudience: definitions.fulfilment.signInAudience

  resource vouched 'federatedIdentityCredentials@v1.0' = {
    name: '${fulfilment.uniqueName}/pegasus-identity'
    issuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
    subject: identityPrincipalId
    audiences: ['api://AzureADTokenExchange']
    description: 'The identity of the functions app.'
  }
}

// Certification 1000.4: tokens of an application without a service principal are refused.
resource fulfilmentPrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: fulfilment.appId
}

// The pages ask for `api://<client id>/access_as_user`.
module landingUri 'identifier-uri.bicep' = {
  name: 'pegasus-landing-uri'
  params: {
    uniqueName: landing.uniqueName
    displayName: landing.displayName
    clientId: landing.appId
  }
}

module consoleUri 'identifier-uri.bicep' = {
  name: 'pegasus-console-uri'
  params: {
    uniqueName: console.uniqueName
    displayName: console.displayName
    clientId: console.appId
  }
}

output landingClientId string = landing.appId
output consoleClientId string = console.appId
output publisherClientId string = fulfilment.appId
