import { describe, expect, test } from '@jest/globals';
import { renderMail } from '../../../src/adapters/email/templates/render.ts';
import type { Subscription } from '../../../src/domain/subscription.ts';
import { confirmation, erasure, mailFacts, STATIONS } from './facts.ts';

const { active, cancelled, suspended } = STATIONS;

/** The letter to read, and the same with the marks of HTML taken off. */
const both = (...[kind, facts]: Parameters<typeof renderMail>): string[] => {
  const { html, text } = renderMail(kind, facts);
  return [text, html.replace(/<[^>]+>/g, '').replaceAll('&#39;', "'")];
};

test.each(both('refusal-overruled', mailFacts({ subscription: { ...active, planName: 'Gold', quantity: 40 } })))(
  'refusal-overruled says that the record follows Microsoft, and what to do (%#)',
  (letter) => {
    expect(letter).toContain('Our policy refused a change of plan or seats, and Microsoft carried it out anyway.');
    expect(letter).toContain('The record and the workspace follow Microsoft');
    expect(letter).toContain('Plan now: Gold');
    expect(letter).toContain('Quantity now: 40');
    expect(letter).toContain('talk to the customer');
    expect(letter).toContain('Partner Center');
  },
);

test.each(both('new-value', mailFacts({ subscription: active, occurrence: 'action Transfer' })))(
  'new-value names the value, says that nothing broke, and whom to tell (%#)',
  (letter) => {
    expect(letter).toContain('New value: action Transfer');
    expect(letter).toContain('It was recorded and the subscription was read again from Microsoft');
    expect(letter).toContain('nothing broke');
    expect(letter).toContain('Tell the engineers');
  },
);

test('new-value has the value in its subject, so that two of them are not one thread', () => {
  expect(renderMail('new-value', mailFacts({ occurrence: 'status Paused' })).subject).toBe(
    'New value from Microsoft: status Paused',
  );
});

describe('workspace-failed', () => {
  const failed = (record: Subscription, workspace: Partial<Subscription['workspace']> = {}) =>
    mailFacts({
      subscription: {
        ...record,
        workspace: { state: 'failed', attempts: 80, code: 'workspace-unavailable', ...workspace },
      },
    });

  test.each(
    both('workspace-failed', failed(suspended, { applied: { planId: 'team-monthly', quantity: 20, access: 'on' } })),
  )('says what is so now, what the workspace knows, why, and to retry (%#)', (letter) => {
    expect(letter).toContain('For 3 days Pegasus tried');
    expect(letter).toContain('Subscription now: Suspended, plan team-monthly');
    expect(letter).toContain('Quantity now: 25');
    expect(letter).toContain('Workspace told last: plan team-monthly, quantity 20, access on');
    expect(letter).toContain('Error code: workspace-unavailable');
    expect(letter).toContain('Attempts: 80');
    expect(letter).toContain('press “Retry” in the console');
  });

  test('tells access that should be off from access that may be missing', () => {
    const ended = 'The customer may still have access that has ended.';

    expect(renderMail('workspace-failed', failed(suspended)).text).toContain(ended);
    expect(renderMail('workspace-failed', failed(cancelled)).text).toContain(ended);
    expect(renderMail('workspace-failed', failed(active)).text).toContain('The customer may lack what they pay for');
    expect(renderMail('workspace-failed', failed(active)).text).not.toContain(ended);
  });

  test('that was never told anything says so', () => {
    expect(renderMail('workspace-failed', failed(active)).text).toContain('\nWorkspace told last: nothing yet\n');
  });
});

describe('erasure-soon', () => {
  const due = (changes: Partial<NonNullable<Subscription['erasure']>> = {}) =>
    mailFacts({ subscription: { ...cancelled, erasure: { ...erasure, ...changes } } });

  test.each(both('erasure-soon', due()))('says what is erased when, and how to keep it (%#)', (letter) => {
    expect(letter).toContain('Data of an ended subscription is erased in 3 days');
    expect(letter).toContain('What is erased cannot be brought back.');
    expect(letter).toContain('Ended on: 2 January 2027');
    expect(letter).toContain('Contact data erased on: 1 February 2027');
    expect(letter).toContain('Workspace data erased on: 2 March 2027');
    expect(letter).toContain('hold the erasure in the console and enter the reason');
  });

  test('does not announce again what is erased already', () => {
    const contactGone = renderMail('erasure-soon', due({ contactErasedAt: '2027-02-01T00:10:00Z' })).text;
    const workspaceGone = renderMail('erasure-soon', due({ workspaceErasedAt: '2027-03-02T00:10:00Z' })).text;

    expect(contactGone).not.toContain('Contact data erased on');
    expect(contactGone).toContain('Workspace data erased on');
    expect(workspaceGone).toContain('Contact data erased on');
    expect(workspaceGone).not.toContain('Workspace data erased on');
  });

  test('that was held while the message was on its way says so, and threatens nothing', () => {
    const hold = { at: '2027-01-30T08:00:00Z', actor: confirmation.actor, reason: 'Lawsuit of Dora Doe' };

    const { subject, html, text } = renderMail('erasure-soon', due({ hold }));

    expect(subject).toBe('Erasure is held: Contoso quality');
    expect(text).toContain('nothing is erased until the hold is released');
    expect(`${subject}${html}${text}`).not.toMatch(/in 3 days|cannot be brought back|Dora Doe/i);
  });
});
