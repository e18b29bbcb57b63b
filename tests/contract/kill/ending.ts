import { fromChunks } from '../../../src/adapters/storage/rows.ts';
import { stored } from '../workers/stored.ts';
import { ownIdOf } from './operation-id.ts';
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
  /** Rows in the directory that were made for this subscription, or hold its claim. */
  organizations: number;
  users: number;
  /** `{kind} to {recipient}`, sorted, for each mail in the mailbox; one under an id that is not its own is named so. */
  mails: string[];
  /** The mails that the mail service took more than once, with how often. */
  sentAgain: string[];
};

/** Reads all of the world at once; what comes back tells one subject's part. */
export const readEndings = async (world: MortalWorld): Promise<(subject: Subject) => Promise<Ending>> => {
  const mailbox = await world.mailbox.mails();
  const calls = (await world.marketplace.calls()).filter(({ operation }) => operation === 'activate');
  const directory = await stored(world.storage.connectionString).rows('Organizations');

  return async ({ id, organization }) => {
    const { body } = await world.api.look('reader', id);
    const asked = world.wire.record(id)?.mails ?? [];
    const mails = mailbox
      .filter(({ text }) => text.includes(id))
      .map(({ operationId, subject: title, to, attempts }) => {
        const mail = asked.find((one) => ownIdOf(id, one) === operationId && one.to === to);
        return { name: mail ? `${mail.kind} to ${to}` : `${title} to ${to} under a foreign id`, attempts };
      });
    const own = directory.filter(({ partitionKey }) => partitionKey === organization);
    const holdsClaim = (row: Record<string, unknown>) => id in (fromChunks(row) as { claims: object }).claims;
    return {
      stage: body.subscription.stage,
      steps: body.subscription.steps.map(({ state }) => state),
      timeline: body.timeline.map(({ what }) => what),
      activations: (await world.marketplace.truth(id)).activations,
      activateCalls: calls.filter(({ subscriptionId }) => subscriptionId === id).map(({ at }) => Date.parse(at)),
      organizations: own.filter((row) => row.rowKey === 'organization' && holdsClaim(row)).length,
      users: own.filter((row) => row.rowKey.startsWith('user|') && row['madeFor'] === id).length,
      mails: mails.map(({ name }) => name).toSorted(),
      sentAgain: mails.filter(({ attempts }) => attempts > 1).map(({ name, attempts }) => `${attempts} x ${name}`),
    };
  };
};
