import type { OperatorView } from '../../src/application/get-subscription.ts';
import type { View } from '../../src/application/view.ts';
import { day, daysAway, duration } from '../design/format.ts';
import { type Fact, Facts } from '../design/parts.tsx';
import { by, happened, LANGUAGE, type TimelineLine, when } from './words.ts';

const LABELS: Record<string, string> = { name: 'Name', email: 'Email', company: 'Company', phone: 'Phone' };

const BEFORE_CONFIRMATION: View['stage'][] = ['resolved', 'provisioning', 'awaiting-confirmation'];

/** Whom to talk to, as they wrote it themselves. */
export const Contact = ({ contact, subscription }: OperatorView) =>
  contact ? (
    <Facts
      facts={Object.entries(contact).map(([name, value]) => ({ label: LABELS[name] ?? name, value: value ?? '' }))}
    />
  ) : (
    <p class="quiet">
      {BEFORE_CONFIRMATION.includes(subscription.stage)
        ? 'Not given yet: the customer has not pressed Onboard.'
        : 'None is kept.'}
    </p>
  );

const POLICIES: Record<View['activationPolicy'], string> = {
  buyer: 'The buyer, after the set-up is confirmed',
  operator: 'An operator, after the set-up is confirmed',
  'when-ready': 'By itself, when the steps are done',
};

/** Whose it is to start billing; nobody's where it runs already, or is over. */
const whoActivates = ({ activationPolicy, marketplaceStatus, activatedAt }: View): Fact[] => {
  const label = 'Who activates';
  if (marketplaceStatus === 'PendingFulfillmentStart')
    return [{ label, value: POLICIES[activationPolicy] ?? activationPolicy }];
  const isBilledEarly = marketplaceStatus === 'Subscribed' && activatedAt === undefined;
  return isBilledEarly ? [{ label, value: 'Nobody: Microsoft bills already' }] : [];
};

const dated = (label: string, instant: string | undefined): Fact[] =>
  instant === undefined ? [] : [{ label, value: when(instant) }];

/** A day to come, and how far away it is. */
const ahead = (label: string, instant: string | undefined): Fact[] =>
  instant === undefined ? [] : [{ label, value: `${when(instant)} (${daysAway(instant, Date.now(), LANGUAGE)})` }];

/** Everything the record says of the purchase. */
export const SubscriptionFacts = ({ view }: { view: View }) => {
  const { term } = view;
  const dates = [term?.startDate, term?.endDate]
    .filter((date) => date !== undefined)
    .map((date) => day(date, LANGUAGE));
  const facts: Fact[] = [
    { label: 'Plan', value: view.planName ?? view.planId },
    { label: 'Quantity', value: view.quantity ?? 'Not per user' },
    {
      label: 'Term',
      value:
        [term?.termUnit && duration(term.termUnit, LANGUAGE), dates.join(' to ')].filter(Boolean).join(', ') ||
        'Not stated',
    },
    ...(view.autoRenew === undefined ? [] : [{ label: 'Renews by itself', value: view.autoRenew ? 'Yes' : 'No' }]),
    { label: 'Purchaser', value: view.purchaserEmail || 'Not stated' },
    { label: 'Beneficiary', value: view.beneficiaryEmail || 'Not stated' },
    { label: 'Microsoft’s status', value: view.marketplaceStatus },
    ...whoActivates(view),
    ...(view.activationCode === undefined
      ? []
      : [
          {
            label: view.stage === 'activating' ? 'Activation waits' : 'Last activation failed with',
            value: view.activationCode,
          },
        ]),
    ...dated('Set-up begun', view.requestedAt),
    ...dated('Activated', view.activatedAt),
    ...ahead('Microsoft drops the purchase', view.deadlines.pendingUntil),
    ...ahead('Microsoft ends it if nobody pays', view.deadlines.suspendedUntil),
    ...ahead('Data is erased', view.deadlines.eraseAfter),
    ...(view.erasureHold ? [{ label: 'Erasure is held', value: view.erasureHold.reason }] : []),
    ...(view.workspaceUrl && /^https?:/.test(view.workspaceUrl)
      ? [{ label: 'Workspace', value: <a href={view.workspaceUrl}>{view.workspaceUrl}</a> }]
      : []),
    { label: 'Offer ID', value: view.offerId, isCode: true },
    { label: 'Plan ID', value: view.planId, isCode: true },
    { label: 'Tenant ID', value: view.tenantId, isCode: true },
    { label: 'Subscription ID', value: view.id, isCode: true },
  ];
  return <Facts facts={facts} />;
};

/** What happened, newest first. */
export const Timeline = ({ lines }: { lines: TimelineLine[] }) => (
  <ol class="timeline" reversed>
    {lines
      .map((line, at) => (
        <li key={at}>
          <p>{happened(line)}</p>
          <p class="quiet small">
            <time dateTime={line.at}>{when(line.at)}</time> · {by(line)}
          </p>
        </li>
      ))
      .toReversed()}
  </ol>
);
