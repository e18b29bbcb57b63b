import { eventually } from '../../support/eventually.ts';
import { type Act, stageAfter } from './kinds.ts';
import type { Subject } from './subject.ts';
import type { MortalWorld } from './world.ts';

/** A subject, and the last of its requests. */
export type Asked = { subject: Subject; act: Act };

/** Those for whom not all is done that their last request brings with it: steps, call, mails. */
export const restless = <One extends Asked>({ wire }: MortalWorld, all: One[]): One[] =>
  all.filter(({ subject, act }) => {
    const record = wire.record(subject.id);
    if (record?.stage !== stageAfter(subject.kind, act)) return true;
    const isSetUp = act === 'resolve' || Object.values(record.steps).every(({ state }) => state !== 'pending');
    return !isSetUp || record.mails.some(({ state }) => state !== 'sent');
  });

/** Waits until all is done; `meanwhile` runs before each look. */
export const atRest = async (world: MortalWorld, all: Asked[], meanwhile?: () => Promise<void>): Promise<void> => {
  const look = async () => {
    await meanwhile?.();
    return restless(world, all).map(({ subject, act }) => ({ act, record: world.wire.record(subject.id) }));
  };
  await eventually(look, (left) => left.length === 0, 40_000);
};
