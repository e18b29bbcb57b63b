import { describe, expect, test } from '@jest/globals';
import { renderMail } from '../../../src/adapters/email/templates/render.ts';
import { BUYER_KINDS, confirmation, KINDS, mailFacts, STATIONS, subscription, without } from './facts.ts';

const POLICIES = ['buyer', 'operator', 'when-ready'] as const;

const active = subscription({
  marketplaceStatus: 'Subscribed',
  activatedAt: '2026-11-21T10:00:00Z',
  term: { termUnit: 'P1M', startDate: '2026-11-21T00:00:00Z', endDate: '2026-12-20T00:00:00Z' },
});

describe.each(BUYER_KINDS)('%s', (kind) => {
  test.each(POLICIES)('under policy %s has no link but the support address', (activationPolicy) => {
    for (const record of [subscription(), active, ...Object.values(STATIONS)]) {
      const { subject, html, text } = renderMail(kind, mailFacts({ activationPolicy, subscription: record }));

      expect(`${subject}${text}${html}`).not.toMatch(/https?:|www\.|src=|url\(|pages\.publisher/i);
      expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual(['mailto:support@unifize.example']);
    }
  });

  test('repeats nothing of the contact form', () => {
    const contact = Object.values(subscription().contact ?? {});

    const mails = Object.values(STATIONS).map((record) =>
      renderMail(
        kind,
        mailFacts({ subscription: record, admin: { email: 'bertha@typed.example', source: 'contact' } }),
      ),
    );

    expect(contact).toHaveLength(5);
    for (const typed of contact) expect(JSON.stringify(mails)).not.toContain(typed);
  });

  test('does not give the subscription its name while the address may be a stranger’s', () => {
    const stranger = STATIONS['awaiting-confirmation'];

    const mail = renderMail(kind, mailFacts({ subscription: stranger }));

    expect(JSON.stringify(mail)).not.toContain('Contoso');
  });

  test('names the publisher and says why one gets it', () => {
    const { text, html } = renderMail(kind, mailFacts());

    expect(text.startsWith('Unifize\n')).toBe(true);
    expect(html).toContain('>Unifize</p>');
    expect(text).toContain('You get this message because');
    expect(text).toContain('Questions? Reply to this message or write to support@unifize.example');
  });

  test('without a support address it names the publisher to ask, and links to nothing', () => {
    const { text, html } = renderMail(kind, without(mailFacts(), 'supportEmail'));

    expect(text).toContain('Questions? Ask Unifize.');
    expect(html).not.toContain('href');
  });
});

describe('request-received', () => {
  test('never names the subscription: it is sent at once, to whatever address was typed', () => {
    for (const record of Object.values(STATIONS)) {
      const mail = renderMail('request-received', mailFacts({ subscription: record }));

      expect(JSON.stringify(mail)).not.toContain('Contoso');
    }
  });

  test.each([
    ['buyer', 'You then activate the subscription. Billing starts at that moment, not before.'],
    ['operator', 'Unifize then starts billing, not before your workspace is ready.'],
    ['when-ready', 'Billing starts when your workspace is ready, not before.'],
  ] as const)('under policy %s it says when billing starts', (activationPolicy, sentence) => {
    const { text } = renderMail('request-received', mailFacts({ activationPolicy }));

    expect(text).toContain('* You are not billed yet.');
    expect(text).toContain(sentence);
    expect(text).toContain('Press “Configure account now” and sign in.');
  });

  test('on an already billed purchase it does not promise otherwise', () => {
    const { text, html } = renderMail('request-received', mailFacts({ subscription: active }));

    expect(text).toContain('Microsoft has billed this purchase since 21 November 2026.');
    expect(text).toContain('Press “Manage account” and sign in.');
    expect(`${text}${html}`).not.toContain('not billed');
  });
});

describe('workspace-ready', () => {
  test('under policy buyer it leads the way to Activate through the portal', () => {
    const { text } = renderMail('workspace-ready', mailFacts({ subscription: subscription({ confirmation }) }));

    expect(text).toContain(
      [
        '1. Open the Azure portal and go to SaaS.',
        '2. Choose the subscription “Contoso quality”.',
        '3. Press “Configure account now” and sign in.',
        '4. Press “Activate subscription”. Billing starts at that moment.',
      ].join('\n'),
    );
    expect(text).toContain('* You are not billed until you activate.');
  });

  test.each([
    ['operator', 'Unifize now starts billing; there is nothing for you to do.'],
    ['when-ready', 'Billing now starts by itself; there is nothing for you to do.'],
  ] as const)('under policy %s it asks for nothing', (activationPolicy, sentence) => {
    const { text } = renderMail('workspace-ready', mailFacts({ activationPolicy }));

    expect(text).toContain(sentence);
    expect(text).not.toContain('Activate subscription');
  });

  test.each(POLICIES)('under policy %s an already billed purchase needs no activation', (activationPolicy) => {
    const { text } = renderMail('workspace-ready', mailFacts({ activationPolicy, subscription: active }));

    expect(text).toContain('there is nothing left to activate');
    expect(text).not.toMatch(/not billed|Activate subscription/);
  });
});

test('workspace-ready of a suspended purchase says where to pay, and asks for no activation', () => {
  const { text } = renderMail('workspace-ready', mailFacts({ subscription: STATIONS.suspended }));

  expect(text).toContain('Microsoft has suspended the subscription because it could not collect the payment');
  expect(text).toContain('Payment methods');
  expect(text).not.toMatch(/not billed|Activate subscription/);
});

test('billing-started says since when, and that a free trial is not billed yet', () => {
  const trial = { ...active, isFreeTrial: true };

  const paid = renderMail('billing-started', mailFacts({ subscription: active })).text;
  const free = renderMail('billing-started', mailFacts({ subscription: trial })).text;

  expect(paid).toContain('Your subscription is active since 21 November 2026. Billing has started');
  expect(free).toContain('billing starts when the trial ends');
  expect(free).not.toContain('Billing has started');
});

const CASES = KINDS.flatMap((kind) => Object.entries(STATIONS).map(([station, record]) => ({ kind, station, record })));

test.each(CASES)('$kind, $station, says the same in HTML as in text, and loads nothing', ({ kind, record }) => {
  const { subject, html, text } = renderMail(kind, mailFacts({ subscription: record }));
  const shown = html
    .replace(/^.*<h1/s, '<h1')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');

  const [body = ''] = text.split('\n--\n');
  const lines = body.split('\n').filter((line) => line !== '' && line !== 'Unifize');
  for (const line of lines) {
    const words = line
      .replace(/^(\d+\.|\*) /, '')
      .replace(/:$/, '')
      .replace(/^([A-Za-z -]+): /, '$1: ');
    expect(shown.toLowerCase()).toContain(words.toLowerCase());
  }
  expect(lines.length).toBeGreaterThan(8);
  expect(`${subject}${text}${html}`).not.toMatch(/undefined|null|NaN|Invalid|\[object/);
  expect(html).toContain(`<title>${subject}</title>`);
  expect(html).toContain('<meta name="color-scheme" content="light dark">');
  expect(html).toContain('prefers-color-scheme: dark');
  expect(html).not.toMatch(/<(img|script|link|table)|@import|src=|url\(/);
});
