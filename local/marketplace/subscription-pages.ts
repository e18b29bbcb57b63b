import { html } from 'hono/html';
import { type Html, page } from '../page.ts';
import { actForms } from './act-forms.ts';
import { deliveryTable, historyTable, operationTable } from './happenings.ts';
import { keepLive, livePart } from './live-page.ts';
import type { Purchase } from './purchases.ts';
import { WHERE } from './shop-page.ts';
import type { WireParty, WireTerm } from './subscription.ts';
import type { World } from './world.ts';

const isPending = ({ subscription }: Purchase): boolean =>
  subscription.saasSubscriptionStatus === 'PendingFulfillmentStart';

const explain = (purchase: Purchase): string => {
  if (isPending(purchase))
    return purchase.isActivating
      ? 'The publisher asked to start billing; Microsoft is working on it.'
      : 'Bought, but not set up yet. Nothing is billed.';
  const { saasSubscriptionStatus: status } = purchase.subscription;
  if (status === 'Subscribed') return 'Active and billed.';
  if (status === 'Suspended') return 'The payment failed. Without one it ends after 30 days.';
  return 'Not active.';
};

const nextClick = (purchase: Purchase): Html => html`<section>
<p role="status" style="margin-top:0"><strong>${purchase.subscription.saasSubscriptionStatus}</strong>: ${explain(purchase)}</p>
<form method="post" action="/subscriptions/${purchase.subscription.id}/configure">
<button type="submit">${isPending(purchase) ? 'Configure account now' : 'Manage account'}</button>
<span class="soft">takes you to the publisher's page, as the Azure portal does</span>
</form></section>`;

const row = (name: string, value: Html | string): Html => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`;

const party = (someone: WireParty): Html => html`${someone.emailId}<br><code>${someone.tenantId}</code>`;

const termDates = ({ startDate, endDate }: WireTerm): string =>
  startDate === undefined || endDate === undefined
    ? 'none before activation'
    : `${startDate.slice(0, 10)} to ${endDate.slice(0, 10)}`;

const facts = ({ subscription }: Purchase): Html => html`<section><h2>As Microsoft sees it</h2><table><tbody>
${row('Status', subscription.saasSubscriptionStatus)}
${row('Plan', subscription.planId)}
${row('Offer', subscription.offerId)}
${row('Seats', String(subscription.quantity ?? 'not per seat'))}
${row('Term', subscription.term.termUnit)}
${row('Term dates', termDates(subscription.term))}
${row('Renews', subscription.autoRenew ? 'by itself' : 'not: it ends with the term')}
${row('Purchaser', party(subscription.purchaser))}
${row('Beneficiary', party(subscription.beneficiary))}
${row('Customer may', subscription.allowedCustomerOperations.join(', '))}
${row('Subscription id', html`<code>${subscription.id}</code>`)}
</tbody></table></section>`;

/** One subscription as the buyer finds it in the Azure portal, with what Microsoft knows and may do. */
export const subscriptionPage = ({ webhook, deliveries }: World, purchase: Purchase, refusal?: string): Html =>
  page(
    purchase.subscription.name,
    WHERE,
    html`<p><a href="/subscriptions">All subscriptions</a> · <a href="/simulation">Simulation</a></p>
${refusal === undefined ? '' : html`<section role="alert"><strong>Not done.</strong> ${refusal}</section>`}
${livePart('next', nextClick(purchase))}
${livePart('acts', actForms(purchase))}
${livePart(
  'facts',
  html`${facts(purchase)}${operationTable(purchase)}
${deliveryTable(
  deliveries.all().filter(({ subscriptionId }) => subscriptionId === purchase.subscription.id),
  webhook ? 'None yet.' : 'None: no webhook is configured.',
)}
${historyTable(purchase)}`,
)}
${keepLive()}`,
  );

export const subscriptionListPage = (purchases: Purchase[]): Html =>
  page(
    'Subscriptions',
    WHERE,
    html`<p><a class="button" href="/">Buy a subscription</a> <a href="/simulation">Simulation</a></p>
<section>${
      purchases.length === 0
        ? html`<p>None yet.</p>`
        : html`<table>
<thead><tr><th scope="col">Name</th><th scope="col">Plan</th><th scope="col">Status</th><th scope="col">Purchaser</th></tr></thead>
<tbody>${purchases.toReversed().map(
            ({ subscription }) => html`<tr>
<td><a href="/subscriptions/${subscription.id}">${subscription.name}</a></td><td>${subscription.planId}</td>
<td>${subscription.saasSubscriptionStatus}</td><td>${subscription.purchaser.emailId}</td></tr>`,
          )}</tbody></table>`
    }</section>`,
  );

export const missingPage = (): Html =>
  page(
    'No such subscription',
    WHERE,
    html`<p>It may be from before a restart. <a class="button" href="/">Buy a subscription</a></p>`,
  );
