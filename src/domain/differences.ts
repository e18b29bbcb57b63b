import type { Snapshot, Subscription, Term } from './subscription.ts';
import { isWithoutContact } from './tombstone.ts';

type Compared = Pick<Snapshot, 'status' | 'planId' | 'quantity' | 'term' | 'autoRenew' | 'name'>;

const mirrorOf = (record: Subscription): Compared => ({ ...record, status: record.marketplaceStatus });

/** A foreign value as it may stand in a history: short, and nothing that could be somebody's address. */
const shown = (value: string | number | boolean | undefined): string => {
  if (value === undefined || value === '') return 'none';
  const text = String(value).replaceAll(/\p{C}/gu, '?').slice(0, 60);
  return text.includes('@') ? 'withheld' : text;
};

const termOf = (term: Term | undefined): string | undefined =>
  term && [term.termUnit, term.startDate, term.endDate].map((part) => part ?? '-').join(' ');

const FIELDS: Record<string, (of: Compared) => string | number | boolean | undefined> = {
  status: ({ status }) => status,
  plan: ({ planId }) => planId,
  quantity: ({ quantity }) => quantity,
  term: ({ term }) => termOf(term),
  autoRenew: ({ autoRenew }) => autoRenew,
  name: ({ name }) => name,
};

/**
 * Where what Microsoft says differs from the record, each with both values (P4): `plan silver to gold`. Once the people in the
 * record are erased its name is none of Microsoft's.
 */
export const differences = (record: Subscription, truth: Compared): string[] => {
  const before = mirrorOf(record);
  return Object.entries(FIELDS).flatMap(([field, of]) =>
    of(before) === of(truth) || (field === 'name' && isWithoutContact(record))
      ? []
      : [`${field} ${shown(of(before))} to ${shown(of(truth))}`],
  );
};
