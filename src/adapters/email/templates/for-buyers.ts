import type { Subscription } from '../../../domain/subscription.ts';
import { type Block, type Fact, steps } from './letter.ts';
import { typed } from './plain.ts';
import { isPending, isResold, planName, quantity, termDates, termLength, wayIn } from './wording.ts';

/** The way back in: only the portal brings a fresh purchase token (design 3.6), so buyers get words and no link. */
export const portalSteps = (subscription: Subscription, which: string, last: string): Block =>
  steps([
    'Open the Azure portal and go to SaaS.',
    `Choose ${which}.`,
    `Press “${wayIn(subscription)}” and sign in.`,
    last,
  ]);

const isSameAddress = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/**
 * Whether the reader may see the name that the purchaser gave the subscription. An address that was typed in the contact
 * form may be a stranger's, and a name can be made a message to them; once the set-up is confirmed, the address counts.
 */
const isKnownReader = ({ contact, confirmation, purchaser, beneficiary }: Subscription): boolean =>
  contact === undefined ||
  confirmation !== undefined ||
  isSameAddress(contact.email, purchaser.email) ||
  isSameAddress(contact.email, beneficiary.email);

/** The subscription as the steps through the portal call it: by its name where the reader may see that. */
export const portalName = (subscription: Subscription): string =>
  isKnownReader(subscription) && subscription.name
    ? `the subscription “${typed(subscription.name, 100)}”`
    : 'your subscription';

/** What the publisher and Microsoft say of the purchase; nothing that anybody typed. */
export const orderFacts = (subscription: Subscription): Fact[] => [
  { label: 'Plan', value: planName(subscription) },
  { label: 'Offer', value: subscription.offerId },
  { label: 'Subscription ID', value: subscription.id },
];

/** The subscription as it is now, under the purchaser's own name for it where the reader may see that. */
export const subscriptionFacts = (subscription: Subscription): Fact[] => [
  ...(isKnownReader(subscription)
    ? [{ label: 'Subscription', value: typed(subscription.name, 100) || 'Not named' }]
    : []),
  { label: 'Plan', value: planName(subscription) },
  { label: 'Quantity', value: quantity(subscription) },
  { label: 'Term', value: termLength(subscription.term) },
  // Without dates the words for them are about a billing that has not begun.
  ...(subscription.term?.startDate || isPending(subscription)
    ? [{ label: 'Term dates', value: termDates(subscription.term) }]
    : []),
  { label: 'Subscription ID', value: subscription.id },
];

/** Where a failed payment is settled (contract 5: a suspended subscription comes back when it is paid). */
export const waysToPay = (subscription: Subscription): Block =>
  steps([
    ...(isResold(subscription)
      ? ['You bought through a reseller or another party: ask them to settle the payment with Microsoft.']
      : [
          'In the Azure portal, open Cost Management + Billing, then Payment methods. If your organization buys in the Microsoft 365 admin center, open Billing there, then Payment methods.',
          'Update the payment method and pay what is open.',
        ]),
    'Once Microsoft has the payment, access comes back by itself. You get a message.',
  ]);
