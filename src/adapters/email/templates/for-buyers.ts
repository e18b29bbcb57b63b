import type { Subscription } from '../../../domain/subscription.ts';
import { type Block, type Fact, steps } from './letter.ts';
import { typed } from './plain.ts';
import { planName, quantity, termDates, termLength } from './wording.ts';

/** The way back in: only the portal brings a fresh purchase token (design 3.6), so buyers get words and no link. */
export const portalSteps = (subscription: Subscription, which: string, last: string): Block =>
  steps([
    'Open the Azure portal and go to SaaS.',
    `Choose ${which}.`,
    subscription.marketplaceStatus === 'PendingFulfillmentStart'
      ? 'Press “Configure account now” and sign in.'
      : 'Press “Manage account” and sign in.',
    last,
  ]);

export const quotedName = (subscription: Subscription): string =>
  subscription.name ? `the subscription “${typed(subscription.name, 100)}”` : 'your subscription';

const isSameAddress = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/**
 * Whether the reader may see the name that the purchaser gave the subscription. An address that was typed in the contact
 * form may be a stranger's, and a name can be made a message to them, until an operator has confirmed the set-up.
 */
const isKnownReader = ({ contact, confirmation, purchaser, beneficiary }: Subscription): boolean =>
  contact === undefined ||
  confirmation !== undefined ||
  isSameAddress(contact.email, purchaser.email) ||
  isSameAddress(contact.email, beneficiary.email);

/** The subscription as the steps through the portal call it: by its name where the reader may see that. */
export const portalName = (subscription: Subscription): string =>
  isKnownReader(subscription) ? quotedName(subscription) : 'your subscription';

/** What the publisher and Microsoft say of the purchase; nothing that anybody typed. */
export const orderFacts = (subscription: Subscription): Fact[] => [
  { label: 'Plan', value: planName(subscription) },
  { label: 'Offer', value: subscription.offerId },
  { label: 'Subscription ID', value: subscription.id },
];

/** Plan and seats as they are now, under the purchaser's own name for the subscription. */
export const subscriptionFacts = (subscription: Subscription): Fact[] => [
  { label: 'Subscription', value: typed(subscription.name, 100) || 'Not named' },
  { label: 'Plan', value: planName(subscription) },
  { label: 'Quantity', value: quantity(subscription) },
  { label: 'Term', value: termLength(subscription.term) },
  { label: 'Term dates', value: termDates(subscription.term) },
  { label: 'Subscription ID', value: subscription.id },
];

/** What tells the reader which subscription it is about, with its name where they may see that. */
export const whichFacts = (subscription: Subscription): Fact[] =>
  isKnownReader(subscription)
    ? subscriptionFacts(subscription).filter(({ label }) => !label.startsWith('Term'))
    : orderFacts(subscription);
