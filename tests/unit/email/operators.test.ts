import { describe, expect, test } from '@jest/globals';
import { renderMail } from '../../../src/adapters/email/templates/render.ts';
import type { Actor, Subscription } from '../../../src/domain/subscription.ts';
import { mailFacts, OPERATOR_KINDS, subscription, without } from './facts.ts';

const onboarding = (changes: Partial<Subscription> = {}, facts: Parameters<typeof mailFacts>[0] = {}) =>
  renderMail('new-onboarding', mailFacts({ subscription: subscription(changes), ...facts }));

const { steps } = subscription();
const heldSteps: Subscription['steps'] = {
  ...steps,
  'admin-user': { state: 'held', code: 'existing-organization', attempts: 1 },
};

describe('new-onboarding', () => {
  test.each([
    ['Subscription name', 'Contoso quality'],
    ['Plan name', 'Team'],
    ['Plan ID', 'team-monthly'],
    ['Offer ID', 'unifize-qms'],
    ['Quantity', '25'],
    ['Term', '1 month'],
    ['Term dates', 'Starts when billing starts'],
    ['Purchaser e-mail', 'bea.buyer@contoso.example'],
    ['Beneficiary e-mail', 'bea.buyer@contoso.example'],
    ['Tenant ID', '22222222-2222-4222-8222-222222222222'],
    ['Subscription ID', '5a0bd2a4-7c1d-4c7e-9c53-0b1f3f3e9a11'],
    ['Marketplace status', 'PendingFulfillmentStart'],
    ['Test purchase', 'No'],
    ['Free trial', 'No'],
    ['Name', 'Bertha Contact'],
    ['E-mail', 'bertha@typed.example'],
    ['Company', 'Contoso Typed Ltd'],
    ['Phone', '+49 30 123456'],
    ['department', 'Quality assurance'],
    ['Admin user', 'bea.buyer@contoso.example (the purchaser, as Microsoft names them)'],
    ['Step: Organization', 'done (21 November 2026 at 09:01 UTC)'],
    ['Step: Admin user', 'done (21 November 2026 at 09:01 UTC)'],
    ['Step: Notification', 'this message'],
  ])('says %s in text and in HTML', (label, value) => {
    const { text, html } = onboarding();

    expect(text.split('\n')).toContain(`${label}: ${value}`);
    expect(html).toContain(`>${label}: </span>`);
    expect(html).toContain(`>${value}</span>`);
  });

  test('without quantity, plan name, term and contact it says so and shows no undefined', () => {
    const bare = without(subscription(), 'quantity', 'planName', 'term', 'contact');

    const { text, html } = renderMail('new-onboarding', mailFacts({ subscription: bare }));

    expect(text).toContain('\nQuantity: Not per user\n');
    expect(text).toContain('\nPlan name: team-monthly\n');
    expect(text).toContain('\nTerm: Not known yet\n');
    expect(text).toContain('\nTerm dates: Starts when billing starts\n');
    expect(text).toContain('\nContact: Not given yet\n');
    expect(`${text}${html}`).not.toMatch(/undefined|null|NaN|Invalid/);
  });

  test('of a set-up that began without the customer it does not say that they asked or typed anything', () => {
    const begun = without(subscription({ marketplaceStatus: 'Subscribed' }), 'contact');

    const { text } = renderMail('new-onboarding', mailFacts({ subscription: begun }));

    expect(text).toContain('\nThe set-up for a customer has begun without them\n');
    expect(text).toContain('has not pressed “Onboard” yet');
    expect(text).toContain('Microsoft has billed this subscription since the purchase');
    expect(text).toContain('\nCONTACT\nContact: Not given yet\n');
    expect(text).toContain('1. Check the purchase and the set-up below.');
    expect(text).not.toMatch(/A customer asks|and pressed “Onboard”|as typed by the customer/i);
    expect(onboarding().text).toContain('and pressed “Onboard”. They are not billed yet.');
    expect(onboarding().text).toContain('\nCONTACT, AS TYPED BY THE CUSTOMER\n');
  });

  test('a zero quantity is a quantity', () => {
    expect(onboarding({ quantity: 0 }).text).toContain('\nQuantity: 0\n');
  });

  test.each([
    ['P1Y', '1 year'],
    ['P3Y', '3 years'],
    ['P18M', '18 months'],
    ['P1Y6M', 'P1Y6M'],
    ['whatever', 'whatever'],
  ])('a term of %s reads %s', (termUnit, words) => {
    expect(onboarding({ term: { termUnit } }).text).toContain(`\nTerm: ${words}\n`);
  });

  test('a term with dates shows them in UTC, and a date of another form as it came', () => {
    const dated = { startDate: '2026-11-21T00:00:00Z', endDate: '2026-12-20T00:00:00Z' };
    const odd = { startDate: 'soon' };

    expect(onboarding({ term: dated }).text).toContain('\nTerm dates: 21 November 2026 to 20 December 2026\n');
    expect(onboarding({ term: odd }).text).toContain('\nTerm dates: From soon\n');
  });

  test('a purchase through a reseller shows both addresses and says that the tenants differ', () => {
    const purchaser = {
      tenantId: '44444444-4444-4444-8444-444444444444',
      objectId: 'r',
      email: 'rita@reseller.example',
    };

    const { text } = onboarding({ purchaser });

    expect(text).toContain('\nPurchaser e-mail: rita@reseller.example\n');
    expect(text).toContain('\nBeneficiary e-mail: bea.buyer@contoso.example\n');
    expect(text).toContain('Purchaser and beneficiary are of different tenants');
    expect(onboarding().text).not.toContain('different tenants');
  });

  test('a test purchase is marked in the subject already, a free trial in the list', () => {
    expect(onboarding({ isTest: true }).subject).toContain('(test purchase)');
    expect(onboarding({ isTest: true }).text).toContain('\nTest purchase: Yes\n');
    expect(onboarding({ isFreeTrial: true }).text).toContain('\nFree trial: Yes\n');
    expect(onboarding().subject).toBe('New onboarding: Contoso quality, Team');
  });

  test('an admin address from the contact form is flagged, one from Microsoft is not', () => {
    const typed = onboarding({}, { admin: { email: 'bertha@typed.example', source: 'contact' } });

    expect(typed.text).toContain("* Check the admin user's address: bertha@typed.example was typed");
    expect(typed.text).toContain(
      'Admin user: bertha@typed.example (typed in the contact form, not confirmed by Microsoft)',
    );
    expect(onboarding().text).not.toContain('Check the admin');
  });

  test('no usable admin address is said', () => {
    const { text } = renderMail('new-onboarding', without(mailFacts(), 'admin'));

    expect(text).toContain('* Neither Microsoft nor the contact form gave an address that can become the admin user.');
    expect(text).toContain('Ask the customer to open the Azure portal');
  });

  test('a held admin user says whom confirming makes administrator of the existing organization', () => {
    const { text } = onboarding({ steps: heldSteps });

    expect(text).toContain(
      'Step: Admin user: held: the organization already exists, confirming the set-up makes bea.buyer@contoso.example its administrator',
    );
    expect(text).toContain('* Held: the organization already exists.');
  });

  test.each([
    ['buyer', 'The buyer is then asked to press “Activate subscription”.'],
    ['operator', 'Press “Activate subscription” there.'],
    ['when-ready', 'billing starts by itself'],
  ] as const)('under policy %s it says how billing starts', (activationPolicy, sentence) => {
    expect(onboarding({}, { activationPolicy }).text).toContain(sentence);
  });

  test('under policy when-ready a held step waits for the operator', () => {
    const { text } = onboarding({ steps: heldSteps }, { activationPolicy: 'when-ready' });

    expect(text).toContain('press “Confirm set-up”');
    expect(text).not.toContain('There is nothing to press');
  });

  test('on an already billed purchase it asks for no activation', () => {
    const { text } = onboarding({ marketplaceStatus: 'Subscribed', term: { startDate: '2026-11-20T00:00:00Z' } });

    expect(text).toContain('There is nothing to activate: Microsoft has billed since 20 November 2026.');
    expect(text).not.toMatch(/not billed|Activate subscription/);
  });
});

test.each(OPERATOR_KINDS)('%s links to the console page of the subscription and to nothing else', (kind) => {
  const url = 'https://pages.publisher.example/console/?id=5a0bd2a4-7c1d-4c7e-9c53-0b1f3f3e9a11';

  const { html, text } = renderMail(kind, mailFacts());

  expect(new Set([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href))).toEqual(new Set([url]));
  expect(text.match(/https?:\S+/g)).toEqual([url]);
});

describe('step-failed', () => {
  const failed = (code: string, changes: Partial<Subscription> = {}) =>
    renderMail(
      'step-failed',
      mailFacts({
        subscription: subscription({
          steps: { ...steps, 'admin-user': { state: 'failed', code, attempts: 12 } },
          ...changes,
        }),
      }),
    );

  test('names the step, its code and its attempts, and how to go on', () => {
    const { subject, text } = failed('workspace-unavailable');

    expect(subject).toBe('Set-up failed (Admin user): Contoso quality');
    expect(text).toContain('\nStep: Admin user\nError code: workspace-unavailable\nAttempts: 12\n');
    expect(text).toContain('Remove the cause, then press “Retry”.');
  });

  test('without an admin address it says why, and to ask the customer for one, who finds the form', () => {
    expect(failed('no-admin-email').text).toContain(
      'can become the admin user.\n\nWHAT TO DO\n1. Ask the customer to open the Azure portal, SaaS, this subscription, “Configure account now”, to enter an address that reaches them, and to press “Onboard”.\n2. The set-up then goes on by itself',
    );
    expect(failed('no-admin-email', { marketplaceStatus: 'Subscribed' }).text).toContain('“Manage account”, to enter');
  });

  test('where Microsoft names no person it asks the customer for nothing: no contact would help', () => {
    const nobody = { ...subscription().purchaser, objectId: '' };
    const { text } = failed('no-admin-email', { purchaser: nobody, beneficiary: nobody });

    expect(text).toContain('Microsoft names no person for this purchase');
    expect(text).toContain('1. Press “Ask Microsoft” in the console.');
    expect(text).not.toContain('Ask the customer');
  });

  test('taken up again before the message left, it says where to look', () => {
    expect(renderMail('step-failed', mailFacts()).text).toContain('taken up again since');
  });
});

test.each<[Actor | undefined, string]>([
  [{ kind: 'operator', objectId: 'o', name: 'Olivia Operator' }, 'operator Olivia Operator'],
  [{ kind: 'buyer', objectId: 'b', roles: [] }, 'the buyer'],
  [{ kind: 'system' }, 'Pegasus, as soon as the workspace was ready'],
  [undefined, 'Microsoft'],
])('billing-started-operators says who activated: %j', (actor, words) => {
  const activation = actor && { actor, requestedAt: '2026-11-21T10:00:00Z', attempts: 1, reads: 1 };
  const record = subscription({
    marketplaceStatus: 'Subscribed',
    activatedAt: '2026-11-21T10:00:00Z',
    ...(activation ? { activation } : {}),
  });

  const { text } = renderMail('billing-started-operators', mailFacts({ subscription: record }));

  expect(text).toContain(`\nActivated by: ${words}\nActive since: 21 November 2026 at 10:00 UTC\n`);
});

test('activation-failed shows the code and the status at Microsoft', () => {
  const activation = {
    actor: { kind: 'system' } as const,
    requestedAt: '2026-11-21T10:00:00Z',
    attempts: 3,
    reads: 5,
    code: 'marketplace-refused',
  };

  const { text } = renderMail('activation-failed', mailFacts({ subscription: subscription({ activation }) }));

  expect(text).toContain('\nError code: marketplace-refused\nMarketplace status: PendingFulfillmentStart\n');
});

test('already-billed tells a customer who asked for the workspace from one who did not, and from a set-up without them', () => {
  const begun = without(subscription({ marketplaceStatus: 'Subscribed' }), 'contact');
  const unasked = without(begun, 'requestedAt');

  expect(renderMail('already-billed', mailFacts()).text).toContain('set it up without delay');
  const text = (record: Subscription) => renderMail('already-billed', mailFacts({ subscription: record })).text;
  expect(text(begun)).toContain('its set-up has begun all the same');
  expect(text(unasked)).toContain('ask them to press “Onboard”');
  expect(`${text(begun)}${text(unasked)}`).not.toContain('has asked');
});
