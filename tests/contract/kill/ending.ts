import { operationIdOf } from '../../../src/application/notify.ts';
import type { MailKind } from '../../../src/domain/subscription.ts';
import { OPERATOR_EMAIL } from '../../support/world.ts';
import { stored } from '../work/stored.ts';
import type { Subject } from './subject.ts';
import type { MortalWorld } from './world.ts';

/** What the world looks like for one subject when all is over. */
export type Ending = {
  stage: string;
  /** States of the steps. */
  steps: string[];
  timeline: string[];
  activations: number;
  /** When each Activate call reached Microsoft (ms). */
  activateCalls: number[];
  /** Rows in the directory. */
  organizations: number;
  users: number;
  /** `{kind} to {recipient}`, sorted, for each mail in the mailbox; one under an id that is not its own is named so. */
  mails: string[];
  /** The mails that the mail service took more than once, with how often. */
  sentAgain: string[];
};

const KINDS: MailKind[] = [
  'new-onboarding',
  'request-received',
  'already-billed',
  'workspace-ready',
  'billing-started',
  'billing-started-operators',
];

/** What each mail to these people would be called, by its `Operation-Id`. */
const namesById = ({ id, contact }: Subject): Map<string, string> => {
  const unsent = { occurrence: '1', state: 'pending', attempts: 0 } as const;
  const all = KINDS.flatMap((kind) => [contact, OPERATOR_EMAIL].map((to) => ({ ...unsent, kind, to })));
  return new Map(all.map((mail) => [operationIdOf(id, mail), `${mail.kind} to ${mail.to}`]));
};

/** Reads all of the world at once; what comes back tells one subject's part. */
export const readEndings = async (world: MortalWorld): Promise<(subject: Subject) => Promise<Ending>> => {
  const mailbox = await world.mailbox.mails();
  const calls = (await world.marketplace.calls()).filter(({ operation }) => operation === 'activate');
  const directory = await stored(world.storage.connectionString).rows('Organizations');

  return async (subject) => {
    const { body } = await world.api.look('reader', subject.id);
    const names = namesById(subject);
    const mails = mailbox
      .filter(({ text }) => text.includes(subject.id))
      .map(({ operationId, subject: title, to, attempts }) => {
        const name = names.get(operationId);
        return { name: name?.endsWith(` to ${to}`) ? name : `${title} to ${to} under a foreign id`, attempts };
      });
    const own = directory.filter(({ partitionKey }) => partitionKey === subject.organization);
    return {
      stage: body.subscription.stage,
      steps: body.subscription.steps.map(({ state }) => state),
      timeline: body.timeline.map(({ what }) => what),
      activations: (await world.marketplace.truth(subject.id)).activations,
      activateCalls: calls
        .filter(({ subscriptionId }) => subscriptionId === subject.id)
        .map(({ at }) => Date.parse(at)),
      organizations: own.filter(({ rowKey }) => rowKey === 'organization').length,
      users: own.filter(({ rowKey }) => rowKey.startsWith('user|')).length,
      mails: mails.map(({ name }) => name).toSorted(),
      sentAgain: mails.filter(({ attempts }) => attempts > 1).map(({ name, attempts }) => `${attempts} x ${name}`),
    };
  };
};
