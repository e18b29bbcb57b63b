import { expect, test } from '@jest/globals';
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
