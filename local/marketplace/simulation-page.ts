import { html } from 'hono/html';
import { type Html, page } from '../page.ts';
import { OPERATIONS } from './control-schema.ts';
import { deliveryTable } from './happenings.ts';
import { keepLive, livePart, shownTime } from './live-page.ts';
import { WHERE } from './shop-page.ts';
import { SWITCHES, type SwitchKind } from './switches.ts';
import type { World } from './world.ts';

/** How far the clock can be moved by one press. */
export const MOVES = [
  { seconds: 10, label: '10 seconds' },
  { seconds: 60, label: '1 minute' },
  { seconds: 3600, label: '1 hour' },
  { seconds: 86_400, label: '24 hours' },
  { seconds: 30 * 86_400, label: '30 days' },
];

/** What can go wrong with the next call, by the word that the form sends. */
export const FAULTS = {
  '403': { status: 403 },
  '404': { status: 404 },
  '429': { status: 429, retryAfterSeconds: 2 },
  '500': { status: 500 },
  '503': { status: 503 },
  'cut before': { reset: 'before' },
  'cut after': { reset: 'after' },
  'slow 5 s': { delayMs: 5000 },
} as const;

const ROW = 'display:flex;gap:12px;flex-wrap:wrap;align-items:end';

const clock = (world: World): Html => html`<section><h2>Clock</h2>
${livePart('now', html`<p style="margin-top:0">It is <strong>${shownTime(world.clock.now())}</strong> UTC on Microsoft’s side.</p>`)}
<form method="post" action="/simulation/clock" style="${ROW}"><span class="soft">Move it ahead by</span>${MOVES.map(
  ({ seconds, label }) => html`<button class="plain" name="seconds" value="${String(seconds)}">${label}</button>`,
)}</form></section>`;

const option = (value: string, isChosen: boolean): Html =>
  html`<option ${isChosen ? 'selected' : ''}>${value}</option>`;

const select = (name: string, values: readonly string[], chosen?: string): Html =>
  html`<select id="${name}" name="${name}" style="width:200px">${values.map((value) => option(value, value === chosen))}</select>`;

const field = (name: string, kind: SwitchKind, value: unknown): Html => {
  if ('of' in kind) return select(name, kind.of.map(String), String(value));
  if ('series' in kind)
    return html`<input id="${name}" name="${name}" value="${(value as number[]).join(', ')}" style="width:200px">`;
  if ('number' in kind)
    return html`<input id="${name}" name="${name}" type="number" min="${String(kind.least)}" step="any" value="${String(value)}" style="width:200px">`;
  return html`<select id="${name}" name="${name}" multiple size="${String(kind.several.length)}" style="width:200px">${kind.several.map(
    (one) => option(one, (value as string[]).includes(one)),
  )}</select>`;
};

const switches = (world: World): Html => html`<section><h2>Switches</h2>
<p class="soft" style="margin-top:0">How Microsoft behaves where its documents leave it open; the number is the contract’s section.</p>
<form method="post" action="/simulation/switches"><table><tbody>${Object.entries<SwitchKind>(SWITCHES).map(
  ([
    name,
    kind,
  ]) => html`<tr><td><label for="${name}" style="margin:0"><code>${name}</code></label><span class="soft">${kind.about}</span></td>
<td>${field(name, kind, world.switches[name as keyof typeof SWITCHES])}</td></tr>`,
)}</tbody></table><p><button type="submit">Turn switches</button></p></form></section>`;

const faults = (): Html => html`<section><h2>Faults</h2><form method="post" action="/simulation/faults" style="${ROW}">
<div><label for="operation" style="margin-top:0">The next call of</label>${select('operation', OPERATIONS)}</div>
<div><label for="what" style="margin-top:0">gets</label>${select('what', Object.keys(FAULTS))}</div>
<button class="plain" type="submit">Add fault</button></form>
<form method="post" action="/simulation/faults/clear" style="margin-top:12px"><button class="plain" type="submit">Clear all faults</button></form></section>`;

const SHOWN_CALLS = 20;

/** Behind the curtain: the clock, what the webhook was told, faults and switches. */
export const simulationPage = (world: World, refusal?: string): Html =>
  page(
    'Simulation',
    WHERE,
    html`<p><a href="/">Shop</a> · <a href="/subscriptions">Subscriptions</a></p>
${refusal === undefined ? '' : html`<section role="alert"><strong>Not done.</strong> ${refusal}</section>`}
${clock(world)}
${livePart(
  'deliveries',
  deliveryTable(
    world.deliveries.all().slice(-SHOWN_CALLS),
    world.webhook ? `None yet. They go to ${world.webhook.url}` : 'None: no webhook is configured.',
  ),
)}
${faults()}${switches(world)}${keepLive()}`,
  );
