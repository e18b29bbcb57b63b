import { html } from 'hono/html';
import { type Html, page } from '../page.ts';
import { PEOPLE, type Person } from '../people.ts';
import { OFFER_NAME, PLANS, type Plan, type Price } from './catalogue.ts';

/** The shop's form as typed. `plan` is `planId/termUnit`; an empty beneficiary is the buyer. */
export type ShopForm = { plan: string; name: string; seats: string; purchaser: string; beneficiary: string };

export const WHERE = 'Azure Marketplace';

const priceOf = (plan: Plan, price: Price): string =>
  `$${price.dollars.toLocaleString('en-US')} per ${plan.seats ? 'user and ' : ''}${price.term}`;

const nameOf = (plan: Plan, price: Price): string =>
  plan.prices.length > 1 ? `${plan.displayName}, by the ${price.term}` : plan.displayName;

const remarks = (plan: Plan): string[] => [
  ...(plan.privateFor ? [`Private plan: only ${plan.privateFor.name} can buy it.`] : []),
  ...(plan.autoActivated ? ['Activated automatically: billing starts at the purchase.'] : []),
  ...(plan.seats ? [`${plan.seats.min} to ${plan.seats.max} seats.`] : []),
];

const planRow = (plan: Plan, price: Price, chosen: string): Html => {
  const value = `${plan.planId}/${price.termUnit}`;
  return html`<tr>
<td><label style="margin:0"><input type="radio" name="plan" value="${value}" style="width:auto" ${value === chosen ? 'checked' : ''}> ${nameOf(plan, price)}</label></td>
<td>${priceOf(plan, price)}</td>
<td>${plan.description} ${remarks(plan).join(' ')}</td>
</tr>`;
};

const CUSTOMERS = PEOPLE.filter((someone) => !someone.roles);

const personOption = (someone: Person, chosen: string): Html =>
  html`<option value="${someone.key}" ${someone.key === chosen ? 'selected' : ''}>${someone.name}: ${someone.about}</option>`;

/** Where one buys. Everything is filled in: pressing Subscribe is enough. */
export const shopPage = (form: ShopForm, refusal?: string): Html =>
  page(
    OFFER_NAME,
    WHERE,
    html`
<p>You are a customer here. Choose a plan and press <strong>Subscribe</strong>: everything is filled in for you, and nobody pays.
<a href="/subscriptions">Subscriptions bought so far</a></p>
${refusal === undefined ? '' : html`<section role="alert"><strong>Not bought.</strong> ${refusal}</section>`}
<form method="post" action="/subscriptions"><section>
<table>
<thead><tr><th scope="col">Plan</th><th scope="col">Price</th><th scope="col">Good to know</th></tr></thead>
<tbody>${PLANS.flatMap((plan) => plan.prices.map((price) => planRow(plan, price, form.plan)))}</tbody>
</table>
<div style="display:grid;grid-template-columns:repeat(auto-fit,minmax(min(340px,100%),1fr));gap:0 24px;margin-bottom:20px">
<div><label for="name">Subscription name</label><input id="name" name="name" required maxlength="200" value="${form.name}"></div>
<div><label for="seats">Seats <span class="soft">(Team only)</span></label><input id="seats" name="seats" type="number" value="${form.seats}"></div>
<div><label for="purchaser">Buyer</label><select id="purchaser" name="purchaser">${CUSTOMERS.map((someone) => personOption(someone, form.purchaser))}</select></div>
<div><label for="beneficiary">For whom</label><select id="beneficiary" name="beneficiary"><option value="">the buyer</option>${CUSTOMERS.map((someone) => personOption(someone, form.beneficiary))}</select></div>
</div>
<button type="submit">Subscribe</button>
</section></form>`,
  );
