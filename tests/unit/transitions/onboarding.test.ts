import { describe, expect, test } from '@jest/globals';
import type { Contact, Subscription } from '../../../src/domain/subscription.ts';
import {
  buyerActor,
  isContactWanted,
  mayCorrectContact,
  onboardRequested,
} from '../../../src/domain/transitions/onboarding.ts';
import { startRequested } from '../../../src/domain/transitions/operator-acts.ts';
import { nextStep } from '../../../src/domain/transitions/steps.ts';
import {
  asked,
  buyer,
  colleague,
  contact,
  type Event,
  nextOf,
  operator,
  play,
  rulesAt,
  seenFirst,
  visitorOf,
  whatHappened,
} from '../support/records.ts';
import { claims, createsOrganization, fails } from './events.ts';
import { SITUATIONS } from './situations.ts';

const onboard = (record: Subscription, given: Contact, seconds = 5) =>
  onboardRequested(record, given, visitorOf(buyer), rulesAt(seconds));

const starts: Event = (record, rules) => startRequested(record, operator, undefined, rules);

/** Stopped: neither Microsoft nor the contact named a mailbox. */
const unreachable = (): Subscription => {
  const guest = { ...buyer, email: 'bea_home.example#EXT#@contoso.example' };
  const onboards: Event = (record, rules) =>
    onboardRequested(record, { ...contact, email: guest.email }, visitorOf(buyer), rules);
  return play(seenFirst({ purchaser: guest, beneficiary: guest }), [
    onboards,
    claims('organization'),
    createsOrganization(false),
    claims('admin-user'),
    fails('admin-user'),
  ]);
};

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

  test('brings the address that the administrator lacked: the step is tried again, and the operators hear of it', () => {
    const outcome = onboard(unreachable(), { ...contact, email: 'bea@reachable.example' }, 60);

    const next = nextOf(outcome);
    expect(next.steps['admin-user']).toEqual({ state: 'pending', attempts: 0 });
    expect(nextStep(next)).toBe('admin-user');
    expect(whatHappened(outcome)).toEqual(['contact-updated']);
    expect(asked(unreachable(), next)).toEqual(['new-onboarding', 'request-received']);
  });

  test('with an address that reaches nobody either leaves the step failed, and tells the operators nothing', () => {
    const next = nextOf(onboard(unreachable(), { ...contact, email: 'bea#EXT#@contoso.example' }, 60));

    expect(next.steps).toEqual(unreachable().steps);
    expect(asked(unreachable(), next)).toEqual(['request-received']);
  });

  test('cannot help where Microsoft names no person', () => {
    const nobody = { ...buyer, objectId: '' };
    const before = { ...unreachable(), purchaser: nobody, beneficiary: nobody };

    expect(isContactWanted(before)).toBe(false);
    expect(nextOf(onboard(before, { ...contact, email: 'bea@reachable.example' }, 60)).steps).toEqual(before.steps);
  });

  test('leaves alone what failed for another cause', () => {
    const before = unreachable();
    before.steps['admin-user'].code = 'workspace-refused';

    expect(nextOf(onboard(before, { ...contact, phone: '1' }, 60)).steps).toEqual(before.steps);
  });

  test('after the set-up began without a visit is the buyer’s request all the same, and does not begin it again', () => {
    const begun = play(seenFirst({ status: 'Subscribed' }), [starts]);

    expect(isContactWanted(begun)).toBe(true);
    const outcome = onboard(begun, contact, 60);
    const next = nextOf(outcome);
    expect(whatHappened(outcome)).toEqual(['onboarding-requested']);
    expect(next).toMatchObject({ stage: 'provisioning', contact, steps: begun.steps });
    expect(next.requestedAt).toBe(begun.requestedAt);
    expect(recipients(next)).toEqual([contact.email]);
    expect([isContactWanted(next), mayCorrectContact(next)]).toEqual([false, true]);
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
