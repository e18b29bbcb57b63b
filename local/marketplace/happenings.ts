import { html } from 'hono/html';
import type { Html } from '../page.ts';
import { shownTime } from './live-page.ts';
import type { WireOperation } from './operations/operation.ts';
import type { Purchase } from './purchases.ts';
import type { Delivery } from './webhook/deliveries.ts';

const table = (title: string, columns: string[], rows: Html[], none: string): Html =>
  html`<section><h2>${title}</h2>${
    rows.length === 0
      ? html`<p class="soft">${none}</p>`
      : html`<table><thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`
  }</section>`;

const subject = ({ action, planId, quantity }: WireOperation): string => {
  if (action === 'ChangePlan') return `to ${planId}`;
  return action === 'ChangeQuantity' ? `to ${String(quantity)} seats` : '';
};

const operationRow = ({ wire }: Purchase['operations'][number]): Html => html`<tr>
<td>${shownTime(new Date(wire.timeStamp))}</td><td>${wire.action} ${subject(wire)}</td>
<td>${wire.operationRequestSource === 'Azure' ? 'Microsoft' : 'the publisher'}</td>
<td>${wire.status}${wire.errorMessage === '' ? '' : html`<br><span class="soft">${wire.errorMessage}</span>`}</td></tr>`;

/** All operations of a subscription, the latest first. */
export const operationTable = ({ operations }: Purchase): Html =>
  table(
    'Operations',
    ['When (UTC)', 'What', 'Begun by', 'Status'],
    operations.toReversed().map(operationRow),
    'None yet.',
  );

const answered = ({ isUnderWay, status, answer }: Delivery): string => {
  if (isUnderWay) return 'on its way';
  return status === 0 ? `no answer: ${answer}` : String(status);
};

const deliveryRow = (delivery: Delivery): Html => html`<tr>
<td>${shownTime(new Date(delivery.at))}</td><td>${delivery.action ?? 'sent by hand'}</td>
<td>${delivery.isCopy ? 'copy' : String(delivery.attempt)}</td><td>${answered(delivery)}</td><td>${String(delivery.ms)} ms</td></tr>`;

/** Calls of the publisher's webhook, the latest first. */
export const deliveryTable = (deliveries: Delivery[], none: string): Html =>
  table(
    'Calls of the publisher’s webhook',
    ['When (UTC)', 'What', 'Attempt', 'Answer', 'Took'],
    deliveries.toReversed().map(deliveryRow),
    none,
  );

/** What happened to a subscription, the latest first. */
export const historyTable = ({ history }: Purchase): Html =>
  table(
    'History',
    ['When (UTC)', 'What'],
    history.toReversed().map(({ at, what }) => html`<tr><td>${shownTime(at)}</td><td>${what}</td></tr>`),
    'Nothing yet.',
  );
