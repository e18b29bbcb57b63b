import { TableServiceClient } from '@azure/data-tables';
import { QueueServiceClient } from '@azure/storage-queue';
import type { Outbound, When } from '../../support/killing-proxy.ts';
import { type Drive, goFirst } from './drives.ts';
import { ACTS, type Act, type Kind } from './kinds.ts';
import { guidsOf, isOfApp } from './requests.ts';
import { type Asked, atRest } from './rest.ts';
import { buy, type Subject } from './subject.ts';
import type { MortalWorld } from './world.ts';

/** One kill: at which request, when, and what the person saw. `mendedBy`: what it took afterwards. */
export type Kill = Asked & Omit<Point, 'kind'> & { seen: string; mendedBy?: string };

const WHENS: When[] = ['before', 'after'];

/**
 * So many die together, each at a point of its own: a process that starts is the dearest of it all. No more than a queue is
 * read for while they are held (`newBatchThreshold`).
 */
const TOGETHER = 8;

/**
 * Whether a point is reached in a process of its own. Nobody waits for a queue longer than 2 s, so the others may come too
 * late for who is held there; and a message that is there is read at once.
 */
export const goesAlone = (request: string): boolean => request.startsWith('enqueue');

/** Every subject there is, by each GUID that stands for it. */
const owners = new Map<string, Subject>();

export const newSubject = async (world: MortalWorld, kind?: Kind): Promise<Subject> => {
  const subject = await buy(world, kind);
  for (const guid of [subject.id, subject.organization]) owners.set(guid, subject);
  return subject;
};

/** The subject's requests, and those that speak of nobody; others' work, which the sweep may wake, is not counted. */
export const own =
  (subject: Subject) =>
  (request: Outbound): boolean =>
    isOfApp(request) && guidsOf(request).every((guid) => (owners.get(guid) ?? subject) === subject);

type At = Asked & { n: number; when: When; isMeant?: (request: Outbound) => boolean };

/** Each goes as far as its point; then the process dies of all of them. Answers at which requests. */
const killAtOnce = async (world: MortalWorld, all: At[]): Promise<string[]> => {
  const struck = world.arm(
    all.map(({ subject, n, when, isMeant }) => {
      const isOwn = own(subject);
      return { n, when, counts: (request: Outbound) => isOwn(request) && (isMeant?.(request) ?? true) };
    }),
  );
  await Promise.all(all.map(({ subject, act }) => subject.ask(act)));
  const requests = await struck;
  const missed = all.filter((_, index) => !requests[index]).map(({ act, n }) => `request ${n} of ${act}`);
  if (missed.length > 0)
    throw new Error(`There was nothing to be killed at: ${missed.join(', ')}.\n${world.host().output()}`);
  await world.restart();
  return requests.map((request) => (request ? world.wire.nameOf(request) : ''));
};

const seenBy = (subject: Subject, act: Act): string => String(subject.answered[act] ?? 'no answer');

/** Brings subjects to where `act` is next. */
const prepare = async (world: MortalWorld, all: Asked[]): Promise<void> => {
  for (const [index, act] of ACTS.entries()) {
    const asking = all.filter((one) => ACTS.indexOf(one.act) > index).map(({ subject }) => ({ subject, act }));
    await Promise.all(asking.map(({ subject }) => subject.ask(act)));
    await atRest(world, asking);
  }
};

/** What the app makes when it is missing, and the request at which it is found so. */
const FIRST_TIMES: { act: Act; missing: string; requests: string[] }[] = [
  { act: 'resolve', missing: 'table Subscriptions', requests: ['create table Subscriptions'] },
  {
    act: 'resolve',
    missing: 'table Offers',
    requests: ['create table Offers', 'Marketplace plans', 'write plan names'],
  },
  { act: 'onboard', missing: 'table Organizations', requests: ['create table Organizations'] },
  { act: 'onboard', missing: 'queue provisioning', requests: ['create queue provisioning'] },
  { act: 'onboard', missing: 'queue notifications', requests: ['create queue notifications'] },
];

const remove = async ({ storage: { connectionString } }: MortalWorld, what: string): Promise<unknown> => {
  const [kind, name = ''] = what.split(' ');
  if (kind === 'queue')
    return QueueServiceClient.fromConnectionString(connectionString).getQueueClient(name).deleteIfExists();
  const options = { allowInsecureConnection: true };
  return TableServiceClient.fromConnectionString(connectionString, options).deleteTable(name);
};

/** Kills at the requests that only an empty storage sees. What is removed is empty each time: that is where it is killed. */
export const killFirstTimes = async (world: MortalWorld): Promise<Kill[]> => {
  const kills: Kill[] = [];
  for (const { act, missing, requests } of FIRST_TIMES) {
    for (const request of requests) {
      for (const when of WHENS) {
        const asked = { subject: await newSubject(world), act };
        await prepare(world, [asked]);
        await remove(world, missing);
        await killAtOnce(world, [{ ...asked, n: 1, when, isMeant: (one) => world.wire.nameOf(one) === request }]);
        const place = kills.length - 1000;
        const seen = seenBy(asked.subject, act);
        kills.push({ ...asked, place, phase: 'first time', n: 1, request, when, seen });
      }
    }
  }
  await goFirst(world);
  return kills;
};

/** Where to kill: `place` is its place in the order of the journey. */
export type Point = { place: number; act: Act; kind: Kind; phase: string; n: number; request: string; when: When };

/** Every request of every part of the journey, before it leaves and after its answer came. */
export const pointsOf = (drives: Drive[]): Point[] =>
  drives
    .flatMap(({ act, kind, requests }) =>
      requests.flatMap(({ name: request, phase }, index) =>
        phase === undefined ? [] : WHENS.map((when) => ({ act, kind, phase, n: index + 1, request, when })),
      ),
    )
    .map((point, place) => ({ ...point, place }));

/**
 * Those who die together: in the same part of the journey, so that nobody is held for long. Whoever lands goes alone, too: what
 * a process remembers for everybody only the first one asks for.
 */
export const batchesOf = (points: Point[]): Point[][] => {
  const batches: Point[][] = [];
  const open = new Map<string, Point[]>();
  for (const point of points) {
    const { act, kind, phase, request } = point;
    const part = `${act} ${kind} ${phase}`;
    const batch = open.get(part);
    const isAlone = act === 'resolve' || goesAlone(request);
    if (!isAlone && batch && batch.length < TOGETHER) {
      batch.push(point);
      continue;
    }
    const begun = [point];
    batches.push(begun);
    if (!isAlone) open.set(part, begun);
  }
  return batches;
};

/** Kills at each point, each time for another subject. */
export const killAt = async (world: MortalWorld, batches: Point[][]): Promise<Kill[]> => {
  const withSubject = async (point: Point) => ({ ...point, subject: await newSubject(world, point.kind) });
  const planned = await Promise.all(batches.map((batch) => Promise.all(batch.map(withSubject))));
  await prepare(world, planned.flat());
  await world.restart();
  const kills: Kill[] = [];
  for (const batch of planned) {
    const before = world.wire.sent().length;
    const killedAt = await killAtOnce(world, batch);
    const left = () => world.wire.sent().slice(before).join('; ');
    for (const [index, point] of batch.entries()) {
      const { act, n, request, subject } = point;
      const found = killedAt[index];
      if (found !== request)
        throw new Error(`Request ${n} of ${act} was ${found}, at the rehearsal ${request}. There left: ${left()}`);
      kills.push({ ...point, seen: seenBy(subject, act) });
    }
  }
  return kills;
};
