import { html, raw } from 'hono/html';
import type { Html } from '../page.ts';

/**
 * Fetches the page anew every 3 s and puts each live part in place that has changed, so that no click and nothing typed
 * elsewhere is lost.
 */
const KEEP_LIVE = `
setInterval(async () => {
  const answer = await fetch(location.pathname).catch(() => undefined);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    const now = fresh.getElementById(part.id);
    if (now && part.innerHTML !== now.innerHTML && !part.contains(document.activeElement)) part.replaceWith(now);
  }
}, 3000);
`;

/** A part of the page that follows the truth by itself, unless somebody is at work in it. */
export const livePart = (id: string, body: Html): Html => html`<div id="${id}" data-live>${body}</div>`;

/** Goes to the end of a page with live parts. */
export const keepLive = (): Html => html`<script>${raw(KEEP_LIVE)}</script>`;

/** An instant as our pages show it. */
export const shownTime = (at: Date): string => at.toISOString().replace('T', ' ').slice(0, 19);
