import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { CONTOSO_TENANT } from '../../../local/people.ts';
import type { View } from '../../../src/application/view.ts';
import { eventually } from '../../support/eventually.ts';
import { type Seen, storageProxy } from '../../support/storage-proxy.ts';
import { startWorld, type World } from '../../support/world.ts';
import { journeys } from '../http/journeys.ts';
import { later } from './later.ts';
import { stored } from './stored.ts';

const NOW = later(0);
const proxy = storageProxy();
let world: World;
let storage: ReturnType<typeof stored>;
beforeAll(async () => {
  // A message that a killed host had taken appears again after this many seconds instead of ten minutes.
  world = await startWorld({ storageThrough: proxy.through, env: { HOST_LEASE_SECONDS: '2', ...NOW } });
  storage = stored(world.storage.connectionString);
});
afterEach(async () => {
  proxy.tables().pull();
  proxy.queues().pull();
  if (world.settings()['NODE_OPTIONS'] !== NOW['NODE_OPTIONS']) await world.restart(NOW);
});
afterAll(async () => {
  await world.close();
  await proxy.close();
});

const message = (subscriptionId: string) => JSON.stringify({ v: 1, subscriptionId });

/** Writes from the first claim to the last mail: five steps of the set-up, a message, two mails claimed and sent. */
const POINTS = 11;

const NO_MESSAGES = '<?xml version="1.0"?><QueueMessagesList />';

/** Messages of these queues are not handed out until the test ends or `proxy.queues().pull()`. */
const hold = (...queues: string[]): void =>
  proxy.queues().pull(async ({ method, url }, phase) => {
    const isReceive =
      phase === 'before' && method === 'GET' && queues.some((name) => url.includes(`/${name}/messages`));
    return isReceive ? { status: 200, body: NO_MESSAGES } : undefined;
  });

const mailsAbout = async (id: string) => (await world.mailbox.mails()).filter((mail) => mail.text.includes(id));

const isSetUp = ({ stage, steps }: View) =>
  stage === 'awaiting-confirmation' && steps.every(({ state }) => state === 'done' || state === 'held');

/** The organization and its user stand once, and each mail that the record speaks of has arrived once. */
const expectDoneOnce = async (id: string, organization: string = CONTOSO_TENANT): Promise<void> => {
  await journeys(world).seen(id, isSetUp);
  const { mails } = await eventually(
    () => storage.record(id),
    (record) => record.mails.every(({ state }) => state === 'sent'),
  );
  const arrived = await mailsAbout(id);
  expect(mails).toHaveLength(2);
  expect(arrived.map(({ to }) => to).toSorted()).toEqual(mails.map(({ to }) => to).toSorted());
  const { organizations, users } = await storage.organization(organization);
  expect([organizations.length, users.length]).toEqual([1, 1]);
  expect(organizations[0]?.claims).toHaveProperty(id);
};

describe('a message in the poison queue', () => {
  test('marks the set-up failed and the operators are told once, however many come, and a retry does it', async () => {
    const { api } = world;
    const { onboarded, seen, operatorMails, quiet } = journeys(world);
    hold('provisioning');
    const id = await onboarded();
    await storage.send('provisioning-poison', message(id));
    await storage.send('provisioning-poison', message(id));

    const failed = await seen(id, ({ steps }) => steps[0]?.state === 'failed');

    expect(failed.steps[0]).toMatchObject({ name: 'organization', code: 'poisoned' });
    expect(failed).toMatchObject({ stage: 'provisioning', next: { who: 'publisher', action: 'retry' } });
    await eventually(
      () => storage.peek('provisioning-poison'),
      (left) => left.length === 0,
    );
    await eventually(
      () => operatorMails(id),
      (mails) => mails.length === 2,
    );
    proxy.queues().pull();
    await quiet();
    const subjects = (await operatorMails(id)).map(({ subject }) => subject.replace(/:.*/, '')).toSorted();
    expect(subjects).toEqual(['New onboarding', 'Set-up failed (Organization)']);

    expect((await api.operate('operator', id, 'retry')).status).toBe(202);

    await seen(id, isSetUp);
    expect(await operatorMails(id)).toHaveLength(2);
  });

  test('marks the mail failed, tells nobody by mail, and a retry sends it once', async () => {
    const { api } = world;
    const { onboarded, seen, quiet } = journeys(world);
    hold('notifications');
    const id = await onboarded();
    await seen(id, ({ stage }) => stage === 'awaiting-confirmation');
    await storage.send('notifications-poison', message(id));
    await storage.send('notifications-poison', message(id));

    const failed = await seen(id, ({ steps }) => steps[2]?.state === 'failed');

    expect(failed).toMatchObject({ stage: 'awaiting-confirmation' });
    expect(failed.steps[2]).toMatchObject({ name: 'notification', code: 'poisoned' });
    proxy.queues().pull();
    await quiet();
    expect(await mailsAbout(id)).toEqual([]);
    expect((await api.operate('operator', id, 'retry')).status).toBe(202);
    await expectDoneOnce(id);
  });

  test('marks an activation failed that Microsoft was never asked for, and it can be asked for again', async () => {
    const { api, marketplace } = world;
    const { confirmed, atStage, operatorMails } = journeys(world);
    const id = await confirmed();
    hold('provisioning');
    await api.activate('buyer', id);
    await storage.send('provisioning-poison', message(id));

    expect((await atStage(id, 'activation-failed')).activationCode).toBe('poisoned');

    await eventually(
      () => operatorMails(id),
      (mails) => mails.some(({ subject }) => subject.startsWith('Activation failed')),
    );
    proxy.queues().pull();
    await api.activate('buyer', id);
    await atStage(id, 'active');
    expect(await marketplace.truth(id)).toMatchObject({ activations: 1, activateCalls: 1 });
  });

  test('about a subscription that has nothing to do changes nothing', async () => {
    const id = await journeys(world).confirmed();
    await journeys(world).quiet();
    const before = await storage.record(id);
    for (const queue of ['provisioning-poison', 'notifications-poison']) await storage.send(queue, message(id));
    await eventually(
      async () => [...(await storage.peek('provisioning-poison')), ...(await storage.peek('notifications-poison'))],
      (left) => left.length === 0,
    );
    await journeys(world).quiet();
    expect(await storage.record(id)).toEqual(before);
  });
});

test('messages that nobody can read are dropped, and the readable one behind them is not', async () => {
  const { onboarded, seen } = journeys(world);
  hold('provisioning', 'notifications');
  const id = await onboarded();
  await storage.clear('provisioning');
  const unreadable = [
    'not json',
    '{}',
    '[]',
    'null',
    '"text"',
    '7',
    message('').replace('1', '2'),
    message(''),
    btoa(message(id)),
  ];
  const queues = ['provisioning', 'notifications', 'provisioning-poison', 'notifications-poison'];
  for (const queue of queues) for (const text of unreadable) await storage.send(queue, text);
  await storage.send('provisioning', message(id));
  const reports = () => world.host().output().split('PEG_MESSAGE_UNREADABLE').length - 1;

  proxy.queues().pull();

  await seen(id, isSetUp);
  await eventually(
    async () => [reports(), await storage.count('provisioning-poison'), await storage.count('notifications-poison')],
    (counts) => String(counts) === `${queues.length * unreadable.length},0,0`,
  );
  await expectDoneOnce(id);
  // Thrown back, they would come again in half a minute, unseen until then.
  expect(world.host().output()).not.toContain('failed (invocation');
});

describe('kill -9', () => {
  test('right after the 202 loses nothing', async () => {
    const { onboarded } = journeys(world);
    hold('provisioning');
    const id = await onboarded();
    await world.host().kill();
    proxy.queues().pull();

    await world.restart();

    await expectDoneOnce(id);
  });

  test('and the loss of the message: the sweep finds the work a minute later and it is done', async () => {
    const { onboarded, seen } = journeys(world);
    hold('provisioning');
    const id = await onboarded();
    const askedAt = Date.parse((await storage.record(id)).requestedAt ?? '');
    await world.host().kill();
    await storage.clear('provisioning');
    proxy.queues().pull();
    const [due, ...others] = await storage.dueAt(id);
    expect(others).toEqual([]);
    expect((due?.getTime() ?? 0) - askedAt).toBe(60_000);

    await world.restart(later(50));
    await world.sweep();
    expect(await storage.peek('provisioning')).toEqual([]);
    expect((await seen(id, () => true)).steps[0]?.state).toBe('pending');

    await world.restart(later(61));
    await world.sweep();

    await expectDoneOnce(id);
    // What is left is days away: the reminder of an unanswered purchase.
    const left = (await storage.dueAt(id)).map((at) => at.getTime() - askedAt);
    expect(left.every((milliseconds) => milliseconds > 86_400_000)).toBe(true);
  });

  test('between the commit and the message: nobody was told 202, and it is done all the same', async () => {
    const { api } = world;
    const id = await journeys(world).resolved();
    proxy.queues().pull(async ({ method, url }, phase) => {
      if (phase !== 'before' || method !== 'POST' || !url.includes('/provisioning/messages')) return undefined;
      await world.host().kill();
      return 'cut';
    });
    await expect(api.onboard('buyer', id)).rejects.toThrow();
    proxy.queues().pull();

    await world.restart(later(61));
    await world.sweep();

    await expectDoneOnce(id);
  });

  test('while Microsoft is being asked to start billing: billed once', async () => {
    const { api, marketplace } = world;
    const { confirmed, atStage } = journeys(world);
    const id = await confirmed();
    await marketplace.faults({ operation: 'activate', delayMs: 2000 });
    await api.activate('buyer', id);
    await eventually(
      () => marketplace.truth(id),
      ({ activateCalls }) => activateCalls > 0,
    );
    await world.host().kill();
    await world.restart();
    await journeys(world).quiet();
    expect((await marketplace.truth(id)).activateCalls).toBe(1);

    await world.restart(later(200));
    await world.sweep();

    await atStage(id, 'active');
    expect(await marketplace.truth(id)).toMatchObject({ activations: 1, activateCalls: 1 });
  });

  test('at any write on the way to the last mail: all is done once when the claims have lapsed', async () => {
    const { resolvedApart } = journeys(world);
    const isWrite = ({ method, url }: Seen): boolean =>
      method !== 'GET' && (!url.includes('/messages') || (method === 'POST' && url.includes('/notifications/')));
    const all: Awaited<ReturnType<typeof resolvedApart>>[] = [];
    const killedAt: number[] = [];
    for (let point = 1; point <= POINTS; point += 1) {
      const one = await resolvedApart();
      all.push(one);
      hold('provisioning');
      await world.api.onboard('buyer', one.id);
      let writes = 0;
      let fatal: Seen | undefined;
      // Odd points die before the write reaches storage, even ones before its answer reaches the app.
      const die = async (request: Seen, phase: 'before' | 'after') => {
        if (phase === 'before' && isWrite(request) && ++writes === point) fatal = request;
        if (request !== fatal || phase !== (point % 2 === 1 ? 'before' : 'after')) return undefined;
        killedAt.push(point);
        await world.host().kill();
        return 'cut' as const;
      };
      proxy.tables().pull(die);
      proxy.queues().pull(die);
      await eventually(
        async () => killedAt,
        () => killedAt.includes(point),
      );
      proxy.tables().pull();
      proxy.queues().pull();
      await world.restart();
    }
    expect(killedAt).toHaveLength(POINTS);

    await world.restart(later(200));
    await world.sweep();

    for (const { id, organization } of all) await expectDoneOnce(id, organization);
  });
});

test('an outage of storage in the middle of the work only puts it off', async () => {
  const { api } = world;
  const { onboarded } = journeys(world);
  hold('provisioning');
  const id = await onboarded();
  proxy.tables().pull(async () => ({ status: 403 }));
  proxy.queues().pull();
  await eventually(
    async () => world.host().output(),
    (output) => output.includes('PEG_FAILED'),
  );
  expect((await api.get('buyer', id)).problem).toMatchObject({ status: 503, code: 'storage-unavailable' });
  proxy.tables().pull();

  await world.restart(later(200));
  await world.sweep();

  await expectDoneOnce(id);
});

test('a directory that cannot be reached puts the step off, visibly, and an operator may try at once', async () => {
  const { api } = world;
  const { resolvedApart, seen } = journeys(world);
  const { id, organization } = await resolvedApart();
  proxy
    .tables()
    .pull(async ({ url }, phase) =>
      phase === 'before' && url.includes('/Organizations') ? { status: 403 } : undefined,
    );
  await api.onboard('buyer', id);

  const waiting = await seen(id, ({ steps }) => steps[0]?.nextTryAt !== undefined);

  expect(waiting).toMatchObject({ stage: 'provisioning', badge: 'Pending Activation' });
  expect(waiting.steps[0]).toMatchObject({ name: 'organization', state: 'pending', code: 'storage-unavailable' });
  const seconds = (Date.parse(waiting.steps[0]?.nextTryAt ?? '') - Date.now()) / 1000;
  expect(seconds).toBeGreaterThan(10);
  expect(seconds).toBeLessThanOrEqual(30);
  proxy.tables().pull();
  expect((await api.operate('operator', id, 'retry')).status).toBe(202);
  await expectDoneOnce(id, organization);
});
