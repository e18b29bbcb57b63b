import { describe, expect, test } from '@jest/globals';
import type { Contact, Subscription } from '../../../src/domain/subscription.ts';
import { buyerActor, onboardRequested } from '../../../src/domain/transitions/onboarding.ts';
import { buyer, colleague, contact, nextOf, rulesAt, seenFirst, visitorOf } from '../support/records.ts';
import { SITUATIONS } from './situations.ts';

const onboard = (record: Subscription, given: Contact, seconds = 5) =>
  onboardRequested(record, given, visitorOf(buyer), rulesAt(seconds));

const recipients = (record: Subscription): string[] =>
  record.mails.filter((mail) => mail.kind === 'request-received').map((mail) => mail.to);

describe('Onboard', () => {
  test('is written down with the contact, the time and who asked', () => {
    const outcome = onboard(seenFirst(), contact);

    expect(nextOf(outcome)).toMatchObject({
      stage: 'provisioning',
      contact,
      requestedAt: '2026-11-21T09:00:05.000Z',
    });
    expect(outcome).toMatchObject({
      entries: [
        {
          at: '2026-11-21T09:00:05.000Z',
          what: 'onboarding-requested',
          actor: { kind: 'buyer', objectId: buyer.objectId, roles: ['purchaser', 'beneficiary'] },
        },
      ],
    });
  });

  test('by a colleague names the colleague, without a part in the purchase', () => {
    expect(buyerActor(seenFirst(), colleague)).toEqual({ kind: 'buyer', objectId: colleague.objectId, roles: [] });
  });

  test('asked again with the same fields in another order changes nothing', () => {
    const { company = '', ...others } = contact;

    expect(onboard(SITUATIONS.provisioning.record, { company, ...others })).toEqual({ kind: 'unchanged' });
  });

  test('asked again with another contact takes it over, and neither begins again nor moves the time of the request', () => {
    const before = SITUATIONS['provisioning, organization done'].record;

    const next = nextOf(onboard(before, { ...contact, phone: '1' }));

    expect(next).toMatchObject({ contact: { phone: '1' }, stage: before.stage, steps: before.steps });
    expect(next.requestedAt).toBe(before.requestedAt);
  });

  test('asked again without a field takes the field away', () => {
    const { company: _company, ...without } = contact;

    expect(nextOf(onboard(SITUATIONS.provisioning.record, without)).contact).toEqual(without);
  });

  test('after the confirmation leaves the contact as it was confirmed', () => {
    for (const name of ['awaiting-confirmation, hold lifted', 'confirmed', 'activating', 'active'] as const) {
      const outcome = onboard(SITUATIONS[name].record, { ...contact, email: 'someone@else.example' });

      expect({ name, ...outcome }).toEqual({ name, kind: 'unchanged' });
    }
  });

  test('sends the receipt to the typed address, once', () => {
    const first = nextOf(onboard(seenFirst(), contact));
    const again = nextOf(onboard(first, { ...contact, name: 'Bea B.' }));

    expect(recipients(again)).toEqual([contact.email]);
  });

  test('sends receipts to three different addresses at most', () => {
    let record = seenFirst();
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      record = nextOf(onboard(record, { ...contact, email: `${name}@typed.example` }));
    }

    expect(recipients(record)).toEqual(['a@typed.example', 'b@typed.example', 'c@typed.example']);
  });
});
