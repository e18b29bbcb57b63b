import { setTimeout as sleep } from 'node:timers/promises';
import type { When } from '../../support/killing-proxy.ts';
import { type Change, type Changing, finished, newChanging } from './changes.ts';
import { own } from './kills.ts';
import { ACTS } from './kinds.ts';
import { atRest } from './rest.ts';
import type { MortalWorld } from './world.ts';

/** Where to die: at which request of a change, before it leaves or after its answer came. */
export type ChangePoint = { change: Change; request: string; when: When };

/** One that was killed over, or, without a point, none was. `missed`: what left where the point never came. */
export type ChangeKill = Changing & { point?: ChangePoint; missed?: string[] };

/** How long a request to be killed at is waited for. */
const NEVER_MS = 20_000;

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

/** Kills over a point; answers what left instead if there was no such request. */
const killOver = async (world: MortalWorld, { subject, begin }: ChangeKill, point: ChangePoint): Promise<string[]> => {
  const isOwn = own(subject);
  const struck = world.arm(1, point.when, (one) => isOwn(one) && world.wire.nameOf(one) === point.request);
  const before = world.wire.sent().length;
  await begin();
  const isStruck = (await Promise.race([struck, sleep(NEVER_MS, undefined, { ref: false })])) !== undefined;
  const left = world.wire.sent().slice(before);
  await world.restart();
  return isStruck ? [] : left;
};

/** Each point with a subscription of its own, after one of each change that nobody is killed over. */
export const liveAndDie = async (
  world: MortalWorld,
  points: ChangePoint[],
  unharmed: Change[],
): Promise<ChangeKill[]> => {
  await world.marketplace.switches({ webhookRetryGapSeconds: 1 });
  const kills: ChangeKill[] = await Promise.all([
    ...unharmed.map((change) => newChanging(world, change)),
    ...points.map(async (point) => ({ ...(await newChanging(world, point.change)), point })),
  ]);
  await billed(world, kills);
  const living = kills.filter(({ point }) => point === undefined);
  await Promise.all(living.map(({ begin }) => begin()));
  await finished(world, living, NEVER_MS);
  for (const kill of kills) {
    const missed = kill.point ? await killOver(world, kill, kill.point) : [];
    if (missed.length > 0) kill.missed = missed;
  }
  return kills;
};
