import { activationPaused } from '../../../src/domain/transitions/activation.ts';
import { changeRequested } from '../../../src/domain/transitions/changes.ts';
import {
  erasureAnnounced,
  erasureClaimed,
  erasureDelayed,
  erasureStopped,
  partErased,
} from '../../../src/domain/transitions/erasure.ts';
import { erasureHeld, erasureReleased } from '../../../src/domain/transitions/erasure-hold.ts';
import { noticed, operationClaimed } from '../../../src/domain/transitions/notices.ts';
import { noteWritten, startRequested } from '../../../src/domain/transitions/operator-acts.ts';
import { rechecked, unknownToMicrosoft } from '../../../src/domain/transitions/rechecks.ts';
import { reminderDue } from '../../../src/domain/transitions/reminders.ts';
import { workspaceApplied, workspaceClaimed, workspaceFailed } from '../../../src/domain/transitions/workspace.ts';
import { buyer, type Event, operator, snapshot } from '../../unit/support/records.ts';

const BY = 'worker';
const REASON = 'Somebody asked.';

const told =
  (action: string, status: string): Event =>
  (record, rules) =>
    noticed(record, { action, snapshot: snapshot({ status }), newValues: [] }, rules);

const erases =
  (part: 'contact' | 'workspace'): Event =>
  (record, rules) =>
    partErased(record, part, rules);

/** What can happen to a record besides the events of the table. */
export const LATER_EVENTS: Record<string, Event> = {
  'told: ChangePlan': told('ChangePlan', 'Subscribed'),
  'told: Suspend': told('Suspend', 'Suspended'),
  'told: Unsubscribe': told('Unsubscribe', 'Unsubscribed'),
  'told: something new': told('Hibernate', 'Hibernating'),
  'operation claimed': (record, rules) => operationClaimed(record, BY, rules),
  'buyer changes the plan': (record, rules) =>
    changeRequested(
      record,
      { planId: 'gold' },
      { actor: { kind: 'buyer', objectId: buyer.objectId, roles: ['purchaser'] }, by: BY },
      rules,
    ),
  'workspace claimed': (record, rules) => workspaceClaimed(record, BY, rules),
  'workspace applied': (record, rules) => workspaceApplied(record, BY, rules),
  'workspace failed': (record, rules) => workspaceFailed(record, { by: BY, code: 'unexpected' }, rules),
  'erasure announced': erasureAnnounced,
  'erasure claimed': (record, rules) => erasureClaimed(record, BY, rules),
  'erasure delayed': (record, rules) => erasureDelayed(record, { by: BY, code: 'marketplace-unavailable' }, rules),
  'erasure stopped': (record, rules) => erasureStopped(record, snapshot({ status: 'Subscribed' }), rules),
  'contact erased': erases('contact'),
  'workspace erased': erases('workspace'),
  'erasure held': (record, rules) => erasureHeld(record, operator, REASON, rules),
  'erasure released': (record, rules) => erasureReleased(record, operator, REASON, rules),
  'set-up started': (record, rules) => startRequested(record, operator, REASON, rules),
  'note written': (record, rules) => noteWritten(record, operator, REASON, rules),
  'reminder due': reminderDue,
  rechecked: (record, rules) => rechecked(record, record.recheck?.at ?? '', false, rules),
  'unknown to Microsoft': (record, rules) => unknownToMicrosoft(record, record.version, rules),
  'activations paused': (record, rules) => activationPaused(record, { ...rules, areActivationsPaused: true }),
};
