import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Report } from '../../../src/application/checks/report.ts';
import { type Clinic, doctor, startClinic, withSettingsFile } from './site.ts';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await startClinic();
});
afterAll(() => clinic?.close());

const NEEDS_MORE = [
  'fulfilment-token',
  'test-mail',
  'self-activating-plans',
  'last-webhook',
  'last-reconcile',
  'registration-fulfilment',
  'service-principal',
  'registration-landing',
  'registration-console',
  'identity-roles',
  'mail-domain',
];

test('a whole site on one machine is well: exit code 0, and what was not looked at says how to prove it', async () => {
  const { code, stdout, stderr } = await doctor(['--json'], clinic.settings());

  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as Report;
  const states = Object.fromEntries(report.checks.map(({ id, state }) => [id, state]));
  expect(Object.entries(states).filter(([, state]) => state === 'failed')).toEqual([]);
  expect(Object.keys(states).filter((id) => states[id] === 'not-checked')).toEqual(NEEDS_MORE);
  // The pages' example addresses.
  expect(Object.keys(states).filter((id) => states[id] === 'warning')).toEqual(['privacy-and-terms']);
  expect(report.ok).toBe(true);
  expect(code).toBe(0);
  for (const { state, fix } of report.checks) if (state !== 'ok') expect(fix).toMatch(/\w/);
});

test('settings from a file do the same, by the command as it is typed, in words that end with what Partner Center asks for', async () => {
  const { code, stdout } = await withSettingsFile({ IsEncrypted: false, Values: clinic.settings() }, (file) =>
    doctor(['--settings', file], {}, 'doctor/main.ts'),
  );

  expect(code).toBe(0);
  const fields = [...stdout.matchAll(/^ {2}(\w[\w -]*?)(?: {2,}.*)?$/gm)].map(([, field]) => field);
  expect(fields).toEqual([
    'Landing page URL',
    'Connection webhook',
    'Microsoft Entra tenant ID',
    'Microsoft Entra application ID',
    'Resolve',
    'Activate',
    'Update',
    'Suspend',
    'Delete',
  ]);
  expect(stdout).toContain(`${clinic.api.base()}/webhook`);
  expect(stdout).toMatch(/\d+ ok, 0 FAILED, 1 warning, 11 not checked\.\n$/);
});

test('nothing of it is a secret', async () => {
  const { stdout } = await doctor(['--json'], clinic.settings());
  const secrets = [/AccountKey=([^;]+)/, /accesskey=([^;]+)/i].flatMap((pattern) =>
    Object.values(clinic.settings()).flatMap((value) => pattern.exec(value)?.[1] ?? []),
  );
  expect(secrets).toHaveLength(2);
  for (const secret of secrets) expect(stdout).not.toContain(secret);
  expect(stdout).not.toMatch(/eyJ|@/);
});
