import type { Stage } from '../../../src/domain/subscription.ts';
import { eventually } from '../../support/eventually.ts';
import type { Act, Subject } from './subject.ts';
import type { MortalWorld } from './world.ts';

/** A subject, and the last of its requests. */
export type Asked = { subject: Subject; act: Act };

const stageAfter = ({ act, subject }: Asked): Stage => {
  const stages = {
    resolve: 'resolved',
    onboard: 'awaiting-confirmation',
    confirm: subject.isAuto ? 'active' : 'confirmed',
    activate: 'active',
  } as const;
  return stages[act];
};

/** Those for whom not all is done that their last request brings with it: steps, call, mails. */
export const restless = <One extends Asked>({ wire }: MortalWorld, all: One[]): One[] =>
  all.filter((one) => {
    const record = wire.record(one.subject.id);
    return record?.stage !== stageAfter(one) || record.mails.some(({ state }) => state !== 'sent');
  });

/** Waits until all is done; `meanwhile` runs before each look. */
export const atRest = async (world: MortalWorld, all: Asked[], meanwhile?: () => Promise<void>): Promise<void> => {
  const look = async () => {
    await meanwhile?.();
    return restless(world, all).map(({ subject, act }) => ({ act, record: world.wire.record(subject.id) }));
  };
  await eventually(look, (left) => left.length === 0, 40_000);
};
