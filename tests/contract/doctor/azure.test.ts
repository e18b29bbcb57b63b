// What needs the engineer's rights: asked through az, here a stand-in that answers as told and notes what it was asked.
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CheckResult } from '../../../src/application/checks/check.ts';
import type { Report } from '../../../src/application/checks/report.ts';
import { type Clinic, doctor, startClinic } from './site.ts';

const STAND_IN = `#!/usr/bin/env node
const { appendFileSync, readFileSync } = require('node:fs');
const args = process.argv.slice(2);
appendFileSync(__dirname + '/calls', JSON.stringify(args) + '\\n');
const answers = JSON.parse(readFileSync(__dirname + '/answers', 'utf8'));
const found = answers.find(([words]) => words.every((word) => args.includes(word)));
if (!found) process.exit(1);
process.stdout.write(JSON.stringify(found[1]));
`;

let clinic: Clinic;
let folder: string;
beforeAll(async () => {
  clinic = await startClinic();
});
afterAll(() => clinic?.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pegasus-az-'));
  await writeFile(join(folder, 'az'), STAND_IN);
  await chmod(join(folder, 'az'), 0o755);
});
afterEach(() => rm(folder, { recursive: true }));

type Answers = [string[], unknown][];

const examined = async (answers: Answers, ids: string, changed: Record<string, string> = {}): Promise<Report> => {
  await writeFile(join(folder, 'answers'), JSON.stringify(answers));
  const PATH = [folder, process.env['PATH']].join(delimiter);
  const { stdout } = await doctor(['--json', '--azure', '--only', ids], { ...clinic.settings(), PATH, ...changed });
  return JSON.parse(stdout) as Report;
};
const check = async (
  answers: Answers,
  id: string,
  changed: Record<string, string> = {},
): Promise<CheckResult | undefined> => (await examined(answers, id, changed)).checks[0];

const IDS = { fulfilment: 'PUBLISHER_CLIENT_ID', landing: 'LANDING_CLIENT_ID', console: 'CONSOLE_CLIENT_ID' } as const;

describe.each([
  ['fulfilment', 'AzureADMyOrg', undefined],
  ['landing', 'AzureADandPersonalMicrosoftAccount', 'LANDING_URL'],
  ['console', 'AzureADMyOrg', 'CONSOLE_URL'],
] as const)('the registration %s', (name, signInAudience, address) => {
  const asked = (app: object): Promise<CheckResult | undefined> =>
    check([[['ad', 'app', 'show', clinic.settings()[IDS[name]] ?? ''], app]], `registration-${name}`);
  const spa = () => ({ redirectUris: address === undefined ? [] : [clinic.settings()[address]] });

  test('is well as it is deployed', async () => {
    expect(await asked({ signInAudience, spa: spa() })).toMatchObject({ state: 'ok' });
  });
  test('for other accounts is told', async () => {
    expect(await asked({ signInAudience: 'AzureADMultipleOrgs', spa: spa() })).toMatchObject({
      state: 'failed',
      found: expect.stringContaining(signInAudience),
    });
  });
  if (address !== undefined)
    test('with its address under the wrong kind is told', async () => {
      expect(await asked({ signInAudience, web: spa(), spa: { redirectUris: [] } })).toMatchObject({
        state: 'failed',
        found: expect.stringContaining('single-page application'),
      });
    });
});

test('a missing service principal is told, with the command that makes it', async () => {
  expect(await check([[['ad', 'sp', 'list'], []]], 'service-principal')).toMatchObject({
    state: 'failed',
    fix: expect.stringContaining('az ad sp create'),
  });
  expect(await check([[['ad', 'sp', 'list'], [{}]]], 'service-principal')).toMatchObject({ state: 'ok' });
});

test("the identity's missing roles are named", async () => {
  const GROUP = '/subscriptions/1/resourceGroups/rg-pegasus-dev/providers';
  const DATA = `${GROUP}/Microsoft.Storage/storageAccounts/stpeg1`;
  const ROLES = {
    'Storage Blob Data Owner': DATA,
    'Storage Queue Data Contributor': DATA,
    'Storage Table Data Contributor': DATA.toLowerCase(),
    'Monitoring Metrics Publisher': `${GROUP}/Microsoft.Insights/components/appi-1`,
    'Communication and Email Service Owner': `${GROUP}/Microsoft.Communication/CommunicationServices/acs-1`,
  };
  const identity = {
    AZURE_CLIENT_ID: 'bbbbbbbb-0000-4000-8000-000000000001',
    AzureWebJobsStorage: '',
    AzureWebJobsStorage__accountName: 'stpeg1',
  };
  const having = (roles: Record<string, string>): Promise<CheckResult | undefined> =>
    check(
      [
        [
          ['role', 'assignment', 'list', identity.AZURE_CLIENT_ID],
          Object.entries(roles).map(([roleDefinitionName, scope]) => ({ roleDefinitionName, scope })),
        ],
      ],
      'identity-roles',
      identity,
    );
  const lacks = (role: string) => ({
    state: 'failed',
    found: expect.stringMatching(`^It lacks: ${role} on Microsoft`),
  });
  expect(await having(ROLES)).toMatchObject({ state: 'ok' });
  for (const [role, scope] of Object.entries(ROLES)) {
    const { [role]: _, ...rest } = ROLES as Record<string, string>;
    expect(await having(rest)).toMatchObject(lacks(role));
    expect(await having({ ...rest, [role]: `${scope}2` })).toMatchObject(
      scope === ROLES['Monitoring Metrics Publisher'] || scope === ROLES['Communication and Email Service Owner']
        ? { state: 'ok' }
        : lacks(role),
    );
    expect(await having({ ...rest, [role]: '/subscriptions/1' })).toMatchObject(lacks(role));
  }
});

test('az that is not signed in proves nothing, and the command is there to be typed', async () => {
  const result = await check([], 'registration-console');
  expect(result).toMatchObject({
    state: 'not-checked',
    fix: expect.stringContaining(`az ad app show --id ${clinic.settings()['CONSOLE_CLIENT_ID']}`),
  });
});

test("what only the app may see, the engineer's role in the console shows", async () => {
  const settings: Record<string, string> = clinic.settings();
  const without = { AzureWebJobsStorage: '', AzureWebJobsStorage__accountName: 'account' };
  const scope = `api://${settings['CONSOLE_CLIENT_ID']}/access_as_user`;
  const accessToken = await clinic.api.consoleToken('reader');
  const { checks } = await examined(
    [[['account', 'get-access-token', scope], { accessToken }]],
    'storage-rows,queues',
    without,
  );
  expect(checks).toMatchObject([
    { state: 'ok', found: 'The app says: A row was written, read and deleted.' },
    { state: 'ok', found: expect.stringContaining('The app says:') },
  ]);
  const calls = await readFile(join(folder, 'calls'), 'utf8');
  expect(calls).toContain(scope);
  const refused = await examined(
    [[['account', 'get-access-token', scope], { accessToken: 'nonsense' }]],
    'storage-rows',
    without,
  );
  expect(refused.checks).toMatchObject([{ state: 'not-checked' }]);
});
