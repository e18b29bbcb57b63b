import { html } from 'hono/html';
import { type Html, page } from '../page.ts';
import type { Mail } from './mails.ts';

const STYLE = html`<style>
main { max-width: 1280px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.bodies { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; }
@media (min-width: 900px) { .bodies { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); } }
.bodies section { display: flex; flex-direction: column; }
iframe { flex: 1; width: 100%; min-height: 560px; border: 0; background: #fff; color-scheme: light; }
pre { margin: 0; font: 14px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
</style>`;

/**
 * One mail: the HTML as a mail program shows it, and the plain text beside it.
 *
 * The HTML runs no scripts and knows no origin. Its links open in a new tab, and that tab is free of the sandbox.
 */
export const reading = (mail: Mail): Html =>
  page(
    mail.subject,
    'Mailbox',
    html`${STYLE}<p><a href="/">Back to the inbox</a></p>
<section><dl><dt>To</dt><dd>${mail.to}</dd><dt>From</dt><dd>${mail.sender}</dd>
<dt>Time</dt><dd><time datetime="${mail.at}">${mail.at.slice(0, 19).replace('T', ' ')} UTC</time></dd>
${mail.attempts > 1 ? html`<dt>Sent</dt><dd>${mail.attempts} times with the same operation id, delivered once</dd>` : ''}</dl></section>
<div class="bodies"><section><h2>HTML</h2>
<iframe title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"
srcdoc="${`<base target="_blank">${mail.html}`}"></iframe></section>
<section><h2>Plain text</h2><pre>${mail.text}</pre></section></div>`,
  );
