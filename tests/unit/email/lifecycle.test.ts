import { describe, expect, test } from '@jest/globals';
import { renderMail } from '../../../src/adapters/email/templates/render.ts';
import type { MailKind, Subscription } from '../../../src/domain/subscription.ts';
import { BUYER_KINDS, erasure, mailFacts, STATIONS, without } from './facts.ts';

const { active, cancelled, suspended } = STATIONS;

const mail = (kind: MailKind, subscription: Subscription) => renderMail(kind, mailFacts({ subscription }));

/** The letter to read, and the same with the marks of HTML taken off. */
const both = (kind: MailKind, subscription: Subscription): string[] => {
  const { html, text } = mail(kind, subscription);
  return [text, html.replace(/<[^>]+>/g, '')];
};

const resold = (subscription: Subscription): Subscription => ({
  ...subscription,
  purchaser: { tenantId: '44444444-4444-4444-8444-444444444444', objectId: 'r', email: 'rita@reseller.example' },
});

describe('change-done', () => {
  test.each(both('change-done', { ...active, planId: 'gold', planName: 'Gold', quantity: 40 }))(
    'says plan and seats as they are now, and what becomes of the bill (%#)',
    (letter) => {
      expect(letter).toContain('Plan: Gold');
      expect(letter).toContain('Quantity: 40');
      expect(letter).toContain('Prepaid rates are prorated by Microsoft.');
      expect(letter).toContain('Usage up to a change of plan is billed on the old plan.');
      expect(letter).toContain('Press “Manage account” and sign in.');
    },
  );

  test('of a plan that is not per user says so, and shows no quantity beside the subject', () => {
    const flat = without(active, 'quantity');

    expect(mail('change-done', flat).text).toContain('\nQuantity: Not per user\n');
    expect(mail('change-done', flat).html).toContain('>Now Team.</div>');
    expect(mail('change-done', active).html).toContain('>Now Team, quantity 25.</div>');
  });
});

test.each(both('change-refused', active))(
  'change-refused says that nothing changed, what holds, and where to try again (%#)',
  (letter) => {
    expect(letter).toContain('The change did not take place');
    expect(letter).toContain('Plan and quantity stay as they are.');
    expect(letter).toContain('Plan: Team');
    expect(letter).toContain('Quantity: 25');
    expect(letter).toContain('Open the Azure portal and go to SaaS.');
    expect(letter).toContain('Choose the subscription “Contoso quality”.');
    expect(letter).toContain('Press “Manage account” and sign in.');
  },
);

test('change-refused is true of a refused cancellation, too', () => {
  const { subject, text } = mail('change-refused', active);

  expect(`${subject}${text}`).not.toMatch(/change of (the )?(plan|quantity|seats)/);
  expect(text).toContain('Your subscription goes on.');
});

describe('suspended', () => {
  test.each(both('suspended', suspended))('says why, what is off, where to pay and until when (%#)', (letter) => {
    expect(letter).toContain('Microsoft could not collect the payment');
    expect(letter).toContain('suspended it on 23 December 2026. Access to the workspace is off');
    expect(letter).toContain('All your data is kept. Please settle the payment by 22 January 2027');
    expect(letter).toContain('after that, the subscription ends');
    expect(letter).toMatch(/Azure portal.*Payment methods.*Microsoft 365 admin center.*Payment methods/);
    expect(letter).toContain('Update the payment method');
    expect(letter).not.toContain('reseller');
  });

  test('of a purchase through a reseller sends the buyer to them', () => {
    const { text } = mail('suspended', resold(suspended));

    expect(text).toContain('ask them to settle the payment with Microsoft');
    expect(text).not.toContain('Payment methods');
  });

  test('without a known begin still names the 30 days, and no date', () => {
    const { text } = mail('suspended', without(suspended, 'suspendedAt'));

    expect(text).toContain('within 30 days of the suspension');
    expect(text).not.toMatch(/by \d|on \d/);
  });
});

test.each(both('suspended-operators', suspended))(
  'suspended-operators says since when, when it ends, and what happens next (%#)',
  (letter) => {
    expect(letter).toContain('Access to the workspace is off; all data is kept.');
    expect(letter).toContain('Suspended since: 23 December 2026 at 09:00 UTC');
    expect(letter).toContain('Ends on: 22 January 2027');
    expect(letter).toContain('Microsoft reinstates the subscription and access comes back by itself');
    expect(letter).toContain('If it does not come by 22 January 2027, Microsoft ends the subscription.');
  },
);

test('suspended-operators knows who pays for a purchase through a reseller', () => {
  expect(mail('suspended-operators', resold(suspended)).text).toContain('who has to settle the payment');
  expect(mail('suspended-operators', suspended).text).not.toContain('reseller');
});

test.each(both('reinstated', active))('reinstated says that access and data are back (%#)', (letter) => {
  expect(letter).toContain('Microsoft reinstated your subscription.');
  expect(letter).toContain('Access to the workspace is back, and your data is all there.');
  expect(letter).toContain('There is nothing left for you to do.');
});

describe('unsubscribed', () => {
  test.each(both('unsubscribed', cancelled))('says when it ended and until when what is kept (%#)', (letter) => {
    expect(letter).toContain('has ended, and access to the workspace with it');
    expect(letter).toContain('Ended on: 2 January 2027');
    expect(letter).toContain('Workspace data: kept until 2 March 2027');
    expect(letter).toContain('Contact details: kept until 1 February 2027');
    expect(letter).toContain('write to support@unifize.example before it is deleted');
    expect(letter).toContain('Usage that was reported before the end is still billed by Microsoft.');
  });

  test('without due times promises the least that is kept, and computes none', () => {
    const { text } = mail('unsubscribed', without(cancelled, 'erasure'));

    expect(text).toContain('\nYour data: kept for at least 7 days\n');
    expect(text).not.toContain('kept until');
  });

  test('of data that is all kept until one day says that day once', () => {
    const oneDay = { ...erasure, contactDueAt: '2027-03-02T08:00:00Z' };

    const { text } = mail('unsubscribed', { ...cancelled, erasure: oneDay });

    expect(text).toContain('\nYour data: kept until 2 March 2027\n');
    expect(text.match(/kept until/g)).toHaveLength(1);
  });

  test('without a support address names the publisher to ask for a copy', () => {
    const facts = without(mailFacts({ subscription: cancelled }), 'supportEmail');

    expect(renderMail('unsubscribed', facts).text).toContain('write to Unifize before it is deleted');
  });
});

test.each(both('unsubscribed-operators', cancelled))(
  'unsubscribed-operators says when it ended, what is kept, and how to hold it (%#)',
  (letter) => {
    expect(letter).toContain('Ended: 2 January 2027 at 09:00 UTC');
    expect(letter).toContain('Contact data: kept until 1 February 2027');
    expect(letter).toContain('Workspace data: kept until 2 March 2027');
    expect(letter).toContain('Three days before data is erased you get a message.');
    expect(letter).toContain('hold the erasure in the console, with a reason');
  },
);

test('unsubscribed-operators without due times promises the least that is kept', () => {
  expect(mail('unsubscribed-operators', without(cancelled, 'erasure')).text).toContain(
    '\nData: kept for at least 7 days\n',
  );
});

test('only a purchase that waits for its activation has a term that starts when billing starts', () => {
  const words = 'Term dates: Starts when billing starts';

  expect(mail('reminder', STATIONS.unopened).text).toContain(words);
  expect(mail('suspended', suspended).text).not.toContain('Term dates');
  expect(mail('change-done', active).text).toContain('Term dates: 23 November 2026 to 22 December 2026');
});

const ABOUT_ENDED = new Set<MailKind>(['unsubscribed']);

test.each(BUYER_KINDS.filter((kind) => !ABOUT_ENDED.has(kind)))(
  '%s of a living subscription promises no end of its data',
  (kind) => {
    expect(mail(kind, active).text).not.toMatch(/erased|deleted|kept until/);
  },
);
