import type { MailFacts } from '../../../application/ports.ts';
import type { MailKind } from '../../../domain/subscription.ts';
import { billingStarted, requestReceived, workspaceReady } from './buyer.ts';
import { changeDone, changeRefused, reinstated, suspended, unsubscribed } from './buyer-lifecycle.ts';
import type { Letter } from './letter.ts';
import { newOnboarding } from './new-onboarding.ts';
import { activationFailed, alreadyBilled, billingStartedOperators, stepFailed } from './operators.ts';
import { newValue, refusalOverruled, workspaceFailed } from './operators-alarms.ts';
import { erasureSoon, suspendedOperators, unsubscribedOperators } from './operators-lifecycle.ts';
import { bounded, oneLine } from './plain.ts';
import { reminder } from './reminder.ts';
import { reminderOperators } from './reminder-operators.ts';
import { asHtml } from './render-html.ts';
import { asText } from './render-text.ts';

const LETTERS: Record<MailKind, (facts: MailFacts) => Letter> = {
  'new-onboarding': newOnboarding,
  'step-failed': stepFailed,
  'already-billed': alreadyBilled,
  'billing-started-operators': billingStartedOperators,
  'activation-failed': activationFailed,
  'request-received': requestReceived,
  'workspace-ready': workspaceReady,
  'billing-started': billingStarted,
  'change-done': changeDone,
  'change-refused': changeRefused,
  suspended,
  'suspended-operators': suspendedOperators,
  reinstated,
  unsubscribed,
  'unsubscribed-operators': unsubscribedOperators,
  'refusal-overruled': refusalOverruled,
  'new-value': newValue,
  reminder,
  'reminder-operators': reminderOperators,
  'workspace-failed': workspaceFailed,
  'erasure-soon': erasureSoon,
};

/** Mail programs cut longer subjects; the names in ours are bounded so that this limit is rarely met. */
const SUBJECT_CHARACTERS = 150;

/**
 * A message as subject, HTML and text, which both say the same. Pure. Whatever a buyer controls is one bounded line that
 * becomes no link, escaped in HTML; mails to buyers hold no link at all, nothing of the contact form, and while its address
 * may be a stranger's, nothing that anybody typed (design 3.6).
 */
export const renderMail = (kind: MailKind, facts: MailFacts): { subject: string; html: string; text: string } => {
  const letter = LETTERS[kind](facts);
  const subject = bounded(oneLine(letter.subject), SUBJECT_CHARACTERS);
  const frame = { publisherName: facts.publisherName, supportEmail: facts.supportEmail };
  return { subject, html: asHtml({ ...letter, subject }, frame), text: asText(letter, frame) };
};
