import { type Needs, rulesOf } from './needs.ts';
import type { ListQuery } from './ports.ts';
import { toView, type View } from './view.ts';

/** A page of the console's list, newest purchase first; a constant number of storage requests, however many there are. */
export const listSubscriptions = async (
  needs: Pick<Needs, 'store' | 'clock' | 'rules'>,
  query: ListQuery,
  mayAct: boolean,
): Promise<{ items: View[]; cursor?: string }> => {
  const { records, cursor } = await needs.store.list(query);
  const rules = rulesOf(needs);
  const items = records.map((record) => toView(record, { kind: 'operator', mayAct }, rules));
  return cursor === undefined ? { items } : { items, cursor };
};
