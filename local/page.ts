import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1a19; --soft: #605e5c; --line: #d2d0ce; --paper: #fff; --ground: #f5f4f2; --accent: #0f6cbd; }
@media (prefers-color-scheme: dark) { :root { --ink: #f3f2f1; --soft: #c8c6c4; --line: #484644; --paper: #252423; --ground: #1b1a19; --accent: #62abf5; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 'Segoe UI', system-ui, sans-serif; color: var(--ink); background: var(--ground); }
header { padding: 12px 24px; background: var(--paper); border-bottom: 1px solid var(--line); font-weight: 600; }
header small { color: var(--soft); font-weight: 400; margin-left: 8px; }
main { max-width: 960px; margin: 24px auto; padding: 0 24px 48px; }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 20px 24px; margin: 0 0 16px; overflow-x: auto; }
h1 { font-size: 24px; margin: 0 0 16px; } h2 { font-size: 18px; margin: 0 0 12px; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 600; }
a { color: var(--accent); }
label { display: block; font-weight: 600; margin: 12px 0 4px; }
input, select { font: inherit; padding: 8px; border: 1px solid var(--soft); border-radius: 4px; width: 100%; max-width: 420px; color: inherit; background: var(--paper); }
button, .button { display: inline-block; font: inherit; font-weight: 600; padding: 9px 18px; border: 0; border-radius: 4px; background: var(--accent); color: var(--paper); cursor: pointer; text-decoration: none; }
button.plain { background: none; color: var(--accent); border: 1px solid var(--line); }
code { font: 14px ui-monospace, monospace; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
@media (max-width: 600px) {
  header, section { padding-inline: 16px; }
  main { margin-block: 16px; padding: 0 12px 32px; }
  table, thead, tbody { display: block; }
  tr { display: flex; flex-wrap: wrap; gap: 0 12px; padding: 8px 0; border-bottom: 1px solid var(--line); }
  th, td { min-width: 0; padding: 0; border: 0; overflow-wrap: anywhere; }
}
`;

/** One page of a stand-in, in the look that all of them share, marked as a simulation. */
export const page = (title: string, where: string, body: Html): Html => html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${raw(STYLE)}</style></head>
<body><header>${where}<small>simulated on this machine</small></header><main><h1>${title}</h1>${body}</main></body>
</html>`;
