import { workspaceDueAt } from '../../../src/domain/transitions/workspace.ts';
import { eventually } from '../../support/eventually.ts';
import { startWorld, type World } from '../../support/world.ts';
import { journeys } from '../http/journeys.ts';
import { stored } from '../workers/stored.ts';

/** A world whose Marketplace tells the app what happens, and the usual ways to look at what comes of it. */
export const startLife = async (options: Parameters<typeof startWorld>[0] = {}) => {
  const world: World = await startWorld({ ...options, webhook: true });
  const way = journeys(world);

  /** A subscription that Microsoft bills and whose workspace is ready. */
  const active = async (order: Parameters<typeof way.confirmed>[0] = {}): Promise<string> => {
    const id = await way.confirmed(order);
    await world.api.activate(order.purchaser ?? 'buyer', id);
    await way.atStage(id, 'active');
    return id;
  };

  const lies = stored(world.storage.connectionString);

  /** The notices of a subscription as they lie in storage. */
  const { notices } = lies;

  const settled = (id: string, count = 1, withinMs?: number) =>
    eventually(
      () => notices(id),
      (all) => all.length >= count && all.every(({ state }) => state === 'closed'),
      withinMs,
    );

  /** The record, once nothing of it waits: mails are sent, and the workspace has heard of it. */
  const rested = async (id: string) => {
    await eventually(
      () => lies.record(id),
      (record) => record.mails.every(({ state }) => state === 'sent') && workspaceDueAt(record) === undefined,
    );
    await way.quiet();
    return lies.record(id);
  };

  return { rested, world, ...world, ...way, active, notices, settled, stored: lies };
};

export type Life = Awaited<ReturnType<typeof startLife>>;
