import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OPERATOR_EMAIL } from '../../support/world.ts';
import { deliverOften } from './deliveries.ts';
import { type Drive, rehearse } from './drives.ts';
import { type Ending, readEndings } from './ending.ts';
import { batchesOf, type Kill, killAt, killFirstTimes, type Point, pointsOf } from './kills.ts';
import { ENDS } from './kinds.ts';
import { finish, settle } from './settle.ts';
import { type MortalWorld, startMortalWorld } from './world.ts';

/** Kill points of each part of the journey: two at each request that it needs. Fewer, and something was not killed. */
const AT_LEAST: Record<string, number> = {
  'first time': 14,
  resolve: 8,
  onboard: 6,
  provisioning: 16,
  confirm: 6,
  activate: 6,
  activation: 20,
  'mail already-billed': 10,
  'mail request-received': 8,
  'mail new-onboarding': 6,
  'mail workspace-ready': 8,
  'mail billing-started': 8,
  'mail billing-started-operators': 6,
  'organization exists': 8,
  'held admin user': 6,
  'failed step': 4,
  'mail step-failed': 6,
  'failed activation': 4,
  'mail activation-failed': 6,
  'not active yet': 4,
};

/** Kills take turns with waiting: several worlds at once, each with a part of the kill points. */
const WORLDS = 3;

let worlds: MortalWorld[] = [];
let drives: Drive[] = [];
/** What kept the test from going on: what was seen until then is judged all the same. */
const broken: unknown[] = [];
let triedOften: string[] = [];
let kills: Kill[] = [];
const neverMended: Kill[] = [];
const billedUnasked: Kill[] = [];
const ends = new Map<string, Ending>();

/** Kills at the points, then lets all mend and go on to the end of the journey. */
const live = async (world: MortalWorld, killed: Kill[], batches: Point[][]): Promise<void> => {
  const own = [...killed, ...(await killAt(world, batches))];
  kills.push(...own);
  const never = await settle(world, own);
  neverMended.push(...never);
  const mended = own.filter((kill) => !never.includes(kill));
  await finish(world, mended, async () => {
    for (const kill of mended.filter(({ subject }) => subject.asked.activate === undefined)) {
      if ((await world.marketplace.truth(kill.subject.id)).activateCalls > 0) billedUnasked.push(kill);
    }
  });
  const endingOf = await readEndings(world);
  for (const { subject } of mended) ends.set(subject.id, await endingOf(subject));
};

const walkAndKill = async (): Promise<void> => {
  const [first, second, third] = worlds;
  if (!first || !second || !third)
    throw new Error('Three worlds are needed: for the first times, for the rehearsal, for many deliveries.');
  const often = deliverOften(third).then((tried) => {
    triedOften = tried;
  });
  const [firstTimes, rehearsed] = await Promise.all([killFirstTimes(first), rehearse(second), often]);
  drives = rehearsed;
  const batches = batchesOf(pointsOf(drives));
  const partOf = (index: number) => batches.filter((_, place) => place % worlds.length === index);
  await Promise.all(worlds.map((world, index) => live(world, world === first ? firstTimes : [], partOf(index))));
};

beforeAll(async () => {
  worlds = await Promise.all(Array.from({ length: WORLDS }, () => startMortalWorld()));
  await walkAndKill().catch((error: unknown) => broken.push(error));
  kills = kills.toSorted((one, other) => one.place - other.place);
}, 600_000);

const HEAD = ['phase', 'n', 'request', 'when', 'caller saw', 'mended by', 'mails sent again'];

afterAll(async () => {
  const rows = kills.map((kill) => {
    const again = ends.get(kill.subject.id)?.sentAgain.join(', ') ?? '';
    return [kill.phase, String(kill.n), kill.request, kill.when, kill.seen, kill.mendedBy ?? '', again];
  });
  const widths = HEAD.map((_, column) => Math.max(...[HEAD, ...rows].map((row) => row[column]?.length ?? 0)));
  const lines = [HEAD, ...rows].map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  process.stdout.write(`${lines.map((line) => line.trimEnd()).join('\n')}\n`);
  await Promise.all(worlds.map((world) => world.close()));
});

const nameOf = ({ phase, n, request, when }: Kill): string => `${phase} ${n} ${request} ${when}`;

/** The kills after which something was not as it should be, and what. */
const wrong = (look: (kill: Kill, end: Ending) => unknown): string[] =>
  kills
    .filter((kill) => !neverMended.includes(kill))
    .flatMap((kill) => {
      const end = ends.get(kill.subject.id);
      const found = end ? look(kill, end) : 'no ending';
      return found ? [`${nameOf(kill)}: ${JSON.stringify(found)}`] : [];
    });

/** What was seen on the wire against a promise. */
const faults = (promise: string): string[] =>
  worlds.flatMap(({ wire }) => wire.faults()).filter((fault) => fault.startsWith(promise));

const times = (list: string[], one: string): number => list.filter((other) => other === one).length;

test('every request of every part of the journey was a kill point', () => {
  expect(broken).toEqual([]);
  const phases = kills.map(({ phase }) => phase);
  expect(Object.entries(AT_LEAST).filter(([phase, least]) => times(phases, phase) < least)).toEqual([]);
  expect(phases.filter((phase) => AT_LEAST[phase] === undefined)).toEqual([]);
});

test('whoever was killed over a request of their own got no answer', () => {
  const own = kills.filter(({ phase, act }) => phase === act);
  expect(own.length).toBeGreaterThan(0);
  expect(own.filter(({ seen }) => seen !== 'no answer').map((kill) => `${nameOf(kill)}: ${kill.seen}`)).toEqual([]);
});

test('what a request decides is committed before its message leaves', () => {
  for (const { requests } of drives) {
    const names = requests.map(({ name }) => name);
    const [commit, message] = ['commit', 'enqueue'].map((verb) => names.findIndex((name) => name.startsWith(verb)));
    expect(commit).toBeGreaterThanOrEqual(0);
    if (message !== -1) expect(message).toBeGreaterThan(commit ?? 0);
  }
});

test('P1: Microsoft is asked to bill only after the set-up was confirmed and somebody asked for it', () => {
  expect(billedUnasked.map(nameOf)).toEqual([]);
  expect(faults('P1')).toEqual([]);
  expect(
    wrong(({ subject: { asked } }, { activateCalls, timeline }) => {
      const isEarly = activateCalls.some((at) => asked.activate === undefined || at < asked.activate);
      const isConfirmed = timeline.indexOf('set-up-confirmed') < timeline.indexOf('activation-requested');
      return isEarly || (activateCalls.length > 0 && !isConfirmed) ? { activateCalls, asked, timeline } : undefined;
    }),
  ).toEqual([]);
});

test('P2: what was answered, or asked again, is done when the claims of the dead have lapsed', () => {
  expect(neverMended.map(nameOf)).toEqual([]);
  expect(
    wrong(({ subject: { kind } }, { stage, steps }) => {
      const wanted = ENDS[kind];
      return stage === wanted.stage && steps.join() === wanted.steps.join() ? undefined : { stage, steps };
    }),
  ).toEqual([]);
});

test('P3: one organization, one admin user, one activation', () => {
  expect(
    wrong(({ subject: { kind } }, { organizations, users, activations, activateCalls }) => {
      const counts = { organizations, users, activations, activateCalls: activateCalls.length };
      const isWanted = (Object.keys(counts) as (keyof typeof counts)[]).every((one) => counts[one] === ENDS[kind][one]);
      return isWanted ? undefined : counts;
    }),
  ).toEqual([]);
  expect(
    wrong(({ subject: { kind } }, { timeline }) => {
      const counts = ENDS[kind].once.map((what) => [times(timeline, what), what] as const);
      return counts.filter(([count]) => count !== 1).map(([count, what]) => `${count} x ${what}`)[0];
    }),
  ).toEqual([]);
});

test('P3: each mail is in the mailbox once, and sent again only under its own id', () => {
  expect(
    wrong(({ subject: { contact, kind } }, { mails }) => {
      const { buyer, operators } = ENDS[kind];
      const wanted = [
        ...buyer.map((mail) => `${mail} to ${contact}`),
        ...operators.map((mail) => `${mail} to ${OPERATOR_EMAIL}`),
      ].toSorted();
      return mails.join() === wanted.join() ? undefined : mails;
    }),
  ).toEqual([]);
  const isAnswerLost = ({ request, when }: Kill): boolean => request.startsWith('send ') && when === 'after';
  expect(kills.filter(isAnswerLost).length).toBeGreaterThanOrEqual(8);
  expect(wrong((kill, { sentAgain }) => isAnswerLost(kill) && sentAgain.length === 0)).toEqual([]);
});

test('P3: every effect outside is claimed on the record before it is tried, and not tried when the record says done', () => {
  expect(faults('P3')).toEqual([]);
});

test('P3: each effect is tried once when its messages come many times at once', () => {
  const { buyer, operators } = ENDS.plain;
  const mails = [...buyer, ...operators].map((kind) => `send ${kind}`);
  const wanted = ['create organization', 'create admin-user', 'Marketplace activate', ...mails];
  expect(triedOften.toSorted()).toEqual(wanted.toSorted());
});
