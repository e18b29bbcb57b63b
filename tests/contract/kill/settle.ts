import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { later } from '../workers/later.ts';
import type { Kill } from './kills.ts';
import { ACTS } from './kinds.ts';
import { type Asked, atRest, restless } from './rest.ts';
import { isAnswered } from './subject.ts';
import type { MortalWorld } from './world.ts';

/** A claim lapses after 60 s, and the sweep looks 60 s later. */
const LAPSED_SECONDS = 130;

const QUIET_MS = 2500;

/** Waits until nothing has left the app for a while. */
export const quiet = ({ wire }: MortalWorld): Promise<unknown> => {
  let before = -1;
  const isSilent = (count: number): boolean => {
    const same = count === before;
    before = count;
    return same;
  };
  const look = async () => {
    await sleep(QUIET_MS);
    return wire.sent().length;
  };
  return eventually(look, isSilent);
};

/**
 * The host is back: who got no answer asks again. Then the claims of the dead lapse, and the sweep runs until all is done.
 * Writes down for each kill what it took; answers those that were not mended.
 */
export const settle = async (world: MortalWorld, kills: Kill[]): Promise<Kill[]> => {
  const unanswered = kills.filter(({ subject, act }) => !isAnswered(subject, act));
  await Promise.all(unanswered.map(({ subject, act }) => subject.ask(act)));
  await quiet(world);
  const left = restless(world, kills);
  await world.restart({ ...later(LAPSED_SECONDS), 'AzureWebJobs.sweep.Disabled': 'false' });
  await atRest(world, kills, world.sweep).catch(() => undefined);
  const never = restless(world, kills);
  for (const kill of kills) {
    const by = [...(unanswered.includes(kill) ? ['asked again'] : []), ...(left.includes(kill) ? ['sweep'] : [])];
    kill.mendedBy = never.includes(kill) ? 'nothing' : by.join(', ') || 'restart';
  }
  return never;
};

/** Everybody goes on to the end of the journey; `between` runs before each round of requests, when all are at rest. */
export const finish = async (world: MortalWorld, all: Asked[], between: () => Promise<void>): Promise<void> => {
  for (const [index, act] of ACTS.entries()) {
    await between();
    const asking = all
      .filter(
        ({ subject, act: last }) => ACTS.indexOf(last) < index && !(subject.kind === 'auto' && act === 'activate'),
      )
      .map(({ subject }) => ({ subject, act }));
    await Promise.all(asking.map(({ subject }) => subject.ask(act)));
    await atRest(world, asking);
  }
};
