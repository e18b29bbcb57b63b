import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChangeEnding, isLost, readChangeEndings, wantedMails } from './change-ending.ts';
import { type ChangeKill, liveAndDie, POINTS } from './change-kills.ts';
import { settleChanges } from './change-settle.ts';
import { CHANGED, type Change, isAsked, unfinished } from './changes.ts';
import { goFirst } from './drives.ts';
import { type MortalWorld, startMortalWorld } from './world.ts';

// P2, P3, P4 after the activation: killed at every effect of what Microsoft tells and buyers ask, nothing is lost or doubled.
// The erasure is killed at every request in contract/erasure/killed-anywhere-it-ends-right.

/** Kills take turns with waiting: several worlds at once, each with a part of the kill points. */
const WORLDS = 3;

let worlds: MortalWorld[] = [];
let kills: ChangeKill[] = [];
const never = new Map<ChangeKill, string[]>();
const ends = new Map<string, ChangeEnding>();
/** What kept the test from going on: what was seen until then is judged all the same. */
const broken: unknown[] = [];

const live = async (world: MortalWorld, index: number): Promise<void> => {
  await goFirst(world);
  const points = POINTS.filter((_, place) => place % WORLDS === index);
  const own = await liveAndDie(world, points, index === 0 ? (Object.keys(CHANGED) as Change[]) : []);
  kills.push(...own);
  for (const kill of await settleChanges(world, own)) never.set(kill, unfinished(world, kill));
  const endingOf = await readChangeEndings(world);
  for (const kill of own) ends.set(kill.subject.id, await endingOf(kill));
};

beforeAll(async () => {
  worlds = await Promise.all(Array.from({ length: WORLDS }, () => startMortalWorld({ webhook: true })));
  const done = await Promise.allSettled(worlds.map(live));
  for (const one of done) if (one.status === 'rejected') broken.push(one.reason);
  const placeOf = ({ point }: ChangeKill) => (point ? POINTS.indexOf(point) : -1);
  kills = kills.toSorted((one, other) => placeOf(one) - placeOf(other));
}, 300_000);

const nameOf = ({ change, point }: ChangeKill): string =>
  point ? `${change}: ${point.when} ${point.request}` : `${change}: unharmed`;

afterAll(async () => {
  const lines = kills.map((kill) => {
    const end = ends.get(kill.subject.id);
    const answers = kill.answers.length > 0 ? `, the buyer was answered ${kill.answers.join(', then ')}` : '';
    const again = end?.sentAgain.length ? `, ${end.sentAgain.join(', ')}` : '';
    const said = end?.acknowledgements.length ? `, PATCH answered ${end.acknowledgements.join(', then ')}` : '';
    return `${nameOf(kill)}${answers}${said}${again}`;
  });
  process.stdout.write(`${lines.join('\n')}\n`);
  await Promise.all(worlds.map((world) => world.close()));
});

/** The kills after which something was not as it should be, and what. */
const wrong = (look: (kill: ChangeKill, end: ChangeEnding) => unknown): string[] =>
  kills.flatMap((kill) => {
    const end = ends.get(kill.subject.id);
    const found = end ? look(kill, end) : 'no ending';
    return found ? [`${nameOf(kill)}: ${JSON.stringify(found)}`] : [];
  });

const times = (list: string[], one: string): number => list.filter((other) => other === one).length;

/** It was asked for twice, because of the first time nothing was left. */
const isAskedTwice = ({ timeline }: ChangeEnding): boolean => times(timeline, 'change-unconfirmed') > 0;

test('every point was a kill', () => {
  expect(broken).toEqual([]);
  expect(kills.filter(({ missed }) => missed).map((kill) => [nameOf(kill), kill.missed])).toEqual([]);
  expect(kills.filter(({ point }) => point)).toHaveLength(POINTS.length);
  // Whoever was killed over a request of their own, and not over the work behind it, got no answer.
  const asking = kills.filter(({ change, point }) => isAsked(change) && point && !point.request.includes('-changed'));
  expect(asking.filter(({ answers }) => answers[0] !== 'no answer').map(nameOf)).toEqual([]);
});

test('P2: what was told or taken is done when the claims of the dead have lapsed, without a message', () => {
  expect([...never].map(([kill, faults]) => `${nameOf(kill)}: ${faults.join(', ')}`)).toEqual([]);
});

test('P4: the record says what Microsoft says, and the workspace what the record says', () => {
  expect(wrong((_kill, { faults }) => faults.length > 0 && faults)).toEqual([]);
});

test('P3: one operation for each request of a buyer, and each change stands in the history once', () => {
  expect(wrong((_kill, { operations }) => operations.length !== 1 && operations)).toEqual([]);
  expect(
    wrong(({ change }, { timeline }) => {
      const counts = CHANGED[change].once.map((what) => [times(timeline, what), what] as const);
      return counts.filter(([count]) => count !== 1).map(([count, what]) => `${count} x ${what}`)[0];
    }),
  ).toEqual([]);
  expect(
    wrong((kill, end) => {
      const wanted = isAsked(kill.change) ? (isAskedTwice(end) ? 2 : 1) : 0;
      const requested = times(end.timeline, 'change-requested');
      return requested === wanted && (!isAskedTwice(end) || isLost(kill)) ? undefined : end.timeline;
    }),
  ).toEqual([]);
});

test('P3: our word is taken once for each operation, and said again only by those who follow a dead one', () => {
  expect(
    wrong(({ point }, { acknowledgements }) => {
      const [first, ...others] = acknowledgements;
      const isFine = (first ?? 200) === 200 && others.every((status) => status === 409);
      return (!isFine || (others.length > 0 && !point)) && acknowledgements;
    }),
  ).toEqual([]);
  const unharmed = kills.find(({ change, point }) => change === 'seats told' && !point);
  expect(ends.get(unharmed?.subject.id ?? '')?.acknowledgements).toEqual([200]);
});

test('P3: each mail is in the mailbox once, and sent again only after a kill, under its own id', () => {
  expect(wrong((kill, end) => end.mails.join() !== wantedMails(kill, isAskedTwice(end)).join() && end.mails)).toEqual(
    [],
  );
  expect(
    wrong(({ point }, { sentAgain }) => {
      // The mails go their own way beside the rest: whoever is killed over something else may lose one's answer, too.
      if (!point) return sentAgain.join();
      const isAnswerLost = point.request.startsWith('send ') && point.when === 'after';
      return isAnswerLost && sentAgain.length === 0 && 'not sent again';
    }),
  ).toEqual([]);
});

test('P3: every effect outside is claimed before it is tried, and not tried when the record says done', () => {
  expect(worlds.flatMap(({ wire }) => wire.faults())).toEqual([]);
});
