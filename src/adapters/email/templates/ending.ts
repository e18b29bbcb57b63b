import type { MailFacts } from '../../../application/ports.ts';
import { type Block, facts, heading } from './letter.ts';
import { shortFacts } from './summary.ts';
import { consoleLink } from './wording.ts';

/** What letters to operators end with: the way into the console, and enough to find the subscription elsewhere. */
export const ending = (mail: MailFacts): Block[] => [
  consoleLink(mail),
  heading('Subscription'),
  facts(shortFacts(mail.subscription)),
];
