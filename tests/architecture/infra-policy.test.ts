import { describe, expect, test } from '@jest/globals';
import { readText } from '../support/source-files.ts';
import { broken, exchanged, fileAt, infraFiles, infraPaths } from './infra/files.ts';
import { keyFaults } from './infra/keys.ts';
import { literal, property } from './infra/literal.ts';
import { outputFaults, secretFaults } from './infra/secrets.ts';
import { deployFaults, workflowFaults } from './infra/workflows.ts';

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

describe('workflows', () => {
  test.each([CI, DEPLOY])(
    '%s runs for nobody else, puts no command together, and every action is pinned to a commit',
    (path) => {
      expect(workflowFaults(path, readText(path))).toEqual([]);
      expect(readText(path).match(/uses: /g)?.length).toBeGreaterThan(1);
    },
  );

  test('deploy what has passed CI on main; prod from main only', () => {
    expect(deployFaults(readText(DEPLOY), readText(CI))).toEqual([]);
  });

  test.each([
    ['what a stranger proposes', '  pull_request:', '  pull_request_target:'],
    ['every right', 'permissions:\n  contents: read', 'permissions: write-all'],
    ['the rights that GitHub gives by itself', /^permissions:\n.*\n/m, ''],
    ['one more right for all jobs', /^permissions:\n/m, 'permissions:\n  packages: write\n'],
    ['a title in a command', 'run: npm ci', 'run: echo "${{ github.event.pull_request.title }}"'],
    [
      'a branch in a command of several lines',
      'set -o pipefail\n',
      'set -o pipefail\n          git log ${{ github.head_ref }}\n',
    ],
    ['an action by its tag', /checkout@\S+/, 'checkout@v5'],
  ])('are seen with %s', (_, from, to) => {
    expect(workflowFaults(DEPLOY, exchanged(DEPLOY, from, to))).not.toEqual([]);
  });

  test.each([
    ['each push', '  workflow_run:', '  push:\n    branches: [main]\n  workflow_run:'],
    ['another workflow', 'workflows: [CI]', 'workflows: [Test]'],
    ['CI that has not ended', 'types: [completed]', 'types: [requested]'],
    ['CI that has failed', "github.event.workflow_run.conclusion == 'success' &&", ''],
    ['CI of a pull request', "github.event.workflow_run.event == 'push' &&", ''],
    ['CI of a fork', 'github.event.workflow_run.head_repository.full_name == github.repository', 'true'],
    ['a pull request of a fork', ' && github.event.pull_request.head.repo.full_name == github.repository', ''],
    ['prod from any branch', " && (inputs.environment == 'dev' || github.ref == 'refs/heads/main')", ''],
    ['what main is by now', 'github.event.workflow_run.head_sha || github.sha', 'github.ref'],
    ['no commit that it names', /^ +ref: .*\n/m, ''],
    ['the right to change the code', 'contents: read\n      id-token', 'contents: write\n      id-token'],
  ])('are seen when they deploy for %s', (_, from, to) => {
    expect(deployFaults(exchanged(DEPLOY, from, to), readText(CI))).not.toEqual([]);
  });

  test('are seen when CI has another name', () => {
    expect(deployFaults(readText(DEPLOY), exchanged(CI, 'name: CI', 'name: Tests'))).not.toEqual([]);
  });
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
