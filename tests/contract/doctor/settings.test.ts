import { expect, test } from '@jest/globals';
import type { Report } from '../../../src/application/checks/report.ts';
import { readText } from '../../support/source-files.ts';
import { checked, doctor, withSettingsFile } from './site.ts';

const { Values: example } = JSON.parse(readText('local.settings.example.json')) as { Values: Record<string, string> };

test('settings that are not right are all named, no value of them, and nothing else is looked at', async () => {
  const { code, stdout } = await doctor(['--json'], {
    ...example,
    PUBLISHER_TENANT_ID: 'not-a-guid',
    EMAIL_SENDER: '',
  });

  const { checks, ok } = JSON.parse(stdout) as { checks: { id: string; state: string; found: string }[]; ok: boolean };
  expect(code).toBe(1);
  expect(ok).toBe(false);
  expect(checks[0]).toMatchObject({
    id: 'settings',
    state: 'failed',
    found: expect.stringMatching(/PUBLISHER_TENANT_ID must be a GUID.*EMAIL_SENDER is missing/),
  });
  expect(stdout).not.toContain('not-a-guid');
  expect(checks.length).toBeGreaterThan(20);
  expect(new Set(checks.slice(1).map(({ state }) => state))).toEqual(new Set(['not-checked']));
});

test('nobody to tell of new customers is a warning, which fails no pipeline', async () => {
  expect(await checked('settings', { ...example, OPERATOR_EMAILS: '' })).toMatchObject({
    state: 'warning',
    found: expect.stringContaining('OPERATOR_EMAILS'),
    code: 0,
  });
});

test('settings are read as Azure lists them too', async () => {
  const listed = Object.entries(example).map(([name, value]) => ({ name, value, slotSetting: false }));
  const { code, stdout } = await withSettingsFile(listed, (file) =>
    doctor(['--json', '--only', 'settings', '--settings', file]),
  );
  expect(code).toBe(0);
  expect(stdout).toContain('well formed');
});

test('without settings nothing is said of the app, and how to get them is', async () => {
  const { code, stdout, stderr } = await doctor(['--only', 'mail']);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^Name the settings: --settings FILE\..*mkdir -p .*az functionapp config appsettings list/s);
  // What other programs read too is no setting of ours.
  expect((await doctor([], { AZURE_CLIENT_ID: 'x', AzureWebJobsStorage: 'y' })).code).toBe(2);
});

test('a file of another app is told apart from settings that are not right', async () => {
  const { code, stderr } = await withSettingsFile([{ name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }], (file) =>
    doctor(['--settings', file]),
  );
  expect(code).toBe(2);
  expect(stderr).toContain('none of the app');
});

test('settings that are not right in a shell say whose they are, and only what is asked for is told', async () => {
  const wrong = { ...example, PUBLISHER_TENANT_ID: 'not-a-guid' };
  const { checks } = JSON.parse((await doctor(['--json', '--only', 'mail'], wrong)).stdout) as Report;
  expect(checks).toMatchObject([
    { id: 'mail', state: 'not-checked', cause: expect.stringContaining('PUBLISHER_TENANT') },
  ]);
  expect(await checked('settings', wrong)).toMatchObject({ state: 'failed', cause: expect.stringContaining('shell') });
});

test('the way to look again has the options of this run, and not whom a mail went to', async () => {
  const again = (args: string[], content: object) =>
    withSettingsFile({ Values: { ...example, OPERATOR_EMAILS: '', ...content } }, async (file) => {
      const { stdout } = await doctor(['--json', '--settings', file, ...args]);
      return (JSON.parse(stdout) as Report).checks.map(({ retest }) => retest?.replace(file, 'FILE'));
    });
  expect(await again(['--only', 'settings', '--api', 'http://127.0.0.1:2/api'], {})).toEqual([
    'npm run doctor -- --settings FILE --api http://127.0.0.1:2/api --only settings',
  ]);
  const wrong = { EMAIL_SENDER: '' };
  expect(await again(['--only', 'service-principal,test-mail,mail', '--mail', 'bea@contoso.example'], wrong)).toEqual([
    'npm run doctor -- --settings FILE --only mail',
    'npm run doctor -- --settings FILE --only test-mail --mail ADDRESS',
    'npm run doctor -- --settings FILE --only service-principal --azure',
  ]);
});

test('--strict fails what was not looked at', async () => {
  const args = ['--json', '--only', 'fulfilment-token'];
  expect((await doctor(args, example)).code).toBe(0);
  const { code, stdout } = await doctor([...args, '--strict'], example);
  expect([code, (JSON.parse(stdout) as Report).ok]).toEqual([1, false]);
});

test('activations that are paused are a warning', async () => {
  expect(await checked('settings', { ...example, PAUSE_ACTIVATIONS: 'true' })).toMatchObject({
    state: 'warning',
    found: expect.stringContaining('PAUSE_ACTIVATIONS'),
    code: 0,
  });
});

test.each([
  ['an option that does not exist', ['--everything'], /everything/],
  ['a check that does not exist', ['--only', 'weather'], /no check weather/],
  ['a file that is not there', ['--settings', 'nowhere.json'], /nowhere\.json cannot be read/],
])('%s is exit code 2, told in words', async (_, args, words) => {
  const { code, stdout, stderr } = await doctor(args, example);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(words);
});
