import { eventually } from '../../support/eventually.ts';
import { later } from '../workers/later.ts';
import { stored } from '../workers/stored.ts';
import type { ChangeKill } from './change-kills.ts';
import { hasComeToNothing, isAsked, unfinished } from './changes.ts';
import { quiet } from './settle.ts';
import type { MortalWorld } from './world.ts';

/** A claim lapses after 60 s, and the sweep looks 60 s later. */
const LAPSED_SECONDS = 130;

/** What Microsoft does not know is asked for five times, each in a round of its own. */
const ROUNDS = 6;

/** Several looks at Microsoft, which are 1, 3 and 8 s apart. */
const ROUND_MS = 6000;

const QUEUES = ['provisioning', 'notifications', 'marketplace-events'];

/**
 * Time passes until all is over: the claims of the dead lapse, and all messages are gone, so that what is left is brought
 * back by its due row or not at all.
 */
const pass = async (world: MortalWorld, from: number, areOver: () => boolean): Promise<number> => {
  const { clear } = stored(world.storage.connectionString);
  let round = from;
  for (; round < from + ROUNDS; round += 1) {
    if (areOver()) break;
    await world.host().kill();
    await Promise.all(QUEUES.map(clear));
    await world.restart({ ...later(LAPSED_SECONDS * (round + 1)), 'AzureWebJobs.sweep.Disabled': 'false' });
    await world.sweep();
    const look = async (): Promise<boolean> => {
      await world.sweep();
      return areOver();
    };
    await eventually(look, (isOver) => isOver, ROUND_MS).catch(() => undefined);
  }
  return round;
};

const askAgain = (kills: ChangeKill[]): Promise<unknown> => Promise.all(kills.map(({ begin }) => begin()));

/**
 * The host is back: Microsoft tells again what was not answered, a buyer without an answer asks again, at once and, if nothing
 * came of it, when all is calm. Answers those for whom not all was done in the end.
 */
export const settleChanges = async (world: MortalWorld, kills: ChangeKill[]): Promise<ChangeKill[]> => {
  const asking = kills.filter(({ change, point }) => point && isAsked(change));
  await askAgain(asking.filter(({ answers }) => !answers.includes('202')));
  // What nobody has answered Microsoft takes for accepted.
  await world.marketplace.advanceClock(11);
  await quiet(world);
  const left = () => kills.filter((kill) => unfinished(world, kill).length > 0);
  const round = await pass(world, 0, () => left().every((kill) => hasComeToNothing(world, kill)));
  await askAgain(left().filter((kill) => hasComeToNothing(world, kill)));
  await pass(world, round, () => left().length === 0);
  return left();
};
