import type { Problem } from '../../support/api.ts';
import { eventually } from '../../support/eventually.ts';
import { newSubject } from './kills.ts';
import type { Subject } from './subject.ts';
import type { MortalWorld } from './world.ts';

/** What becomes of a subscription that is billed: told by Microsoft, or asked for by the buyer on our page. */
export type Change = 'seats told' | 'suspend told' | 'unsubscribe told' | 'seats asked' | 'cancel asked';

/** What must be true when all is over, whoever died on the way. */
type Changed = {
  stage: 'active' | 'suspended' | 'cancelled';
  quantity: number;
  /** What stands in the history, each once. */
  once: string[];
  /** Mails of this change, each once. */
  buyer: string[];
  operators: string[];
};

const SEATS = 5;
const MORE_SEATS = 8;

const MORE: Changed = {
  stage: 'active',
  quantity: MORE_SEATS,
  once: ['seats-changed', 'workspace-updated'],
  buyer: ['change-done'],
  operators: [],
};

const ENDED: Changed = {
  stage: 'cancelled',
  quantity: SEATS,
  once: ['cancelled', 'workspace-updated'],
  buyer: ['unsubscribed'],
  operators: ['unsubscribed-operators'],
};

export const CHANGED: Record<Change, Changed> = {
  'seats told': MORE,
  'suspend told': {
    stage: 'suspended',
    quantity: SEATS,
    once: ['suspended', 'workspace-updated'],
    buyer: ['suspended'],
    operators: ['suspended-operators'],
  },
  'unsubscribe told': ENDED,
  'seats asked': MORE,
  'cancel asked': ENDED,
};

export const isAsked = (change: Change): boolean => change.endsWith('asked');

/** A subscription that is billed, and what is to become of it. */
export type Changing = {
  subject: Subject;
  change: Change;
  /** With what the buyer's requests were answered: `202`, a code, or `no answer`. */
  answers: string[];
  begin: () => Promise<void>;
};

const codeOf = ({ status, problem }: { status: number; problem: Problem }): string =>
  status < 300 ? String(status) : problem.code;

export const newChanging = async (world: MortalWorld, change: Change): Promise<Changing> => {
  const subject = await newSubject(world, 'seats');
  const { id, token } = subject;
  const tell = (what: { action: string; quantity?: number }) => async () => {
    await world.marketplace.act(id, what);
  };
  const ask = (method: string, body?: unknown) => async () => {
    const answer = await world.api.send(method, `/subscriptions/${id}`, token, body).catch(() => undefined);
    changing.answers.push(answer ? codeOf(answer) : 'no answer');
  };
  const acts: Record<Change, () => Promise<void>> = {
    'seats told': tell({ action: 'ChangeQuantity', quantity: MORE_SEATS }),
    'suspend told': tell({ action: 'Suspend' }),
    'unsubscribe told': tell({ action: 'Unsubscribe' }),
    'seats asked': ask('PATCH', { quantity: MORE_SEATS }),
    'cancel asked': ask('DELETE'),
  };
  const changing: Changing = { subject, change, answers: [], begin: acts[change] };
  return changing;
};

const ACCESS = { active: 'on', suspended: 'off', cancelled: 'ended' } as const;

/** What is not yet as it must be, in words; nothing: all is done. */
export const unfinished = ({ wire }: MortalWorld, { subject, change }: Changing): string[] => {
  const record = wire.record(subject.id);
  const { stage, quantity } = CHANGED[change];
  const applied = record?.workspace?.applied;
  const isTold = applied?.quantity === quantity && applied.access === ACCESS[stage];
  const faults: Record<string, boolean> = {
    [`stage is ${record?.stage}`]: record?.stage !== stage,
    [`quantity is ${record?.quantity}`]: record?.quantity !== quantity,
    'an operation is open': record?.pendingOperation !== undefined,
    'the workspace is not told': !isTold || record?.workspace?.claim !== undefined,
    'a mail is not sent': record?.mails.some(({ state }) => state !== 'sent') ?? true,
    'a notice is open': wire.notices(subject.id).some(({ state }) => state === 'open'),
  };
  return Object.entries(faults).flatMap(([fault, isSo]) => (isSo ? [fault] : []));
};

/** Waits until all is done for all of them, or gives up: what is left is seen in the end. */
export const finished = async (world: MortalWorld, all: Changing[], withinMs: number): Promise<void> => {
  const look = async () => all.flatMap((one) => unfinished(world, one));
  await eventually(look, (faults) => faults.length === 0, withinMs).catch(() => undefined);
};

/** What the buyer asked for did not happen, and nothing of it is under way: it may be asked for again. */
export const hasComeToNothing = ({ wire }: MortalWorld, { subject, change }: Changing): boolean => {
  const record = wire.record(subject.id);
  const isAsBefore = record?.stage === 'active' && record.quantity === SEATS && !record.pendingOperation;
  return isAsked(change) && isAsBefore && record.mails.every(({ state }) => state === 'sent');
};
