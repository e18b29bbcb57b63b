// What needs the engineer's rights: asked through az, here a stand-in that answers as told and notes what it was asked.
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CheckResult } from '../../../src/application/checks/check.ts';
import type { Report } from '../../../src/application/checks/report.ts';
import { OPERATOR_EMAIL } from '../../support/world.ts';
import { type Clinic, doctor, startClinic, startImposter } from './site.ts';

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

const examined = async (
  answers: Answers,
  ids: string,
  changed: Record<string, string> = {},
  more: string[] = [],
): Promise<Report> => {
  await writeFile(join(folder, 'answers'), JSON.stringify(answers));
  const PATH = [folder, process.env['PATH']].join(delimiter);
  const args = ['--json', '--azure', '--only', ids, ...more];
  const { stdout } = await doctor(args, { ...clinic.settings(), PATH, ...changed });
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

describe('the mail domain', () => {
  const endpoint = {
    EMAIL_ENDPOINT: 'https://acs-1.europe.communication.azure.com',
    EMAIL_SENDER: 'DoNotReply@mail.example',
  };
  const SERVICE = '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Communication/CommunicationServices/acs-1';
  const DOMAIN =
    '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Communication/emailServices/mail/domains/mail.example';
  const verified = { Domain: 'Verified', SPF: 'Verified', DKIM: 'Verified', DKIM2: 'Verified', DMARC: 'NotStarted' };
  const asked = (linkedDomains: string[], states: Record<string, string>, domain = 'mail.example') =>
    check(
      [
        [['resource', 'list', 'acs-1'], [{ id: SERVICE }]],
        [['resource', 'show', SERVICE], { properties: { linkedDomains } }],
        [
          ['resource', 'show', DOMAIN],
          {
            properties: {
              fromSenderDomain: domain,
              verificationStates: Object.fromEntries(
                Object.entries(states).map(([name, status]) => [name, { status }]),
              ),
            },
          },
        ],
      ],
      'mail-domain',
      endpoint,
    );

  test('is well when it is linked and verified', async () => {
    expect(await asked([DOMAIN], verified)).toMatchObject({ state: 'ok' });
  });
  test.each<[string, string[], Record<string, string>, string, RegExp]>([
    [
      'that is not verified',
      [DOMAIN],
      { ...verified, SPF: 'VerificationFailed' },
      'mail.example',
      /SPF VerificationFailed\.$/,
    ],
    ['that is not linked', [], verified, 'mail.example', /not linked/],
    ["that is not the sender's", [DOMAIN], verified, 'other.example', /mail\.example is not linked/],
  ])('%s is told', async (_, linked, states, domain, found) => {
    expect(await asked(linked, states, domain)).toMatchObject({ state: 'failed', found: expect.stringMatching(found) });
  });
  test('of a service that az does not find proves nothing', async () => {
    expect(await check([[['resource', 'list'], []]], 'mail-domain', endpoint)).toMatchObject({
      state: 'not-checked',
      fix: expect.stringContaining('az resource list'),
    });
  });
});

test('az that is not signed in proves nothing, and the command is there to be typed', async () => {
  const result = await check([], 'registration-console');
  expect(result).toMatchObject({
    state: 'not-checked',
    fix: expect.stringContaining(`az ad app show --id ${clinic.settings()['CONSOLE_CLIENT_ID']}`),
  });
});

describe('what only the app may see', () => {
  const without = { AzureWebJobsStorage: '', AzureWebJobsStorage__accountName: 'account' };
  const scope = (): string => `api://${clinic.settings()['CONSOLE_CLIENT_ID']}/access_as_user`;
  const told = (accessToken: string, ids: string, args: string[] = []): Promise<Report> =>
    examined([[['account', 'get-access-token', scope()], { accessToken }]], ids, without, args);

  test("is shown by the engineer's role in the console", async () => {
    const { checks } = await told(await clinic.api.consoleToken('reader'), 'storage-rows,queues');
    expect(checks).toMatchObject([
      { state: 'ok', found: 'The app says: A row was written, read and deleted.' },
      { state: 'ok', found: expect.stringContaining('The app says:') },
    ]);
    expect(await readFile(join(folder, 'calls'), 'utf8')).toContain(scope());
  });

  test.each([
    ['nonsense', /answered 401.*az login --tenant/],
    ['a token of a buyer', /answered 403: you need the role Reader/],
    ['', /^az gave no token for the app: az login .*--scope api:/],
  ])('is said not to be seen with %j, and what to do', async (token, fix) => {
    const given = token === 'a token of a buyer' ? await clinic.api.consoleToken('buyer') : token;
    const { checks } = await told(given, 'storage-rows');
    expect(checks).toMatchObject([{ state: 'not-checked', fix: expect.stringMatching(fix) }]);
  });

  test.each(['<html>', '{}', 'null'])('is not said by somebody who answers %s', async (body) => {
    const imposter = await startImposter(() => ({ status: 200, body }));
    try {
      const { checks } = await told('token', 'storage-rows', ['--api', `${imposter.url}/api`]);
      expect(checks).toMatchObject([{ state: 'not-checked', fix: expect.stringContaining('not Pegasus') }]);
    } finally {
      await imposter.close();
    }
  });

  test('sends the test mail that only it may send', async () => {
    const mail = { EMAIL_CONNECTION_STRING: '', EMAIL_ENDPOINT: 'https://acs-1.europe.communication.azure.com' };
    const sent = async (to: string) => {
      const answers: Answers = [[['get-access-token'], { accessToken: await clinic.api.consoleToken('operator') }]];
      const { checks } = await examined(answers, 'test-mail', mail, ['--mail', to]);
      return checks[0];
    };
    expect(await sent('bea@contoso.example')).toMatchObject({
      state: 'not-checked',
      fix: expect.stringMatching(/OPERATOR_EMAILS/),
    });
    expect(await sent(OPERATOR_EMAIL)).toMatchObject({ state: 'ok', found: expect.stringContaining('The app says:') });
    expect(await clinic.mailbox.mails(OPERATOR_EMAIL)).toHaveLength(1);
    expect(await sent(OPERATOR_EMAIL)).toMatchObject({
      state: 'not-checked',
      fix: expect.stringContaining('one test mail a minute'),
    });
  });

  test('is not asked for where nothing of it is wanted', async () => {
    await told('token', 'service-principal');
    expect(await readFile(join(folder, 'calls'), 'utf8')).not.toContain('get-access-token');
  });
});
