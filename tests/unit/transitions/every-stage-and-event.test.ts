import { describe, expect, test } from '@jest/globals';
import { STAGES, type Subscription } from '../../../src/domain/subscription.ts';
import { frozen, rulesAt } from '../support/records.ts';
import { cellOf, type Row } from './cell.ts';
import { EVENTS, type EventName } from './events.ts';
import { SITUATIONS, type SituationName } from './situations.ts';
import { AFTERWARDS } from './table/afterwards.ts';
import { BILLING } from './table/billing.ts';
import { CONFIRMATION } from './table/confirmation.ts';
import { SET_UP } from './table/set-up.ts';

const TABLE: Record<SituationName, Row> = { ...SET_UP, ...CONFIRMATION, ...BILLING, ...AFTERWARDS };

const names = Object.keys(SITUATIONS) as SituationName[];
const events = Object.keys(EVENTS) as EventName[];

// Long enough after the story that every try and claim of it is due again.
const LATER = 600;

const outcomeOf = (record: Subscription, event: EventName) => EVENTS[event](frozen(record), rulesAt(LATER));

describe('the table of what becomes of a subscription', () => {
  test('has a row for every stage of the design, played so far that the record is in it', () => {
    const stages = names.map((name) => SITUATIONS[name].record.stage);

    expect(new Set(stages)).toEqual(new Set(STAGES));
    expect(names.map((name) => SITUATIONS[name].stage)).toEqual(stages);
  });

  test('says for every situation what every event makes of it, and nothing else', () => {
    expect(Object.keys(TABLE).toSorted()).toEqual(names.toSorted());
    for (const name of names) expect(Object.keys(TABLE[name]).toSorted()).toEqual(events.toSorted());
  });

  test.each(names)('%s: each event does what the table says', (name) => {
    const { record } = SITUATIONS[name];

    const row = Object.fromEntries(events.map((event) => [event, cellOf(record, outcomeOf(record, event))]));

    expect(row).toEqual(TABLE[name]);
  });

  test('every change is one version further, at the time of the event, of the same subscription', () => {
    for (const name of names) {
      const { record } = SITUATIONS[name];
      for (const event of events) {
        const outcome = outcomeOf(record, event);
        if (outcome.kind !== 'changed') continue;

        expect({ ...outcome.next, event }).toMatchObject({
          event,
          id: record.id,
          correlationId: record.correlationId,
          firstSeenAt: record.firstSeenAt,
          version: record.version + 1,
          updatedAt: rulesAt(LATER).now.toISOString(),
        });
      }
    }
  });

  test('every change of stage stands in the history, at the time of the event', () => {
    for (const name of names) {
      const { record } = SITUATIONS[name];
      for (const event of events) {
        const outcome = outcomeOf(record, event);
        if (outcome.kind !== 'changed' || outcome.next.stage === record.stage) continue;

        expect({ name, event, entries: outcome.entries.length }).not.toMatchObject({ entries: 0 });
        for (const { at } of outcome.entries) expect(at).toBe(rulesAt(LATER).now.toISOString());
      }
    }
  });
});
