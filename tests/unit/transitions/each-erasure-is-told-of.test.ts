// Operators are told 3 days before each part of an erasure: a mail eleven months earlier is no warning (issue 4).
import { describe, expect, test } from '@jest/globals';
import { renderMail } from '../../../src/adapters/email/templates/render.ts';
import { erasureDueAt } from '../../../src/domain/erasure.ts';
import type { Erasure, Subscription } from '../../../src/domain/subscription.ts';
import { erasureAnnounced, erasureClaimed, partErased } from '../../../src/domain/transitions/erasure.ts';
import { mailFacts } from '../email/facts.ts';
import { after, nextOf, rulesAt } from '../support/records.ts';
import { says } from './events.ts';
import { SITUATIONS } from './situations.ts';

const DAY = 86_400;
const at = (days: number): number => 100 + days * DAY;
const instant = (days: number): string => after(at(days)).toISOString();

/** Ended at day 0; the parts are due after so many days. */
const ended = (keepContactDays: number, keepWorkspaceDays: number): Subscription =>
  nextOf(says('Unsubscribed')(SITUATIONS.active.record, rulesAt(100, { keepContactDays, keepWorkspaceDays })));
const told = (record: Subscription, days: number): Subscription => nextOf(erasureAnnounced(record, rulesAt(at(days))));
const withoutContact = (record: Subscription, days: number): Subscription => {
  const begun = nextOf(erasureClaimed(record, 'worker', rulesAt(at(days))));
  return nextOf(partErased(begun, 'contact', rulesAt(at(days))));
};
const mailsOf = ({ mails }: Subscription): string[] =>
  mails.filter(({ kind }) => kind === 'erasure-soon').map(({ occurrence }) => occurrence);

describe('with the workspace kept for a year', () => {
  const first = told(ended(30, 365), 27);
  const left = withoutContact(first, 30);

  test('the first mail is of the contact alone', () => {
    expect(mailsOf(first)).toEqual(['contact']);
  });

  test('another one comes 3 days before the workspace goes, and nothing is taken in hand before', () => {
    expect(erasureDueAt(left)).toBe(instant(362));
    expect(erasureClaimed(left, 'worker', rulesAt(at(365)))).toEqual({ kind: 'unchanged' });
    const second = told(left, 362);
    expect(mailsOf(second)).toEqual(['workspace']);
    expect(erasureDueAt(second)).toBe(instant(365));
    expect(erasureAnnounced(second, rulesAt(at(363)))).toEqual({ kind: 'unchanged' });
  });

  test('told late, operators have their 3 days for this part, too', () => {
    expect(erasureDueAt(told(left, 400))).toBe(instant(403));
  });

  test('its mail can be read, though nobody is left in the record', () => {
    const { text } = renderMail('erasure-soon', mailFacts({ subscription: told(left, 362), occurrence: 'workspace' }));
    expect(text).toContain('Workspace data erased on');
    expect(text).not.toContain('Contact data erased on');
  });
});

describe('one mail', () => {
  test.each([
    [30, 30],
    [30, 33],
    [33, 30],
  ])('is enough for what is due after %d and %d days', (contact, workspace) => {
    const one = told(ended(contact, workspace), 27);
    expect(mailsOf(one)).toHaveLength(1);
    expect(Object.keys(one.erasure?.warned ?? {})).toHaveLength(2);
  });

  test('is not, where the other part is due later than that', () => {
    expect(told(ended(30, 34), 27).erasure?.warned).toEqual({ contact: instant(27) });
  });

  test('is enough for both where both are overdue', () => {
    const both = told(ended(10, 60), 90);
    expect(both.erasure).toMatchObject({ contactDueAt: instant(93), workspaceDueAt: instant(93) });
    expect(mailsOf(both)).toEqual(['contact and workspace']);
  });
});

describe('a record from before says only that operators were told', () => {
  const older = (contact: number, workspace: number): Subscription => {
    const { warned: _warned, ...erasure } = told(ended(contact, workspace), 27).erasure as Erasure;
    return { ...ended(contact, workspace), erasure: { ...erasure, warnedAt: instant(27) } };
  };

  test('that holds for the part that came first', () => {
    expect(erasureDueAt(older(30, 365))).toBe(instant(30));
    expect(erasureDueAt(withoutContact(older(30, 365), 30))).toBe(instant(362));
  });

  test('and for the other one where that came soon after', () => {
    expect(erasureDueAt(withoutContact(older(30, 33), 30))).toBe(instant(33));
  });

  test('and what has begun is carried through', () => {
    const left = withoutContact(older(30, 365), 30);
    const begun = { ...left, erasure: { ...(left.erasure as Erasure), begun: 'workspace' as const } };
    expect(erasureDueAt(begun)).toBe(instant(365));
    expect(erasureAnnounced(begun, rulesAt(at(365)))).toEqual({ kind: 'unchanged' });
  });
});
