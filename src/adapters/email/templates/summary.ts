import type { MailFacts } from '../../../application/ports.ts';
import { STEPS, type StepName, type Subscription } from '../../../domain/subscription.ts';
import type { Fact } from './letter.ts';
import { address, typed } from './plain.ts';
import { adminAddress, moment, planName, quantity, STEP_TITLES, termDates, termLength } from './wording.ts';

const yesOrNo = (value: boolean): string => (value ? 'Yes' : 'No');

/** All that Microsoft says of the purchase, under the labels that the landing page uses (design 3.2). */
export const purchaseFacts = (subscription: Subscription): Fact[] => [
  { label: 'Subscription name', value: typed(subscription.name) || 'Not given' },
  { label: 'Plan name', value: planName(subscription) },
  { label: 'Plan ID', value: subscription.planId },
  { label: 'Offer ID', value: subscription.offerId },
  { label: 'Quantity', value: quantity(subscription) },
  { label: 'Term', value: termLength(subscription.term) },
  { label: 'Term dates', value: termDates(subscription.term) },
  { label: 'Purchaser e-mail', value: address(subscription.purchaser.email) },
  { label: 'Beneficiary e-mail', value: address(subscription.beneficiary.email) },
  { label: 'Tenant ID', value: subscription.beneficiary.tenantId },
  { label: 'Subscription ID', value: subscription.id },
  { label: 'Marketplace status', value: typed(subscription.marketplaceStatus, 60) },
  { label: 'Test purchase', value: yesOrNo(subscription.isTest) },
  { label: 'Free trial', value: yesOrNo(subscription.isFreeTrial) },
];

/** Enough to find the subscription; the console has the rest. */
export const shortFacts = (subscription: Subscription): Fact[] => {
  const short = ['Subscription name', 'Plan name', 'Quantity', 'Purchaser e-mail', 'Tenant ID', 'Subscription ID'];
  return purchaseFacts(subscription).filter(({ label }) => short.includes(label));
};

/** More fields than any contact form has. */
const CONTACT_FIELDS = 30;

/** What the visitor typed in the contact form: for operators' eyes only. */
export const contactFacts = ({ contact }: Subscription): Fact[] => {
  if (!contact) return [{ label: 'Contact', value: 'Not given yet' }];
  const { name, email, company, phone, ...others } = contact;
  return [
    { label: 'Name', value: typed(name) || 'Not given' },
    { label: 'E-mail', value: address(email) },
    { label: 'Company', value: typed(company ?? '') || 'Not given' },
    { label: 'Phone', value: typed(phone ?? '', 60) || 'Not given' },
    ...Object.entries(others)
      .slice(0, CONTACT_FIELDS)
      .map(([field, value]) => ({ label: typed(field, 40), value: typed(value ?? '', 500) || 'Not given' })),
  ];
};

const SOURCES: Record<NonNullable<MailFacts['admin']>['source'], string> = {
  purchaser: 'the purchaser, as Microsoft names them',
  beneficiary: 'the beneficiary, as Microsoft names them',
  contact: 'typed in the contact form, not confirmed by Microsoft',
};

const adminFact = (mail: MailFacts): Fact => ({
  label: 'Admin user',
  value: mail.admin ? `${adminAddress(mail)} (${SOURCES[mail.admin.source]})` : 'No usable address (no-admin-email)',
});

const stepValue = (name: StepName, mail: MailFacts): string => {
  const { state, at, code, attempts } = mail.subscription.steps[name];
  if (name === 'notification' && state === 'pending') return 'this message';
  if (state === 'held' && code === 'existing-organization') {
    return `held: the organization already exists, confirming the set-up makes ${adminAddress(mail)} its administrator`;
  }
  const cause = code ? `: ${typed(code, 60)}` : '';
  if (state === 'failed') return `failed after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}${cause}`;
  return `${state}${cause}${at ? ` (${moment(at)})` : ''}`;
};

/** The admin user, where the address is from, and where each step stands. */
export const setUpFacts = (mail: MailFacts): Fact[] => [
  adminFact(mail),
  ...STEPS.map((name) => ({ label: `Step: ${STEP_TITLES[name]}`, value: stepValue(name, mail) })),
];
