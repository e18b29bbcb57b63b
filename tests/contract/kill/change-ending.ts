import { faultsOf } from '../../model/promises.ts';
import { OPERATOR_EMAIL } from '../../support/world.ts';
import type { ChangeKill } from './change-kills.ts';
import { CHANGED, isAsked } from './changes.ts';
import { type Ending, readEndings } from './ending.ts';
import { ENDS } from './kinds.ts';
import type { MortalWorld } from './world.ts';

/** What the world looks like for one subscription when all is over. */
export type ChangeEnding = Ending & {
  /** What is not as P1 to P4 promise: record and Marketplace, workspace and record, billing, mails. */
  faults: string[];
  /** Statuses of the operations at Microsoft. */
  operations: string[];
  /** With what our words on them were answered. */
  acknowledgements: number[];
};

/** Reads all of the world at once; what comes back tells one subscription's part. */
export const readChangeEndings = async (world: MortalWorld): Promise<(kill: ChangeKill) => Promise<ChangeEnding>> => {
  const endingOf = await readEndings(world);
  const calls = await world.marketplace.calls();
  return async ({ subject }) => {
    const { id } = subject;
    const words = calls.filter((call) => call.operation === 'patch-operation' && call.subscriptionId === id);
    return {
      ...(await endingOf(subject)),
      faults: await faultsOf(world, [id]),
      operations: (await world.marketplace.operations(id)).map(({ action, status }) => `${action} ${status}`),
      acknowledgements: words.map(({ status }) => status),
    };
  };
};

/** The mails that must have gone out: those of the journey, and those of the change. */
export const wantedMails = ({ subject, change }: ChangeKill, isAskedTwice: boolean): string[] => {
  const { buyer, operators } = CHANGED[change];
  const more = isAskedTwice ? ['change-refused'] : [];
  return [
    ...[...ENDS.seats.buyer, ...buyer, ...more].map((mail) => `${mail} to ${subject.contact}`),
    ...[...ENDS.seats.operators, ...operators].map((mail) => `${mail} to ${OPERATOR_EMAIL}`),
  ].toSorted();
};

/**
 * Whether the request may have been lost: killed once it was claimed, before Microsoft was asked. It is then looked for in
 * vain, said to have come to nothing, and the buyer's to ask again.
 */
export const isLost = ({ change, point }: ChangeKill): boolean => {
  if (!point || !isAsked(change)) return false;
  const { request, when } = point;
  return request === 'commit claim change' ? when === 'after' : request.startsWith('Marketplace') && when === 'before';
};
