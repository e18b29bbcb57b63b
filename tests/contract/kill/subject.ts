import { randomUUID } from 'node:crypto';
import { LANDING_CLIENT_ID, person } from '../../../local/people.ts';
import type { MortalWorld } from './world.ts';

/** The four requests of the journey, in their order. */
export const ACTS = ['resolve', 'onboard', 'confirm', 'activate'] as const;
export type Act = (typeof ACTS)[number];

/** A purchase with people and an organization of its own, and what its people asked for so far. */
export type Subject = {
  id: string;
  isAuto: boolean;
  organization: string;
  contact: string;
  /** When each request was first made (ms), and with what status it was answered; absent: never. */
  asked: Partial<Record<Act, number>>;
  answered: Partial<Record<Act, number>>;
  ask: (act: Act) => Promise<void>;
};

let count = 0;

/** `planId`: `starter`, or `growth-auto`, which Microsoft activates by itself. */
export const buy = async (world: MortalWorld, planId = 'starter'): Promise<Subject> => {
  const { api, entra, marketplace } = world;
  count += 1;
  const [objectId, organization] = [randomUUID(), randomUUID()];
  const contact = `buyer-${count}@case.example`;
  const { subscriptionId: id, purchaseToken } = await marketplace.purchase({ planId, purchaser: 'buyer' });
  await marketplace.change(id, {
    purchaser: { objectId, tenantId: person('buyer').tenantId, emailId: contact },
    beneficiary: { objectId: randomUUID(), tenantId: organization, emailId: `admin-${count}@case.example` },
  });
  const token = await entra.token({ person: 'buyer', clientId: LANDING_CLIENT_ID, claims: { oid: objectId } });
  const operatorToken = await api.consoleToken('operator');

  const requests: Record<Act, () => Promise<{ status: number }>> = {
    resolve: () => api.send('POST', '/resolve', token, { purchaseToken }),
    onboard: () =>
      api.send('POST', '/onboard', token, { subscriptionId: id, contact: { name: 'Case Buyer', email: contact } }),
    confirm: () => api.send('POST', `/operator/subscriptions/${id}/confirm`, operatorToken, {}),
    activate: () => api.send('POST', `/subscriptions/${id}/activate`, token),
  };
  const subject: Subject = {
    id,
    isAuto: planId === 'growth-auto',
    organization,
    contact,
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
