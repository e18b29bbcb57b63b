// Design 7: refresh asks Microsoft now, note writes on the timeline, start begins a set-up that nobody asked for.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Comparison, startComparison } from './comparison.ts';

let comparison: Comparison;
beforeAll(async () => {
  comparison = await startComparison();
});
afterAll(() => comparison.close());

const operate = async (id: string, act: string, body?: unknown) => {
  const { status, problem } = await comparison.api.operate('operator', id, act, body);
  return status < 300 ? String(status) : `${status} ${problem.code}`;
};
const allowed = async (id: string) => {
  const { subscription } = (await comparison.api.look('operator', id)).body;
  return subscription.allowedOperations.filter((one) => one.allowed).map(({ name }) => name);
};

describe('refresh', () => {
  test('keeps the reason', async () => {
    const id = await comparison.active();

    expect((await comparison.api.operate('operator', id, 'refresh', { reason: 'They called.' })).status).toBe(202);

    const { timeline } = (await comparison.api.look('reader', id)).body;
    expect(timeline).toContainEqual(expect.objectContaining({ what: 'note', detail: 'They called.' }));
  });

  test('takes over what Microsoft says now, in the name of the operator', async () => {
    const id = await comparison.active({ planId: 'team', quantity: 5 });
    await comparison.secretly(id, { quantity: 8 });

    const { status, body } = await comparison.api.operate('operator', id, 'refresh');

    expect([status, body.subscription.quantity]).toEqual([202, 8]);
    const repairs = (await comparison.timeline(id)).filter(({ what }) => what === 'repaired');
    expect(repairs).toEqual([expect.objectContaining({ detail: 'quantity 5 to 8' })]);
    expect(repairs[0]?.actor).not.toMatch(/system|microsoft/);
  });

  test('is 503 when Microsoft cannot be asked, and changes nothing', async () => {
    const id = await comparison.resolved();
    const before = await comparison.stored.record(id);
    await comparison.marketplace.faults({ operation: 'get', status: 503, retryAfterSeconds: 60 });

    expect(await operate(id, 'refresh')).toBe('503 marketplace-unavailable');
    expect(await comparison.stored.record(id)).toEqual(before);
  });
});

describe('note', () => {
  test('stands on the timeline with its words and its author; without words it is refused', async () => {
    const id = await comparison.resolved();

    expect(await operate(id, 'note')).toBe('409 reason-required');
    expect(await operate(id, 'note', { reason: 'They call back on Monday.' })).toBe('202');

    const [line] = (await comparison.timeline(id)).filter(({ what }) => what === 'note');
    expect(line).toMatchObject({ detail: 'They call back on Monday.' });
    expect(line?.actor).not.toMatch(/system|microsoft/);
  });
});

describe('start', () => {
  test('begins the set-up of a purchase whose buyer has not asked for it, once', async () => {
    const id = await comparison.resolved();
    expect(await allowed(id)).toContain('start');

    expect(await operate(id, 'start', { reason: 'By telephone.' })).toBe('202');
    expect(await operate(id, 'start')).toBe('409 already-started');

    await comparison.atStage(id, 'awaiting-confirmation');
    expect(await allowed(id)).not.toContain('start');
    expect((await comparison.timeline(id)).filter(({ what }) => what === 'set-up-started')).toEqual([
      expect.objectContaining({ detail: 'By telephone.' }),
    ]);
  });

  test('is refused for what the buyer began, and for what has ended', async () => {
    const begun = await comparison.onboarded();
    expect(await operate(begun, 'start')).toBe('409 already-started');

    const ended = await comparison.resolved();
    await comparison.marketplace.act(ended, { action: 'Unsubscribe' });
    await comparison.atStage(ended, 'cancelled');
    expect(await operate(ended, 'start')).toBe('409 subscription-cancelled');
  });
});

test('a reader sees the reconciliation and may not ask for one', async () => {
  const token = await comparison.api.consoleToken('reader');
  expect((await comparison.api.send('GET', '/operator/reconcile', token)).status).toBe(200);
  const asked = await comparison.api.send('POST', '/operator/reconcile', token, {});
  expect([asked.status, asked.problem.code]).toEqual([403, 'not-an-operator']);
});
