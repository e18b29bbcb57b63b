import type { PagesConfig } from '../config.ts';
import type { MessageKey, Messages } from '../landing/text.ts';

/** Text that may stand between tags and in attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The origins that the pages may talk to, each once. */
const connectSources = (config: PagesConfig): string => {
  const origins = [config.apiUrl, config.authority, config.graphUrl].map((url) => new URL(url).origin);
  return [...new Set(["'self'", ...origins])].join(' ');
};

/** As a `meta` element: a static website on Storage sends no header of ours (infra 2.6). */
const contentPolicy = (config: PagesConfig): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src ${connectSources(config)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

type Said = { title: MessageKey; text: MessageKey; reload?: MessageKey };

/** The same in every language, where no script can choose one. */
export const inEveryLanguage = (catalogues: Record<string, Messages>, { title, text, reload }: Said): string =>
  Object.entries(catalogues)
    .map(([language, words], at) => {
      const heading = at === 0 ? 'h1' : 'h2';
      const link = reload ? `<p><a class="button" href="">${escapeHtml(words[reload])}</a></p>` : '';
      return `<div class="stack" lang="${language}"><${heading}>${escapeHtml(words[title])}</${heading}><p>${escapeHtml(words[text])}</p>${link}</div>`;
    })
    .join('');

/** One HTML file. `root`: the folder of the landing page, seen from this one. The other parts are HTML. */
export type Page = {
  title: string;
  root: string;
  style: string;
  script?: string;
  body?: string;
  /** Shown where scripts are switched off, or when the script has not come for long; the script takes it away. */
  fallback?: string;
};

const card = (content: string | undefined, kind = 'page'): string =>
  content ? `<main class="${kind}"><div class="card narrow stack">${content}</div></main>` : '';

/** A page with nothing inline. The referrer rule stands first: no request goes out before it is known. */
export const html = (
  config: PagesConfig,
  { title, root, style, script, body, fallback }: Page,
): string => `<!doctype html>
<html lang="en">
<head>
<meta name="referrer" content="no-referrer">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(config)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${root}favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${root}${style}">
${script ? `<script type="module" src="${root}${script}"></script>\n` : ''}</head>
<body>
<div id="app">${card(body)}${card(fallback, 'page later')}</div>
</body>
</html>
`;

/** The product's initial on the brand's colour. */
export const favicon = ({ color, productName }: PagesConfig['brand']): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${color}"/><text x="16" y="23" font-family="sans-serif" font-size="20" font-weight="700" text-anchor="middle" fill="#fff">${escapeHtml(productName.slice(0, 1))}</text></svg>\n`;
