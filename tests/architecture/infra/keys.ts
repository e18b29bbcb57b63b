import { at, type BicepFile } from './bicep.ts';
import { fileAt } from './files.ts';
import { declared, pinFaults, property, textOf } from './literal.ts';

/** What must be written of each resource of a type: no key, no password, no clear text, no stranger. */
const CLOSED: Record<string, Record<string, string>> = {
  'Microsoft.Storage/storageAccounts': {
    'properties.allowSharedKeyAccess': 'false',
    'properties.allowBlobPublicAccess': 'false',
    'properties.allowCrossTenantReplication': 'false',
    'properties.supportsHttpsTrafficOnly': 'true',
    'properties.minimumTlsVersion': "'TLS1_2'",
  },
  'Microsoft.Storage/storageAccounts/blobServices/containers': { 'properties.publicAccess': "'None'" },
  'Microsoft.Communication/communicationServices': { 'properties.disableLocalAuth': 'true' },
  'Microsoft.Insights/components': { 'properties.DisableLocalAuth': 'true' },
  'Microsoft.OperationalInsights/workspaces': { 'properties.features.disableLocalAuth': 'true' },
  'Microsoft.Web/sites': {
    'identity.type': "'UserAssigned'",
    'properties.httpsOnly': 'true',
    'properties.siteConfig.minTlsVersion': "'1.2'",
    'properties.siteConfig.cors.allowedOrigins': '[siteOrigin]',
    'properties.siteConfig.cors.supportCredentials': 'false',
    'properties.functionAppConfig.deployment.storage.authentication.type': "'UserAssignedIdentity'",
  },
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies': { parent: 'app', 'properties.allow': 'false' },
};

const POLICIES = 'Microsoft.Web/sites/basicPublishingCredentialsPolicies';

/** The one origin that may call the app is the site's, as browsers send it. */
const originFaults = (files: BicepFile[]): string[] => {
  const site = fileAt(files, 'infra/modules/site.bicep');
  const main = fileAt(files, 'infra/main.bicep');
  const isWithoutSlash =
    textOf(site.outputs.get('origin')) === 'output origin string = take(address, length(address) - 1)' &&
    textOf(site.variables.get('address')) === 'account.properties.primaryEndpoints.web';
  return [
    ...(isWithoutSlash ? [] : [`${site.path} the origin is not the address without its slash`]),
    ...pinFaults(main, declared(main.modules, 'app'), { 'params.siteOrigin': 'site.outputs.origin' }),
  ];
};

/** Keys and passwords that are not off, doors that are open, requests that are logged with their query strings. */
export const keyFaults = (files: BicepFile[]): string[] => {
  const made = files.flatMap((file) =>
    file.resources
      .filter(({ isExisting }) => !isExisting)
      .map((resource) => ({ file, resource, type: resource.type.replace(/@.*/, '') })),
  );
  const policies = made
    .filter(({ type }) => type === POLICIES)
    .map(({ resource }) => textOf(property(resource.body, 'name')));
  return [
    ...made.flatMap(({ file, resource, type }) => pinFaults(file, resource, CLOSED[type] ?? {})),
    ...made
      .filter(({ type }) => type === 'Microsoft.Insights/diagnosticSettings')
      .map(({ file, resource }) => `${at(file.path, resource.node)} would log addresses with purchase tokens in them`),
    ...["'ftp'", "'scm'"].filter((name) => !policies.includes(name)).map((name) => `a password opens ${name}`),
    ...originFaults(files),
  ];
};
