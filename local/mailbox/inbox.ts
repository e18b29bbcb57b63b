import { html, raw } from 'hono/html';
import { type Html, page } from '../page.ts';
import type { Mail } from './mails.ts';

const STYLE = html`<style>
nav { display: flex; flex-wrap: wrap; gap: 8px; margin: 0 0 16px; }
nav a { padding: 4px 12px; border: 1px solid var(--line); border-radius: 16px; text-decoration: none; background: var(--paper); }
nav a[aria-current] { color: var(--paper); background: var(--accent); border-color: var(--accent); }
td { overflow-wrap: anywhere; } td.time { white-space: nowrap; }
td.subject a { font-weight: 600; text-decoration: none; }
section > p { margin: 0; }
</style>`;

/** Swaps the list for a fresh one, and only when it changed, so that nothing moves under the mouse. */
const REFRESH = raw(`<script>
setInterval(async () => {
  const response = await fetch(location.href).catch(() => undefined);
  if (!response || !response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('inbox');
  const shown = document.getElementById('inbox');
  if (fresh.innerHTML !== shown.innerHTML) shown.replaceWith(fresh);
}, 2000);
</script>`);

const recipients = (mails: Mail[]): string[] => [...new Set(mails.flatMap((mail) => mail.to.split(', ')))].sort();

const filter = (mails: Mail[], to: string | undefined): Html => {
  const link = (text: string, href: string, current: boolean) =>
    html`<a href="${href}"${current ? raw(' aria-current="page"') : ''}>${text}</a>`;
  return html`<nav aria-label="Whose mail">${link('Everybody', '/', to === undefined)}
${recipients(mails).map((one) => link(one, `/?to=${encodeURIComponent(one)}`, one === to))}</nav>`;
};

const row = (mail: Mail): Html => html`<tr><td>${mail.to}</td>
<td class="subject"><a href="/mails/${mail.operationId}">${mail.subject}</a></td>
<td class="time soft"><time datetime="${mail.at}">${mail.at.slice(0, 19).replace('T', ' ')} UTC</time></td></tr>`;

/** The list of mails, newest first, for one recipient or for all. It keeps itself up to date. */
export const inbox = (mails: Mail[], shown: Mail[], to: string | undefined): Html =>
  page(
    'Inbox',
    'Mailbox',
    html`${STYLE}<div id="inbox">${mails.length > 0 ? filter(mails, to) : ''}<section>
${
  shown.length === 0
    ? html`<p>No mail yet. Every mail that Pegasus sends, to buyers and to operators, arrives here by itself.</p>`
    : html`<table><thead><tr><th>To</th><th>Subject</th><th>Time</th></tr></thead><tbody>${shown.map(row)}</tbody></table>`
}</section></div>${REFRESH}`,
  );
