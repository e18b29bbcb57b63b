import { describe, expect, test } from '@jest/globals';
import { readText } from '../support/source-files.ts';
import { broken, fileAt, infraFiles, infraPaths } from './infra/files.ts';
import { keyFaults } from './infra/keys.ts';
import { literal, property } from './infra/literal.ts';
import { outputFaults, secretFaults } from './infra/secrets.ts';

const MAIN = 'infra/main.bicep';
const DATA = 'infra/modules/data.bicep';
const SITE = 'infra/modules/site.bicep';
const APP = 'infra/modules/app.bicep';
const ALERTS = 'infra/modules/alerts.bicep';
const MONITORING = 'infra/modules/monitoring.bicep';
const CI = '.github/workflows/ci.yml';
const DEPLOY = '.github/workflows/deploy.yml';
const files = infraFiles();

describe('keys', () => {
  test('are switched off wherever there are any, doors are closed, and no diagnostic log keeps addresses', () => {
    expect(keyFaults(files)).toEqual([]);
  });

  test.each([
    ['storage keys', SITE, 'allowSharedKeyAccess: false', 'allowSharedKeyAccess: true'],
    ['storage keys left to the default', DATA, '    allowSharedKeyAccess: false\n', ''],
    ['mail keys', 'infra/modules/email.bicep', 'disableLocalAuth: true', 'disableLocalAuth: false'],
    ['log keys', MONITORING, 'DisableLocalAuth: true', 'DisableLocalAuth: false'],
    ['keys of the workspace', MONITORING, '      disableLocalAuth: true', '      disableLocalAuth: false'],
    ['publishing by password', APP, 'allow: false', 'allow: true'],
    ['publishing by password where nothing forbids it', APP, "name: 'scm'", "name: 'ftp'"],
    ['publishing by password of another app', APP, "parent: app\n  name: 'ftp'", "parent: plan\n  name: 'ftp'"],
    ['blobs that anybody may read', DATA, 'allowBlobPublicAccess: false', 'allowBlobPublicAccess: true'],
    ['a container that anybody may read', DATA, "publicAccess: 'None'", "publicAccess: 'Blob'"],
    [
      'data that another tenant may copy',
      DATA,
      'allowCrossTenantReplication: false',
      'allowCrossTenantReplication: true',
    ],
    ['storage without TLS', DATA, 'supportsHttpsTrafficOnly: true', 'supportsHttpsTrafficOnly: false'],
    ['storage with an old TLS', SITE, "'TLS1_2'", "'TLS1_0'"],
    ['the app without TLS', APP, 'httpsOnly: true', 'httpsOnly: false'],
    ['the app with an old TLS', APP, "minTlsVersion: '1.2'", "minTlsVersion: '1.0'"],
    ['an app that is its own identity, too', APP, "type: 'UserAssigned'", "type: 'SystemAssigned, UserAssigned'"],
    ['pages of any origin', APP, '[siteOrigin]', "['*']"],
    ['pages of one more origin', APP, '[siteOrigin]', "[siteOrigin, 'https://portal.azure.com']"],
    ['pages that send cookies', APP, 'supportCredentials: false', 'supportCredentials: true'],
    ['an origin with a slash', SITE, 'take(address, length(address) - 1)', 'address'],
    ['an origin that is another account’s', SITE, 'primaryEndpoints.web', 'primaryEndpoints.blob'],
    ['an origin that is no output of the site', MAIN, 'siteOrigin: site.outputs.origin', "siteOrigin: '*'"],
    ['diagnostic logs', ALERTS, 'Microsoft.Insights/actionGroups@', 'Microsoft.Insights/diagnosticSettings@'],
  ])('are seen: %s', (_, path, from, to) => {
    expect(keyFaults(broken(path, from, to))).not.toEqual([]);
  });
});

describe('secrets', () => {
  const paths = [...infraPaths(), 'azure.yaml', CI, DEPLOY];

  test('are nowhere, and no way to one', () => {
    expect(paths.flatMap((path) => secretFaults(path, readText(path)))).toEqual([]);
  });

  test.each([
    ['listing keys', 'value: account.listKeys().keys[0].value'],
    ['a connection string', 'DefaultEndpointsProtocol=https;AccountName=x;AccountKey=y'],
    ['a secure parameter', '@secure()'],
    ['a client secret', "param clientSecret string = ''"],
    ['a secret of the workflow', 'client-secret: ${{ secrets.AZURE }}'],
    ['a key as an option', 'az storage blob upload --account-key x'],
    ['making a password', 'az ad app credential reset --id x'],
    ['a publishing profile', 'publish-profile: x'],
    ['a key in base 64', `key: '${'bm90IGEgc2VjcmV0'.repeat(4)}='`],
  ])('are seen: %s', (_, line) => {
    expect(secretFaults('x', line)).not.toEqual([]);
  });
});

describe('outputs', () => {
  test('hand out no secret', () => {
    expect(outputFaults(files)).toEqual([]);
  });

  test.each([
    ['by its name', 'output API_URL', 'output API_KEY'],
    ['by where it comes from', '= app.outputs.apiUrl', '= monitoring.outputs.connectionString'],
    [
      'by where the variable comes from that it is',
      'output API_URL string = app.outputs.apiUrl',
      'var logs = monitoring.outputs.connectionString\nvar url = logs\noutput API_URL string = url',
    ],
    [
      'by what a variable holds that is a part of it',
      'output API_URL string = app.outputs.apiUrl',
      "var all = { logs: monitoring.outputs.connectionString }\noutput API_URL string = 'x${all.logs}'",
    ],
  ])('are seen: one that is a secret %s', (_, from, to) => {
    expect(outputFaults(broken(MAIN, from, to))).not.toEqual([]);
  });

  test('are seen: one that is a secret by what the module takes it from', () => {
    const from = "= 'https://${app.properties.defaultHostName}/api'";
    expect(outputFaults(broken(APP, from, '= plan.properties.password'))).not.toEqual([]);
  });
});

describe('what the deployment hands over', () => {
  const main = fileAt(files, MAIN);

  test('is the four values for Partner Center, the console and the mail records', () => {
    expect([...main.outputs.keys()]).toEqual(
      expect.arrayContaining([
        'LANDING_URL',
        'WEBHOOK_URL',
        'PUBLISHER_TENANT_ID',
        'PUBLISHER_CLIENT_ID',
        'CONSOLE_URL',
        'EMAIL_DOMAIN_RECORDS',
      ]),
    );
  });

  test('names the webhook where the app answers', () => {
    const { extensions } = JSON.parse(readText('host.json')) as { extensions: { http: { routePrefix: string } } };
    expect(fileAt(files, APP).outputs.get('apiUrl')?.text).toContain(`/${extensions.http.routePrefix}'`);
    expect(main.outputs.get('WEBHOOK_URL')?.text).toContain("apiUrl}/webhook'");
    expect(readText('functions/webhook.ts')).toContain("route: 'webhook'");
  });
});

test.each(['ci', 'deploy'])('every action of %s.yml is pinned to a commit', (name) => {
  const uses = [...readText(`.github/workflows/${name}.yml`).matchAll(/uses: (\S+)/g)].map(([, action = '']) => action);
  expect(uses.length).toBeGreaterThan(1);
  expect(uses.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
});

describe('the registrations', () => {
  const file = fileAt(files, 'infra/modules/registrations.bicep');
  const definition = (name: string): Record<string, unknown> =>
    JSON.parse(readText(`infra/registrations/${name}.json`)) as Record<string, unknown>;
  const of = (symbol: string, path: string): unknown => {
    const resource = file.resources.find((one) => one.symbol === symbol);
    const node = resource && property(resource.body, path);
    return node && literal(file, node);
  };

  test('let anybody sign in on the landing page, which asks Microsoft Graph for User.Read only', () => {
    expect(definition('landing')).toMatchObject({
      signInAudience: 'AzureADandPersonalMicrosoftAccount',
      requiredResourceAccess: [
        {
          resourceAppId: '00000003-0000-0000-c000-000000000000',
          resourceAccess: [{ id: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d', type: 'Scope' }],
        },
      ],
    });
  });

  test('let only the publisher’s own people and the product into the console, by role', () => {
    const { signInAudience, requiredResourceAccess, appRoles } = definition('console');
    expect({ signInAudience, requiredResourceAccess }).toEqual({ signInAudience: 'AzureADMyOrg' });
    expect(appRoles).toMatchObject([
      { value: 'Operator', allowedMemberTypes: ['User'] },
      { value: 'Reader', allowedMemberTypes: ['User'] },
      { value: 'Usage.Report', allowedMemberTypes: ['Application'] },
    ]);
  });

  test.each(['landing', 'console'])('have %s offer the scope that the app asks for, in tokens of version 2', (name) => {
    expect(definition(name)).toMatchObject({
      api: { requestedAccessTokenVersion: 2, oauth2PermissionScopes: [{ value: 'access_as_user', isEnabled: true }] },
      optionalClaims: { accessToken: expect.arrayContaining([{ name: 'idtyp', essential: false }]) },
    });
  });

  test('have the app’s identity vouch for fulfilment, in one tenant and with a service principal', () => {
    expect(definition('fulfilment')).toEqual({ signInAudience: 'AzureADMyOrg' });
    expect(of('vouched', 'audiences')).toEqual(['api://AzureADTokenExchange']);
    expect(of('vouched', 'subject')).toEqual({ code: 'identityPrincipalId' });
    expect(of('fulfilmentPrincipal', 'appId')).toEqual({ code: 'fulfilment.appId' });
  });

  test.each(['landing', 'console', 'fulfilment'])('take all of %s from its file', (name) => {
    for (const key of Object.keys(definition(name)))
      expect({ key, value: of(name, key) }).toEqual({ key, value: { code: `definitions.${name}.${key}` } });
  });
});
