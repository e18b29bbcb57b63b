import { html } from 'hono/html';
import type { Html } from '../page.ts';
import { isOfferedTo, PLANS } from './catalogue.ts';
import { isOpen } from './operations/operation.ts';
import type { Purchase } from './purchases.ts';

const LINE = 'display:flex;gap:12px;flex-wrap:wrap;margin:0 0 12px';

const form = ({ subscription }: Purchase, action: string, body: Html, align = 'end'): Html =>
  html`<form method="post" action="/subscriptions/${subscription.id}/actions" style="${LINE};align-items:${align}"><input type="hidden" name="action" value="${action}">${body}</form>`;

const button = (purchase: Purchase, action: string, label: string, meaning: string): Html =>
  form(
    purchase,
    action,
    html`<button class="plain" type="submit">${label}</button><span class="soft">${meaning}</span>`,
    'center',
  );

const planForm = (purchase: Purchase): Html => {
  const { planId, beneficiary } = purchase.subscription;
  const others = PLANS.filter((plan) => plan.planId !== planId && isOfferedTo(plan, beneficiary.tenantId));
  return form(
    purchase,
    'ChangePlan',
    html`<div><label for="planId" style="margin-top:0">Plan</label><select id="planId" name="planId" style="width:220px">${others.map(
      (plan) => html`<option value="${plan.planId}">${plan.displayName}</option>`,
    )}</select></div><button class="plain" type="submit">Change plan</button>`,
  );
};

const seatsForm = (purchase: Purchase): Html | string => {
  const seats = PLANS.find((plan) => plan.planId === purchase.subscription.planId)?.seats;
  if (!seats) return '';
  return form(
    purchase,
    'ChangeQuantity',
    html`<div><label for="quantity" style="margin-top:0">Seats</label><input id="quantity" name="quantity" type="number" min="${seats.min}" max="${seats.max}" value="${String(purchase.subscription.quantity)}" style="width:220px"></div><button class="plain" type="submit">Change seats</button>`,
  );
};

const changes = (purchase: Purchase): Html => {
  const open = purchase.operations.find((operation) => isOpen(operation));
  if (open)
    return html`<p class="soft">${open.wire.action} is under way; until it ends neither plan nor seats can be changed.</p>`;
  return html`${planForm(purchase)}${seatsForm(purchase)}`;
};

const cancel = (purchase: Purchase): Html =>
  button(purchase, 'Unsubscribe', 'Cancel subscription', 'The customer cancels. This is final.');

/** What the customer and Microsoft can do to it now; nothing once it is cancelled. */
export const actForms = (purchase: Purchase): Html => {
  switch (purchase.subscription.saasSubscriptionStatus) {
    case 'Subscribed':
      return html`<section><h2>What can happen now</h2>${changes(purchase)}
${button(purchase, 'Renew', 'Renew', 'The next term begins, as it does by itself when this one ends.')}
${button(purchase, 'Suspend', 'Suspend', 'The customer’s payment fails. After 30 days the subscription ends.')}
${cancel(purchase)}</section>`;
    case 'Suspended':
      return html`<section><h2>What can happen now</h2>
${button(purchase, 'Reinstate', 'Reinstate', 'The customer has paid.')}${cancel(purchase)}</section>`;
    case 'PendingFulfillmentStart':
      return html`<section><h2>What can happen now</h2>
${button(purchase, 'Subscribe', 'Activate by Microsoft', 'As on auto-activated plans: billing starts, no publisher asked.')}
${cancel(purchase)}</section>`;
    default:
      return html``;
  }
};
