// The same checks by the app itself: every hour, and for operators.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Report } from '../../../src/application/checks/report.ts';
import { type Clinic, doctor, startClinic } from './site.ts';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await startClinic();
});
afterAll(() => clinic?.close());

type Line = { event: string; code?: string; count?: number; function: string };

const lines = (): Line[] =>
  [
    ...clinic
      .host()
      .output()
      .matchAll(/\{"event":.*\}/g),
  ].map(([line]) => JSON.parse(line) as Line);

/** Runs it in a fresh process; what it said. */
const sung = async (): Promise<Line[]> => {
  await clinic.restart();
  // The pages know the first address only.
  await fetch(`${clinic.host().url}/admin/functions/canary?wait=true`, { method: 'POST' });
  return lines().filter(({ event }) => event.startsWith('PEG_CANARY'));
};

const setUp = async (person = 'reader') =>
  clinic.api.send<Report>('GET', '/operator/set-up', await clinic.api.consoleToken(person));

test('operators and readers see what the app finds, and the app looks seldom', async () => {
  const first = await setUp();
  expect(first.status).toBe(200);
  expect(first.body.ok).toBe(true);
  const { checks } = JSON.parse((await doctor(['--json'], clinic.settings())).stdout) as Report;
  const states = (all: Report['checks']) => all.map(({ id, state }) => `${id} ${state}`);
  expect(states(first.body.checks)).toEqual(states(checks));

  const refusals = () => lines().filter(({ event }) => event === 'PEG_WEBHOOK_REFUSED').length;
  const before = refusals();
  expect((await setUp('operator')).body.checkedAt).toBe(first.body.checkedAt);
  expect(refusals()).toBe(before);
  expect((await setUp('buyer')).status).toBe(403);
});

test('all well is one green line', async () => {
  await fetch(`${clinic.host().url}/admin/functions/canary?wait=true`, { method: 'POST' });
  expect(lines().filter(({ event }) => event.startsWith('PEG_CANARY'))).toMatchObject([
    { event: 'PEG_CANARY_GREEN', count: expect.any(Number), function: 'canary' },
  ]);
});

test('what is wrong is a red line for each check, by its name, and no green one', async () => {
  await clinic.marketplace.faults({ operation: 'list', status: 403, times: 1 });
  const red = await sung();
  expect(red.map(({ event }) => event)).not.toContain('PEG_CANARY_GREEN');
  expect(red).toContainEqual(expect.objectContaining({ event: 'PEG_CANARY_RED', code: 'list-subscriptions' }));
  expect(clinic.host().output()).toMatch(/error.*PEG_CANARY_RED|PEG_CANARY_RED/);
});

test('red is exit code 1, with why, what to do, and how to see that it is mended', async () => {
  await clinic.marketplace.faults({
    operation: 'list',
    status: 403,
    body: '"... is authenticated but is not registered."',
    times: 1,
  });
  const { code, stdout } = await doctor(['--api', clinic.api.base()], clinic.settings());
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^FAILED {7}Calls of the Marketplace: .*\n +why: +No offer of any publisher.*\n +do: +partner\.microsoft\.com > .*\n +then: npm run doctor -- --api \S+ --only list-subscriptions/m,
  );
});
