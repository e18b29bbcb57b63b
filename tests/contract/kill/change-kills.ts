import type { When } from '../../support/killing-proxy.ts';
import { type Change, type Changing, finished, newChanging } from './changes.ts';
import { goesAlone, own } from './kills.ts';
import { ACTS } from './kinds.ts';
import { atRest } from './rest.ts';
import type { MortalWorld } from './world.ts';

/** Where to die: at which request of a change, before it leaves or after its answer came. */
export type ChangePoint = { change: Change; request: string; when: When };

/** One that was killed over, or, without a point, none was. `missed`: what left of all meanwhile, where the point never came. */
export type ChangeKill = Changing & { point?: ChangePoint; missed?: string[] };

type Mortal = ChangeKill & { point: ChangePoint };

/** So many die together: neighbours in the order of the points, so that nobody is held for long. */
const TOGETHER = 4;

/** How long a change that nobody is killed over may take. */
const UNHARMED_MS = 20_000;

const BOTH: When[] = ['before', 'after'];
// Once a message is there, its reader is killed in his turn.
const FIRST: When[] = ['before'];

/** The requests that have an effect, in their order, of what differs from change to change. */
const EFFECTS: [Change, When[], string[]][] = [
  ['seats told', BOTH, ['keep notice']],
  ['seats told', FIRST, ['enqueue marketplace-events']],
  ['seats told', BOTH, ['claim notice', 'Marketplace acknowledge', 'commit seats-changed']],
  ['seats told', FIRST, ['enqueue provisioning', 'enqueue notifications']],
  ['seats told', BOTH, ['close notice']],
  ['seats told', BOTH, ['commit claim workspace', 'tell workspace', 'commit workspace-updated', 'send change-done']],
  ['suspend told', BOTH, ['commit status-changed, suspended']],
  ['unsubscribe told', BOTH, ['commit status-changed, cancelled', 'tell workspace']],
  ['seats asked', BOTH, ['commit claim change', 'Marketplace change', 'commit nothing new']],
  ['seats asked', FIRST, ['enqueue marketplace-events']],
  ['seats asked', BOTH, ['commit seats-changed']],
  ['cancel asked', BOTH, ['commit claim change', 'Marketplace cancel', 'commit status-changed, cancelled']],
];

export const POINTS: ChangePoint[] = EFFECTS.flatMap(([change, whens, requests]) =>
  requests.flatMap((request) => whens.map((when) => ({ change, request, when }))),
);

/** Bought, set up and billed, all at once. */
export const billed = async (world: MortalWorld, all: Changing[]): Promise<void> => {
  for (const act of ACTS) {
    await Promise.all(all.map(({ subject }) => subject.ask(act)));
    await atRest(
      world,
      all.map(({ subject }) => ({ subject, act })),
    );
  }
};

/** Each comes to its point; then the process dies of all of them. Where there was no such request, what left is noted. */
const killOver = async (world: MortalWorld, kills: Mortal[]): Promise<void> => {
  const struck = world.arm(
    kills.map(({ subject, point: { when, request } }) => {
      const isOwn = own(subject);
      return { n: 1, when, counts: (one) => isOwn(one) && world.wire.nameOf(one) === request };
    }),
  );
  const before = world.wire.sent().length;
  await Promise.all(kills.map(({ begin }) => begin()));
  const requests = await struck;
  const left = world.wire.sent().slice(before);
  await world.restart();
  for (const [index, kill] of kills.entries()) if (!requests[index]) kill.missed = left;
};

/** Each point with a subscription of its own, after one of each change that nobody is killed over. */
export const liveAndDie = async (
  world: MortalWorld,
  points: ChangePoint[],
  unharmed: Change[],
): Promise<ChangeKill[]> => {
  await world.marketplace.switches({ webhookRetryGapSeconds: 1 });
  const [living, dying] = await Promise.all([
    Promise.all(unharmed.map((change) => newChanging(world, change))),
    Promise.all(points.map(async (point): Promise<Mortal> => ({ ...(await newChanging(world, point.change)), point }))),
  ]);
  const kills: ChangeKill[] = [...living, ...dying];
  await billed(world, kills);
  await Promise.all(living.map(({ begin }) => begin()));
  await finished(world, living, UNHARMED_MS);
  const [alone, others] = [true, false].map((is) => dying.filter(({ point }) => goesAlone(point.request) === is));
  for (const kill of alone ?? []) await killOver(world, [kill]);
  for (let rest = others ?? []; rest.length > 0; rest = rest.slice(TOGETHER))
    await killOver(world, rest.slice(0, TOGETHER));
  return kills;
};
