import * as z from 'zod/mini';
import type { WireSubscription } from './subscription.ts';
import type { World } from './world.ts';

const position = z.object({ skip: z.int().check(z.nonnegative()), page: z.int().check(z.nonnegative()) });

const parsePosition = (continuationToken: string | undefined) => {
  if (continuationToken === undefined) return { skip: 0, page: 0 };
  try {
    return position.parse(JSON.parse(continuationToken));
  } catch {
    return undefined;
  }
};

/**
 * One page of List, and where the next one begins; no position on the last page. Pages differ in size, and a short one
 * need not be the last (contract 2.6).
 */
export const nextPage = (
  world: World,
  continuationToken: string | undefined,
): { subscriptions: WireSubscription[]; position?: string } | 'bad-token' => {
  const from = parsePosition(continuationToken);
  if (!from) return 'bad-token';
  const sizes = world.switches.listPageSizes;
  const until = from.skip + (sizes[from.page % sizes.length] ?? 1);
  const all = world.purchases.all();
  const subscriptions = all.slice(from.skip, until).map((purchase) => purchase.subscription);
  if (until >= all.length) return { subscriptions };
  return { subscriptions, position: JSON.stringify({ skip: until, page: from.page + 1 }) };
};
