import { describe, expect, test } from '@jest/globals';
import { html } from '../../../src/adapters/email/templates/html.ts';
import { address, typed } from '../../../src/adapters/email/templates/plain.ts';
import { renderMail } from '../../../src/adapters/email/templates/render.ts';
import type { MailFacts } from '../../../src/application/ports.ts';
import type { Contact, Subscription } from '../../../src/domain/subscription.ts';
import { confirmation, KINDS, mailFacts, STATIONS, subscription } from './facts.ts';

/** Every field that others can fill as they like: whoever buys or visits above all. */
const FIELDS: [string, (hostile: string) => Partial<MailFacts>][] = [
  ['subscription name', (name) => record({ name })],
  ['subscription name, once confirmed', (name) => record({ name, confirmation, stage: 'confirmed' })],
  ['subscription name, before anybody opened it', (name) => ({ subscription: { ...STATIONS.unopened, name } })],
  ['contact name', (name) => contact({ name })],
  ['contact e-mail', (email) => contact({ email })],
  ['company', (company) => contact({ company })],
  ['phone', (phone) => contact({ phone })],
  ['another contact field', (value) => contact({ remarks: value })],
  ['the name of another contact field', (name) => contact({ [name]: 'value' })],
  ['purchaser e-mail', (email) => record({ purchaser: { ...subscription().purchaser, email } })],
  [
    'purchaser e-mail, before anybody opened it',
    (email) => ({
      subscription: { ...STATIONS.unopened, purchaser: { ...subscription().purchaser, email: `a@b ${email}` } },
    }),
  ],
  ['beneficiary e-mail', (email) => record({ beneficiary: { ...subscription().beneficiary, email } })],
  ['admin e-mail', (email) => ({ admin: { email, source: 'contact' } })],
  // Not the buyer's, but not ours either.
  ['marketplace status', (marketplaceStatus) => record({ marketplaceStatus })],
  ['new value', (occurrence) => ({ occurrence })],
  ['error code of the workspace', (code) => record({ workspace: { state: 'failed', attempts: 1, code } })],
];

const record = (changes: Partial<Subscription>): Partial<MailFacts> => ({ subscription: subscription(changes) });

const contact = (changes: Partial<Contact>): Partial<MailFacts> =>
  record({ contact: { name: 'Bertha', email: 'bertha@typed.example', ...changes } });

const CASES = FIELDS.flatMap(([field, facts]) => KINDS.map((kind) => ({ field, kind, facts })));

describe.each(CASES)('$field in $kind', ({ kind, facts }) => {
  const render = (hostile: string) => renderMail(kind, mailFacts(facts(hostile)));
  const plain = render('harmless');

  test('makes no markup', () => {
    const { html: markup } = render(`"><script>alert('x')</script><img src=x onerror="y">`);

    expect(markup).not.toMatch(/<script|<img|onerror="/);
    expect(markup.match(/</g)).toHaveLength(plain.html.match(/</g)?.length ?? 0);
    expect(markup.match(/"/g)).toHaveLength(plain.html.match(/"/g)?.length ?? 0);
  });

  test('adds no line and no header', () => {
    const { subject, text } = render('one\r\nBcc: all@victim.example\u2028two\u0085three\u000bfour\n\n--\nYou won');

    expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    expect(text.split(/\r\n|[\p{Cc}\p{Zl}\p{Zp}]/u)).toHaveLength(plain.text.split('\n').length);
  });

  test('becomes no link', () => {
    const {
      subject,
      html: markup,
      text,
    } = render('See https://evil.example/login or www.evil.example?a@b or evil。example');

    for (const shown of [subject, markup, text]) {
      expect(shown).not.toMatch(/evil[.。]example|www\.|https:\/\/evil/);
    }
  });

  test('stays of bounded length', () => {
    const { subject, html: markup, text } = render('x'.repeat(50_000));

    expect(subject.length).toBeLessThanOrEqual(150);
    expect(text.length).toBeLessThan(5000);
    expect(markup.length).toBeLessThan(25_000);
  });
});

test('a mail of thirty thousand contact fields stays a mail', () => {
  const many = Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [`field${index}`, 'x'.repeat(600)]));

  const { text } = renderMail('new-onboarding', mailFacts(contact(many)));

  expect(text.length).toBeLessThan(20_000);
});

describe('typed', () => {
  test.each([
    ['Contoso v2.0 (J.R. Smith) Ltd.', 'Contoso v2.0 (J.R. Smith) Ltd.'],
    ['Müller & Söhne <GmbH>', 'Müller & Söhne <GmbH>'],
    ['Booking.com', 'Booking[.]com'],
    ['ftp://a.example:80', 'ftp[:]//a[.]example:80'],
    ['  two\t words ', 'two words'],
    ['\u202eevil\u202c \u200bhid\u2066den', 'evil hid den'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['lone \ud800 surrogate', 'lone surrogate'],
  ])('%j becomes %j', (value, shown) => {
    expect(typed(value)).toBe(shown);
  });

  test('cuts between characters, never inside one', () => {
    expect(typed('😀😀😀', 3)).toBe('😀😀😀');
    expect(typed('😀😀😀😀', 3)).toBe('😀😀…');
  });
});

describe('address', () => {
  test.each(['bea.buyer@contoso.example', 'gus_partner.example#EXT#@contoso.example', "o'neil+x@a-b.example"])(
    '%s stays ready to be copied',
    (value) => {
      expect(address(value)).toBe(value);
    },
  );

  test.each([
    ['', 'None'],
    ['evil.example/login?x@y.example', 'evil[.]example/login?x@y[.]example'],
    ['a@b.example\nBcc: c@d.example', 'a@b[.]example Bcc: c@d[.]example'],
    ['"a"@b.example', '"a"@b[.]example'],
  ])('%j is no address and becomes %j', (value, shown) => {
    expect(address(value)).toBe(shown);
  });
});

test('the html tag escapes strings in text and attributes, and takes its own kind as it is', () => {
  const inner = html`<b title="${`"'<>&`}">${'<i>'}</b>`;

  expect(html`<p>${inner}${[inner]}</p>`.markup).toBe(`<p>${inner.markup}${inner.markup}</p>`);
  expect(inner.markup).toBe('<b title="&quot;&#39;&lt;&gt;&amp;">&lt;i&gt;</b>');
});
