import { describe, expect, test } from '@jest/globals';
import { toView, type View, type Viewer } from '../../src/application/view.ts';
import type { ActivationPolicy } from '../../src/domain/outcome.ts';
import { STAGES, type Subscription } from '../../src/domain/subscription.ts';
import { startRequested } from '../../src/domain/transitions/operator-acts.ts';
import {
  after,
  buyer,
  colleague,
  type Event,
  nextOf,
  operator,
  play,
  reseller,
  rulesAt,
  seenFirst,
  visitorOf,
} from './support/records.ts';
import { claims, confirms, createsAdminUser, createsOrganization, EVENTS } from './transitions/events.ts';
import { SITUATIONS, type SituationName } from './transitions/situations.ts';

const asBuyer: Viewer = { kind: 'party', visitor: visitorOf(buyer) };
const asColleague: Viewer = { kind: 'party', visitor: colleague };
const asOperator: Viewer = { kind: 'operator', mayAct: true };
const asReader: Viewer = { kind: 'operator', mayAct: false };

const starts: Event = (record, rules) => startRequested(record, operator, undefined, rules);

const POLICIES: ActivationPolicy[] = ['buyer', 'operator', 'when-ready'];

const viewOf = (name: SituationName, viewer: Viewer, policy: ActivationPolicy = 'buyer'): View =>
  toView(SITUATIONS[name].record, viewer, rulesAt(600, { policy }));

const CHANGES = ['change-plan', 'change-quantity', 'cancel'];

/** What is allowed of set-up and billing, by name: `yes`, or the code why not. Changes have tests of their own. */
const allowed = (view: View): Record<string, string | undefined> =>
  Object.fromEntries(
    view.allowedOperations
      .filter(({ name }) => !CHANGES.includes(name))
      .map(({ name, allowed: isAllowed, reason }) => [name, isAllowed ? 'yes' : reason]),
  );

/** By stage: onboard and correct the contact under every policy; activate under policy buyer, and under the others. */
const FOR_THE_BUYER: [SituationName, string, string, string, string][] = [
  ['resolved', 'yes', 'not-ready', 'not-confirmed', 'not-allowed'],
  ['provisioning', 'not-ready', 'yes', 'not-confirmed', 'not-allowed'],
  ['provisioning, organization failed', 'not-ready', 'yes', 'not-confirmed', 'not-allowed'],
  ['provisioning, admin user failed', 'yes', 'yes', 'not-confirmed', 'not-allowed'],
  ['awaiting-confirmation', 'not-ready', 'yes', 'not-confirmed', 'not-allowed'],
  ['awaiting-confirmation, already Subscribed', 'not-ready', 'yes', 'not-confirmed', 'not-allowed'],
  ['awaiting-confirmation, hold lifted', 'not-ready', 'not-ready', 'not-confirmed', 'not-allowed'],
  ['confirmed', 'not-ready', 'not-ready', 'yes', 'not-allowed'],
  ['activating', 'not-ready', 'not-ready', 'not-ready', 'not-allowed'],
  ['activation-failed', 'not-ready', 'not-ready', 'yes', 'not-allowed'],
  ['active', 'not-ready', 'not-ready', 'not-ready', 'not-allowed'],
  ['suspended', 'not-ready', 'not-ready', 'not-ready', 'not-allowed'],
  ['cancelled', 'subscription-cancelled', 'subscription-cancelled', 'subscription-cancelled', 'not-allowed'],
];

/** By stage, under every policy: confirm, activate, retry. */
const FOR_THE_OPERATOR: [SituationName, string, string, string][] = [
  ['resolved', 'not-ready', 'not-confirmed', 'nothing-to-retry'],
  ['provisioning', 'not-ready', 'not-confirmed', 'nothing-to-retry'],
  ['provisioning, organization failed', 'yes', 'not-confirmed', 'yes'],
  ['provisioning, admin user failed', 'yes', 'not-confirmed', 'yes'],
  ['awaiting-confirmation', 'yes', 'not-confirmed', 'nothing-to-retry'],
  ['awaiting-confirmation, admin user held', 'yes', 'not-confirmed', 'nothing-to-retry'],
  ['awaiting-confirmation, hold lifted', 'not-ready', 'not-confirmed', 'nothing-to-retry'],
  ['confirmed', 'not-ready', 'yes', 'nothing-to-retry'],
  ['activating', 'not-ready', 'not-ready', 'nothing-to-retry'],
  ['activation-failed', 'not-ready', 'yes', 'yes'],
  ['active', 'not-ready', 'not-ready', 'nothing-to-retry'],
  ['suspended', 'not-ready', 'not-ready', 'nothing-to-retry'],
  ['cancelled', 'subscription-cancelled', 'subscription-cancelled', 'nothing-to-retry'],
  ['erased', 'subscription-cancelled', 'subscription-cancelled', 'subscription-cancelled'],
];

describe('what is allowed', () => {
  test.each(FOR_THE_BUYER)('%s: the buyer', (name, onboard, correct, underBuyer, underOthers) => {
    for (const policy of POLICIES) {
      const activate = policy === 'buyer' ? underBuyer : underOthers;
      const expected = { policy, onboard, 'correct-contact': correct, activate };

      expect({ policy, ...allowed(viewOf(name, asBuyer, policy)) }).toEqual(expected);
    }
  });

  test.each(FOR_THE_BUYER)(
    '%s: a colleague may onboard as the buyer may, and never activate',
    (name, onboard, correct) => {
      for (const policy of POLICIES) {
        const cells = allowed(viewOf(name, asColleague, policy));

        expect({ policy, ...cells }).toEqual({
          policy,
          onboard,
          'correct-contact': correct,
          activate: 'not-allowed',
        });
      }
    },
  );

  test('of a set-up that began without a visit is Onboard, until it is confirmed; there is no contact to correct', () => {
    const cells = (record: Subscription) => allowed(toView(record, asBuyer, rulesAt(600)));
    const begun = play(seenFirst({ status: 'Subscribed' }), [
      starts,
      claims('organization'),
      createsOrganization(false),
    ]);
    const made = play(begun, [claims('admin-user'), createsAdminUser]);

    expect(cells(begun)).toMatchObject({ onboard: 'yes', 'correct-contact': 'not-ready' });
    expect(cells(made)).toMatchObject({ onboard: 'yes', 'correct-contact': 'not-ready' });
    expect(cells(play(made, [confirms()]))).toMatchObject({ onboard: 'not-ready', 'correct-contact': 'not-ready' });
  });

  test('is not Onboard again where Microsoft names no person: no contact makes somebody the administrator', () => {
    const { record } = SITUATIONS['provisioning, admin user failed'];
    const nobody = { ...buyer, objectId: '' };
    const cells = allowed(toView({ ...record, purchaser: nobody, beneficiary: nobody }, asBuyer, rulesAt(600)));

    expect(cells['onboard']).toBe('not-ready');
  });

  test.each(FOR_THE_OPERATOR)('%s: an operator', (name, confirm, activate, retry) => {
    for (const policy of POLICIES) {
      expect({ policy, ...allowed(viewOf(name, asOperator, policy)) }).toMatchObject({
        policy,
        confirm,
        activate,
        retry,
        // Nothing has been held yet.
        hold: name.startsWith('cancelled') ? 'yes' : 'no-erasure',
        release: name.startsWith('cancelled') ? 'not-ready' : 'no-erasure',
      });
    }
  });

  test('is nothing for a reader, in any situation', () => {
    for (const name of Object.keys(SITUATIONS) as SituationName[]) {
      expect({ name, ...allowed(viewOf(name, asReader)) }).toEqual({
        name,
        confirm: 'not-an-operator',
        activate: 'not-an-operator',
        retry: 'not-an-operator',
        hold: 'not-an-operator',
        release: 'not-an-operator',
        refresh: 'not-an-operator',
        start: 'not-an-operator',
        note: 'not-an-operator',
      });
    }
  });

  test('is written out for every stage', () => {
    const stagesOf = (rows: [SituationName, ...string[]][]) => new Set(rows.map(([name]) => SITUATIONS[name].stage));

    expect(stagesOf(FOR_THE_OPERATOR)).toEqual(new Set(STAGES));
    expect(stagesOf(FOR_THE_BUYER)).toEqual(new Set(STAGES.filter((stage) => stage !== 'erased')));
  });

  test('to money follows the person: purchaser and beneficiary each may activate, their colleagues may not', () => {
    const record = { ...SITUATIONS.confirmed.record, purchaser: reseller };
    const activates = (viewer: Viewer) => allowed(toView(record, viewer, rulesAt(600)))['activate'];
    const party = (visitor: { tenantId: string; objectId: string }): Viewer => ({ kind: 'party', visitor });

    expect(activates(asBuyer)).toBe('yes');
    expect(activates(party(visitorOf(reseller)))).toBe('yes');
    expect(activates(asColleague)).toBe('not-allowed');
    expect(activates(party({ ...visitorOf(reseller), objectId: 'other' }))).toBe('not-allowed');
  });
});

describe('what a view shows', () => {
  test('of a purchase with nothing optional has none of the optional members, and none that is undefined', () => {
    const view = toView(seenFirst(), asBuyer, rulesAt(1));

    expect(view).toStrictEqual({
      id: '5a0bd2a4-7c1d-4c7e-9c53-0b1f3f3e9a11',
      name: 'Contoso quality',
      offerId: 'unifize-qms',
      planId: 'team-monthly',
      purchaserEmail: buyer.email,
      beneficiaryEmail: buyer.email,
      tenantId: buyer.tenantId,
      marketplaceStatus: 'PendingFulfillmentStart',
      stage: 'resolved',
      badge: 'Pending Activation',
      steps: [
        { name: 'organization', state: 'pending', attempts: 0 },
        { name: 'admin-user', state: 'pending', attempts: 0 },
        { name: 'notification', state: 'pending', attempts: 0 },
      ],
      allowedOperations: [
        { name: 'onboard', allowed: true },
        { name: 'correct-contact', allowed: false, reason: 'not-ready' },
        { name: 'activate', allowed: false, reason: 'not-confirmed' },
        { name: 'change-plan', allowed: false, reason: 'not-active' },
        { name: 'change-quantity', allowed: false, reason: 'not-active' },
        { name: 'cancel', allowed: true },
      ],
      deadlines: {},
      next: { who: 'buyer', action: 'onboard' },
      isTest: false,
      isFreeTrial: false,
      activationPolicy: 'buyer',
      since: after(0).toISOString(),
      yourRoles: ['purchaser', 'beneficiary'],
    });
  });

  test('of a purchase with everything has everything', () => {
    const term = { termUnit: 'P1M', startDate: '2026-11-21T00:00:00Z' };
    const createdAt = '2026-11-20T10:00:00Z';
    const record = {
      ...seenFirst({ quantity: 25, term, autoRenew: false, createdAt }),
      planName: 'Team',
      workspaceUrl: 'https://contoso.workspace.example',
      activatedAt: after(5).toISOString(),
      requestedAt: after(2).toISOString(),
    };

    expect(toView(record, asBuyer, rulesAt(9))).toMatchObject({
      quantity: 25,
      term,
      autoRenew: false,
      planName: 'Team',
      workspaceUrl: 'https://contoso.workspace.example',
      activatedAt: after(5).toISOString(),
      requestedAt: after(2).toISOString(),
      deadlines: { pendingUntil: '2026-12-20T10:00:00.000Z' },
    });
  });

  test('of a reseller purchase names the tenant and the address of each side', () => {
    const record = { ...SITUATIONS.confirmed.record, purchaser: reseller };

    expect(toView(record, asBuyer, rulesAt(1))).toMatchObject({
      purchaserEmail: reseller.email,
      beneficiaryEmail: buyer.email,
      tenantId: buyer.tenantId,
      yourRoles: ['beneficiary'],
    });
  });

  test('of steps has state, time, code, tries and the next try', () => {
    const waiting = nextOf(
      EVENTS['organization delayed'](
        nextOf(EVENTS['organization claimed'](SITUATIONS.provisioning.record, rulesAt(10))),
        rulesAt(11),
      ),
    );
    const { steps } = toView(waiting, asOperator, rulesAt(12));

    expect(steps[0]).toStrictEqual({
      name: 'organization',
      state: 'pending',
      code: 'workspace-unavailable',
      attempts: 1,
      nextTryAt: after(41).toISOString(),
    });
    expect(viewOf('provisioning, admin user failed', asOperator).steps[1]).toMatchObject({
      state: 'failed',
      code: 'no-admin-email',
      at: expect.stringMatching(/^2026-11-21T09:00:/),
    });
  });

  test('says since when the stage lasts, and why an activation failed', () => {
    const view = viewOf('activation-failed', asOperator);

    expect(view.since).toBe(SITUATIONS['activation-failed'].record.updatedAt);
    expect(view.activationCode).toBe('marketplace-refused');
    const same = nextOf(EVENTS['mail sent'](SITUATIONS.confirmed.record, rulesAt(60)));
    expect(toView(same, asBuyer, rulesAt(61)).since).toBe(SITUATIONS.confirmed.record.updatedAt);
  });

  test('tells a colleague that they have no part, and an operator nothing of the kind', () => {
    expect(viewOf('confirmed', asColleague).yourRoles).toEqual([]);
    expect(viewOf('confirmed', asOperator)).not.toHaveProperty('yourRoles');
  });

  test('holds neither contact, nor object ids, nor mails, nor visits, in any situation', () => {
    for (const name of Object.keys(SITUATIONS) as SituationName[]) {
      for (const viewer of [asBuyer, asColleague, asOperator, asReader]) {
        const text = JSON.stringify(viewOf(name, viewer));

        for (const secret of ['bea@contoso.example', 'Bea Buyer', buyer.objectId, 'correlation', 'Olivia']) {
          expect({ name, has: text.includes(secret) && secret }).toEqual({ name, has: false });
        }
      }
    }
  });
});
