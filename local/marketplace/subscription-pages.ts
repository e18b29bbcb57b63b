import { html, raw } from 'hono/html';
import { type Html, page } from '../page.ts';
import type { Purchase } from './purchases.ts';
import { WHERE } from './shop-page.ts';
import type { WireParty, WireTerm } from './subscription.ts';

/** Fetches this page anew every 3 s and puts its live part in place when it has changed, so that no click is lost. */
const KEEP_LIVE = `
setInterval(async () => {
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('live');
  const live = document.getElementById('live');
  if (fresh && live.innerHTML !== fresh.innerHTML) live.replaceWith(fresh);
}, 3000);
`;

const isPending = ({ subscription }: Purchase): boolean =>
  subscription.saasSubscriptionStatus === 'PendingFulfillmentStart';

const explain = (purchase: Purchase): string => {
  if (isPending(purchase))
    return purchase.isActivating
      ? 'The publisher asked to start billing; Microsoft is working on it.'
      : 'Bought, but not set up yet. Nothing is billed.';
  if (purchase.subscription.saasSubscriptionStatus === 'Subscribed') return 'Active and billed.';
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
${row('Purchaser', party(subscription.purchaser))}
${row('Beneficiary', party(subscription.beneficiary))}
${row('Customer may', subscription.allowedCustomerOperations.join(', '))}
${row('Subscription id', html`<code>${subscription.id}</code>`)}
</tbody></table></section>`;

const time = (at: Date): string => at.toISOString().replace('T', ' ').slice(0, 19);

const history = (purchase: Purchase): Html => html`<section><h2>History</h2><table>
<thead><tr><th scope="col">When (UTC)</th><th scope="col">What</th></tr></thead>
<tbody>${purchase.history.toReversed().map(({ at, what }) => html`<tr><td>${time(at)}</td><td>${what}</td></tr>`)}</tbody>
</table></section>`;

/** One subscription as the buyer finds it in the Azure portal, with what Microsoft knows of it. */
export const subscriptionPage = (purchase: Purchase): Html =>
  page(
    purchase.subscription.name,
    WHERE,
    html`<p><a href="/subscriptions">All subscriptions</a></p>
<div id="live">${nextClick(purchase)}${facts(purchase)}${history(purchase)}</div>
<script>${raw(KEEP_LIVE)}</script>`,
  );

export const subscriptionListPage = (purchases: Purchase[]): Html =>
  page(
    'Subscriptions',
    WHERE,
    html`<p><a class="button" href="/">Buy a subscription</a></p>
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
