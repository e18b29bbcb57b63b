import { type Frame, reasonToWrite, whereToAsk } from './footer.ts';
import { type Html, html } from './html.ts';
import type { Block, Letter } from './letter.ts';
import { oneLine } from './plain.ts';

/**
 * Inline styles are all that Outlook keeps; classes are for dark mode and phones, where those are known. No layout
 * table: Outlook ignores `max-width` and shows the same message in full width.
 */
const FONT = 'font-family:Segoe UI,Helvetica,Arial,sans-serif';
const TEXT = `${FONT};font-size:16px;line-height:24px;color:#1f2328;margin:0 0 16px`;
const SMALL = `${FONT};font-size:13px;line-height:20px;color:#59636e;margin:0 0 8px`;

const WHERE_KNOWN = `
  @media (prefers-color-scheme: dark) {
    .ground { background: #16181b !important; }
    .card { background: #212429 !important; border-color: #3a3f46 !important; }
    .ink { color: #f0f2f4 !important; }
    .soft { color: #b3bac2 !important; }
    .line { border-color: #3a3f46 !important; }
    .notice { background: #16304a !important; border-color: #58a6ff !important; color: #d6e8fb !important; }
    .warning { background: #3a3016 !important; border-color: #d9a521 !important; color: #f7e6b5 !important; }
    .plain-link { color: #79b8ff !important; }
  }
  @media (max-width: 480px) {
    .card { padding: 20px 18px 14px !important; }
    .label { display: block !important; }
  }`;

const LABEL = 'display:inline-block;vertical-align:top;min-width:172px;color:#59636e';
const VALUE =
  'display:inline-block;vertical-align:top;max-width:100%;max-width:min(100%,364px);font-weight:600;overflow-wrap:anywhere;word-break:break-word';

const fact = (label: string, value: string): Html =>
  html`<p class="ink line" style="${FONT};font-size:15px;line-height:22px;color:#1f2328;margin:0;padding:7px 0;border-bottom:1px solid #e4e7eb"><span class="soft label" style="${LABEL}">${oneLine(label)}: </span><span style="${VALUE}">${oneLine(value)}</span></p>`;

const COLOURS = {
  notice: 'color:#0b3a66;background:#eaf3fc;border-left:4px solid #0f5fa8',
  warning: 'color:#4d3800;background:#fff6dc;border-left:4px solid #d9a521',
};

const element = (block: Block): Html => {
  switch (block.kind) {
    case 'paragraph':
      return html`<p class="ink" style="${TEXT}">${oneLine(block.text)}</p>`;
    case 'notice':
    case 'warning':
      return html`<p class="${block.kind}" style="${FONT};font-size:16px;line-height:24px;font-weight:600;${COLOURS[block.kind]};margin:0 0 16px;padding:12px 16px">${oneLine(block.text)}</p>`;
    case 'heading':
      return html`<h2 class="ink" style="${FONT};font-size:18px;line-height:24px;font-weight:600;color:#1f2328;margin:28px 0 10px">${oneLine(block.text)}</h2>`;
    case 'facts':
      return html`<div style="margin:0 0 16px">${block.facts.map(({ label, value }) => fact(label, value))}</div>`;
    case 'steps':
      return html`<ol class="ink" style="${TEXT};padding:0 0 0 24px">${block.steps.map((step) => html`<li style="margin:0 0 6px">${oneLine(step)}</li>`)}</ol>`;
    default: {
      const url = oneLine(block.url);
      return html`<p style="margin:20px 0 8px"><a href="${url}" style="${FONT};display:inline-block;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;background:#0f5fa8;border:solid #0f5fa8;border-width:11px 20px;border-radius:6px;text-decoration:none">${oneLine(block.label)}</a></p>
<p class="soft" style="${SMALL}">The button only opens a page: <a class="plain-link" href="${url}" style="color:#0f5fa8;overflow-wrap:anywhere;word-break:break-word">${url}</a></p>`;
    }
  }
};

const askLine = (letter: Letter, frame: Frame): Html => {
  const ask = whereToAsk(letter, frame);
  if (!ask) return html``;
  const { supportEmail } = frame;
  if (!supportEmail) return html`<p class="soft" style="${SMALL}">${oneLine(ask)}</p>`;
  return html`<p class="soft" style="${SMALL}">${oneLine(ask)} <a class="plain-link" href="mailto:${oneLine(supportEmail)}" style="color:#0f5fa8">${oneLine(supportEmail)}</a></p>`;
};

/** The letter as one HTML document without anything to load: no image, no font, no script. */
export const asHtml = (letter: Letter, frame: Frame): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<meta name="x-apple-disable-message-reformatting">
<title>${letter.subject}</title>
<style>
  :root { color-scheme: light dark; supported-color-schemes: light dark; }${{ markup: WHERE_KNOWN }}
</style>
</head>
<body class="ground" style="margin:0;padding:0;background:#f3f4f6">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${oneLine(letter.preview)}</div>
<div class="ground" style="background:#f3f4f6;padding:24px 12px">
<div class="card" style="max-width:600px;box-sizing:border-box;margin:0 auto;padding:28px 28px 20px;background:#ffffff;border:1px solid #dde1e6;border-radius:8px">
<p class="ink line" style="${FONT};font-size:17px;line-height:24px;font-weight:700;color:#1f2328;margin:0 0 24px;padding:0 0 14px;border-bottom:2px solid #dde1e6">${oneLine(frame.publisherName)}</p>
<h1 class="ink" style="${FONT};font-size:24px;line-height:32px;font-weight:600;color:#1f2328;margin:0 0 14px">${oneLine(letter.title)}</h1>
${letter.blocks.map(element)}
</div>
<div style="max-width:600px;box-sizing:border-box;margin:0 auto;padding:16px 28px">
${askLine(letter, frame)}
<p class="soft" style="${SMALL}">${oneLine(reasonToWrite(letter, frame))}</p>
</div>
</div>
</body>
</html>
`.markup;
