import { describe, expect, test } from '@jest/globals';
import { renderMail } from '../../../src/adapters/email/templates/render.ts';
import type { MailFacts } from '../../../src/application/ports.ts';
import { mailFacts, STATIONS, without } from './facts.ts';

type Station = keyof typeof STATIONS;
type Policy = MailFacts['activationPolicy'];

const remind = (kind: 'reminder' | 'reminder-operators', station: Station, activationPolicy: Policy = 'buyer') =>
  renderMail(kind, mailFacts({ subscription: STATIONS[station], activationPolicy, occurrence: '10' }));

const WAITING = ['unopened', 'opened', 'provisioning', 'awaiting-confirmation', 'confirmed'] as const;
const plain = (html: string): string => html.replace(/<[^>]+>/g, '');

describe.each(WAITING)('a purchase that is %s', (station) => {
  test('is said not to be billed, with the day on which Microsoft drops it', () => {
    for (const [kind, who] of [
      ['reminder', 'You are'],
      ['reminder-operators', 'The customer is'],
    ] as const) {
      const { html, text } = remind(kind, station);
      const sentence = `${who} not billed yet. Microsoft drops the purchase on 21 December 2026 if it is not activated before.`;

      expect(text).toContain(`* ${sentence}`);
      expect(plain(html)).toContain(sentence);
    }
  });

  test('leads the buyer back in through the portal', () => {
    const { html, text } = remind('reminder', station);

    for (const letter of [text, plain(html)]) {
      expect(letter).toContain('Open the Azure portal and go to SaaS.');
      expect(letter).toContain('Press “Configure account now” and sign in.');
    }
  });

  test('says to operators which reminder it is, and all of the purchase', () => {
    const { text } = remind('reminder-operators', station);

    expect(text).toContain('\nReminder: 10 days before the end\n');
    expect(text).toContain('\nPlan ID: team-monthly\n');
    expect(text).toContain('console/?id=5a0bd2a4-7c1d-4c7e-9c53-0b1f3f3e9a11');
  });
});

test.each([
  ['unopened', 'have not opened the purchase since', '4. Check your details and press “Onboard”.'],
  ['opened', 'nobody has asked for the set-up', '4. Check your details and press “Onboard”.'],
  ['provisioning', 'Your request is with us', '4. The page shows each step as it is done.'],
  ['awaiting-confirmation', 'Your request is with us', '4. The page shows each step as it is done.'],
  [
    'confirmed',
    'One step is left, and it is yours',
    '4. Press “Activate subscription”. Billing starts at that moment.',
  ],
  ['activating', 'Microsoft was asked to activate', '4. The page shows how far it is.'],
] as const)('reminder, %s: the buyer reads what it waits for and what to press', (station, what, last) => {
  const { html, text } = remind('reminder', station);

  expect(text).toContain(what);
  expect(text).toContain(last);
  expect(plain(html)).toContain(what);
});

test.each([
  ['unopened', 'Purchase not opened yet', 'Write to the customer (bea.buyer@contoso.example)', '“Onboard”.'],
  ['opened', 'Purchase opened, not onboarded', 'Write to the customer (bea.buyer@contoso.example)', '“Onboard”.'],
  ['provisioning', 'Customer waits for our set-up', 'it is our turn', 'Press “Confirm set-up”'],
  ['awaiting-confirmation', 'Customer waits for our set-up', 'it is our turn', 'Press “Confirm set-up”'],
  [
    'confirmed',
    'Workspace ready, not activated',
    'Write to the customer (bertha@typed.example)',
    'you can do it for them in the console, with a reason',
  ],
  ['activating', 'Activation not confirmed by Microsoft', 'does not say Subscribed yet', 'Partner Center'],
  ['activation-failed', 'Customer waits for activation', 'it is our turn', 'Press “Activate subscription” there.'],
] as const)('reminder-operators, %s: whose turn it is and what to do', (station, title, what, todo) => {
  const { html, subject, text } = remind('reminder-operators', station);

  expect(subject).toBe(`${title}: Contoso quality`);
  for (const letter of [text, plain(html)]) {
    expect(letter).toContain(what);
    expect(letter).toContain(todo);
  }
});

test('the four reminders differ in subject, title and text, to the buyer and to operators', () => {
  for (const kind of ['reminder', 'reminder-operators'] as const) {
    const mails = (['unopened', 'opened', 'awaiting-confirmation', 'confirmed'] as const).map((station) =>
      remind(kind, station),
    );

    expect(new Set(mails.map(({ subject }) => subject)).size).toBe(4);
    expect(new Set(mails.map(({ html }) => /<h1.*<\/h1>/.exec(html)?.[0])).size).toBe(4);
    expect(new Set(mails.map(({ text }) => text)).size).toBe(4);
  }
});

test('where operators activate, they are asked and the buyer is not', () => {
  const buyers = remind('reminder', 'confirmed', 'operator').text;
  const operators = remind('reminder-operators', 'confirmed', 'operator').text;

  expect(buyers).toContain('Unifize still has to activate the subscription. There is nothing for you to do.');
  expect(buyers).not.toContain('Press “Activate');
  expect(operators).toContain('Press “Activate subscription” there. Billing starts at that moment.');
  expect(operators).not.toContain('Write to the customer');
});

test('only where the buyer activates are they told that this comes after the set-up', () => {
  expect(remind('reminder', 'provisioning', 'buyer').text).toContain('you then activate the subscription');
  expect(remind('reminder', 'provisioning', 'operator').text).not.toContain('you then activate');
  expect(remind('reminder-operators', 'provisioning', 'buyer').text).toContain('they still have to press');
  expect(remind('reminder-operators', 'provisioning', 'operator').text).not.toContain('they still have to press');
});

test('the name stands in the steps where the reader is a party, and only once confirmed where the address was typed', () => {
  const own = { ...STATIONS['awaiting-confirmation'], contact: { name: 'Bea', email: 'Bea.Buyer@contoso.example' } };

  const { purchaser } = own;
  const resold = { ...own, purchaser: { ...purchaser, email: 'rita@reseller.example' } };
  const bought = { ...own, beneficiary: { ...purchaser, email: 'ben@contoso.example' } };

  expect(renderMail('reminder', mailFacts({ subscription: resold })).text).toContain('“Contoso quality”');
  expect(renderMail('reminder', mailFacts({ subscription: bought })).text).toContain('“Contoso quality”');
  expect(remind('reminder', 'unopened').text).toContain('2. Choose the subscription “Contoso quality”.');
  expect(renderMail('reminder', mailFacts({ subscription: own })).text).toContain('“Contoso quality”');
  expect(remind('reminder', 'awaiting-confirmation').text).toContain('2. Choose your subscription.');
  expect(remind('reminder', 'confirmed').text).toContain('2. Choose the subscription “Contoso quality”.');
});

test('without a known begin of the purchase it names the 30 days and no date', () => {
  const subscription = without(STATIONS.unopened, 'createdAt');

  const { text } = renderMail('reminder', mailFacts({ subscription }));

  expect(text).toContain('Microsoft drops the purchase 30 days after it was made if it is not activated before.');
});

test('a purchase that Microsoft bills already is never called not billed', () => {
  const subscription = { ...STATIONS.unopened, marketplaceStatus: 'Subscribed' };

  for (const kind of ['reminder', 'reminder-operators'] as const) {
    const { html, text } = renderMail(kind, mailFacts({ subscription }));

    expect(text).toContain('* Billing already runs: Microsoft has billed since the purchase.');
    expect(`${text}${html}`).not.toMatch(/not billed|drops the purchase/);
  }
});

test.each(['active', 'suspended', 'cancelled'] as const)(
  'taken up while the message was on its way (%s), it threatens nothing',
  (station) => {
    for (const kind of ['reminder', 'reminder-operators'] as const) {
      const { html, text } = remind(kind, station);

      expect(text).toContain('it was taken up in the meantime');
      expect(`${text}${html}`).not.toMatch(/not billed|drops the purchase/);
      expect(text.includes('Billing already runs')).toBe(station === 'active');
    }
  },
);

test('a free trial is not said to be billed', () => {
  const subscription = { ...STATIONS.active, isFreeTrial: true };

  expect(renderMail('reminder', mailFacts({ subscription })).text).not.toContain('Billing already runs');
});

test('a purchaser without a mailbox is no address to write to', () => {
  const { purchaser } = STATIONS.unopened;
  const subscription = { ...STATIONS.unopened, purchaser: { ...purchaser, email: 'bea_x.example#EXT#@y.example' } };

  const { text } = renderMail('reminder-operators', mailFacts({ subscription }));

  expect(text).toContain('Microsoft named no usable address: find another way to the customer');
  expect(text).not.toContain('Write to the customer');
});

test.each([
  ['1', 'Reminder: 1 day before the end'],
  ['25', 'Reminder: 25 days before the end'],
])('an occurrence of %s reads %s', (occurrence, line) => {
  const { text } = renderMail('reminder-operators', mailFacts({ subscription: STATIONS.unopened, occurrence }));

  expect(text.split('\n')).toContain(line);
});

test('an occurrence that is no number of days is left out', () => {
  const { text } = renderMail('reminder-operators', mailFacts({ subscription: STATIONS.unopened, occurrence: 'soon' }));

  expect(text).not.toContain('before the end');
});

test('of a set-up that began without the buyer, or lacks their address, it asks them for it', () => {
  const begun = without(STATIONS.provisioning, 'contact');
  const unreachable = {
    ...STATIONS.provisioning,
    steps: {
      ...STATIONS.provisioning.steps,
      'admin-user': { state: 'failed', code: 'no-admin-email', attempts: 1 } as const,
    },
  };

  for (const subscription of [begun, unreachable]) {
    const { text } = renderMail('reminder', mailFacts({ subscription }));
    expect(text).toContain('4. Check your details and press “Onboard”.');
    expect(text).not.toMatch(/Your request|nothing for you to do/);
  }
  const { text } = renderMail('reminder-operators', mailFacts({ subscription: begun }));
  expect(text).toContain('The set-up began without the customer');
  expect(text).not.toContain('The customer pressed');
});
