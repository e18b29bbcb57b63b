import { randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { LANDING_CLIENT_ID, person } from '../../../local/people.ts';
import { toChunks } from '../../../src/adapters/storage/rows.ts';
import type { Act, Kind } from './kinds.ts';
import type { MortalWorld } from './world.ts';

/** A purchase with people and an organization of its own, and what its people asked for so far. */
export type Subject = {
  id: string;
  kind: Kind;
  organization: string;
  contact: string;
  /** The buyer's access token. */
  token: string;
  /** When each request was first made (ms), and with what status it was answered; absent: never. */
  asked: Partial<Record<Act, number>>;
  answered: Partial<Record<Act, number>>;
  ask: (act: Act) => Promise<void>;
};

/** Longer than until the first look, a second after the call. */
const SLOW_SECONDS = 5;

/** The organization stands before, made for another subscription. */
const found = async ({ storage: { connectionString } }: MortalWorld, organization: string): Promise<void> => {
  const options = { allowInsecureConnection: true };
  const table = TableClient.fromConnectionString(connectionString, 'Organizations', options);
  await table.createTable();
  const row = toChunks({ name: 'Founded before', madeFor: randomUUID(), claims: {} });
  await table.createEntity({ partitionKey: organization, rowKey: 'organization', ...row });
};

const wantedOf = (kind: Kind): { planId: string; quantity?: number } => {
  if (kind === 'seats') return { planId: 'team', quantity: 5 };
  return { planId: kind === 'auto' ? 'growth-auto' : 'starter' };
};

let count = 0;

export const buy = async (world: MortalWorld, kind: Kind = 'plain'): Promise<Subject> => {
  const { api, entra, marketplace } = world;
  count += 1;
  const [objectId, organization] = [randomUUID(), randomUUID()];
  const contact = `buyer-${count}@case.example`;
  const { subscriptionId: id, purchaseToken } = await marketplace.purchase({ ...wantedOf(kind), purchaser: 'buyer' });
  const adminId = kind === 'no-admin' ? '' : randomUUID();
  await marketplace.change(id, {
    purchaser: { objectId, tenantId: person('buyer').tenantId, emailId: contact },
    beneficiary: { objectId: adminId, tenantId: organization, emailId: `admin-${count}@case.example` },
  });
  if (kind === 'second') await found(world, organization);
  const token = await entra.token({ person: 'buyer', clientId: LANDING_CLIENT_ID, claims: { oid: objectId } });
  const operatorToken = await api.consoleToken('operator');

  const requests: Record<Act, () => Promise<{ status: number }>> = {
    resolve: () => api.send('POST', '/resolve', token, { purchaseToken }),
    onboard: () =>
      api.send('POST', '/onboard', token, { subscriptionId: id, contact: { name: 'Case Buyer', email: contact } }),
    confirm: () => {
      const body = kind === 'no-admin' ? { reason: 'made by hand' } : {};
      return api.send('POST', `/operator/subscriptions/${id}/confirm`, operatorToken, body);
    },
    activate: async () => {
      if (kind === 'ended') await marketplace.change(id, { status: 'Unsubscribed' });
      const activate = kind === 'slow' ? 'delayed' : 'sync';
      await marketplace.switches({ activate, activateDelaySeconds: SLOW_SECONDS });
      return api.send('POST', `/subscriptions/${id}/activate`, token);
    },
  };
  const subject: Subject = {
    id,
    kind,
    organization,
    contact,
    token,
    asked: {},
    answered: {},
    // A person whose request gets no answer knows no more than that.
    ask: async (act) => {
      subject.asked[act] ??= Date.now();
      const answer = await requests[act]().catch(() => undefined);
      if (answer) subject.answered[act] = answer.status;
    },
  };
  return subject;
};

export const isAnswered = ({ answered }: Subject, act: Act): boolean => (answered[act] ?? 500) < 300;
