import { createHash, randomInt } from 'node:crypto';
import type { Person } from '../people.ts';
import { PUBLISHER_ID } from './catalogue.ts';

export type WireParty = { emailId: string; objectId: string; tenantId: string; puid: string };

export type WireTerm = { termUnit: string; startDate?: string; endDate?: string };

/** A subscription as Get, List and Resolve show it: field set and order as recorded (contract 2.2). */
export type WireSubscription = {
  id: string;
  publisherId: string;
  offerId: string;
  name: string;
  saasSubscriptionStatus: string;
  beneficiary: WireParty;
  purchaser: WireParty;
  planId: string;
  /** Absent unless the plan is per seat. */
  quantity?: number;
  /** Without dates until activated. */
  term: WireTerm;
  autoRenew: boolean;
  isTest: boolean;
  isFreeTrial: boolean;
  allowedCustomerOperations: string[];
  sandboxType: string;
  created: string;
  lastModified: string;
  sessionMode: string;
};

/** Microsoft's consumer id has 16 hexadecimal digits; ours follows from the object id. */
const wireParty = (someone: Person): WireParty => ({
  emailId: someone.username,
  objectId: someone.objectId,
  tenantId: someone.tenantId,
  puid: `10032000${createHash('sha256').update(someone.objectId).digest('hex').slice(0, 8).toUpperCase()}`,
});

/** An instant as Microsoft writes it: its clock ticks in 100 ns, seven fraction digits. */
export const withSevenDigits = (at: Date): string => at.toISOString().replace('Z', `${randomInt(1000, 10_000)}Z`);

/** A new purchase that waits to be activated. */
export const newSubscription = (bought: {
  id: string;
  name: string;
  offerId: string;
  planId: string;
  quantity?: number;
  termUnit: string;
  purchaser: Person;
  beneficiary: Person;
  at: Date;
}): WireSubscription => ({
  id: bought.id,
  publisherId: PUBLISHER_ID,
  offerId: bought.offerId,
  name: bought.name,
  saasSubscriptionStatus: 'PendingFulfillmentStart',
  beneficiary: wireParty(bought.beneficiary),
  purchaser: wireParty(bought.purchaser),
  planId: bought.planId,
  ...(bought.quantity === undefined ? {} : { quantity: bought.quantity }),
  term: { termUnit: bought.termUnit },
  autoRenew: true,
  isTest: false,
  isFreeTrial: false,
  allowedCustomerOperations:
    bought.purchaser.tenantId === bought.beneficiary.tenantId ? ['Delete', 'Update', 'Read'] : ['Read'],
  sandboxType: 'None',
  created: withSevenDigits(bought.at),
  lastModified: '0001-01-01T00:00:00',
  sessionMode: 'None',
});

const midnight = (at: Date): string => `${at.toISOString().slice(0, 10)}T00:00:00Z`;

const monthsIn = (termUnit: string): number => {
  const [, years = '0', months = '0'] = /^P(?:(\d+)Y)?(?:(\d+)M)?$/.exec(termUnit) ?? [];
  return Number(years) * 12 + Number(months);
};

/**
 * The term that begins at `from`: midnight UTC, and `endDate` is its last day; the renewal comes the day after
 * (contract 2.2). A month that has no such day renews on its last one.
 */
export const runningTerm = (termUnit: string, from: Date): WireTerm => {
  const renewal = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + monthsIn(termUnit), 1));
  const daysThere = new Date(Date.UTC(renewal.getUTCFullYear(), renewal.getUTCMonth() + 1, 0)).getUTCDate();
  renewal.setUTCDate(Math.min(from.getUTCDate(), daysThere) - 1);
  return { termUnit, startDate: midnight(from), endDate: midnight(renewal) };
};
