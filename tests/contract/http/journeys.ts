import { randomUUID } from 'node:crypto';
import type { Order } from '../../../local/marketplace/control.ts';
import type { View } from '../../../src/application/view.ts';
import { QUEUES } from '../../../src/domain/work.ts';
import { eventually } from '../../support/eventually.ts';
import { OPERATOR_EMAIL, type World } from '../../support/world.ts';
import { stored } from '../workers/stored.ts';

type Wanted = Partial<Order>;

/** The lines in which a worker says that it begins or ends; its poison function's as well. */
const INVOCATIONS = new RegExp(`"event":"PEG_(STARTED|COMPLETED|FAILED)".*"function":"(${QUEUES.join('|')})`, 'g');

/** The usual way through the journey (design 3) up to a named point, each for a purchase of its own; answers its id. */
export const journeys = (world: World) => {
  const { api, marketplace, mailbox } = world;

  /** What operators see once it is as wanted. */
  const seen = async (id: string, isWanted: (view: View) => boolean, withinMs?: number): Promise<View> => {
    const look = async (): Promise<View | undefined> => (await api.look('reader', id)).body.subscription;
    const found = await eventually(look, (view) => view !== undefined && isWanted(view), withinMs);
    if (!found) throw new Error(`There is no subscription ${id}.`);
    return found;
  };
  const atStage = (id: string, stage: View['stage'], withinMs?: number) =>
    seen(id, (view) => view.stage === stage, withinMs);

  const buy = (order: Wanted = {}) => marketplace.purchase({ planId: 'starter', purchaser: 'buyer', ...order });

  const resolved = async (order: Wanted = {}): Promise<string> => {
    const bought = await buy(order);
    const answer = await api.resolve(order.purchaser ?? 'buyer', bought.purchaseToken);
    if (answer.status !== 200) throw new Error(`resolve answered ${JSON.stringify(answer.body)}`);
    return bought.subscriptionId;
  };

  /** A purchase for an organization that is nobody else's; the buyer makes it for somebody elsewhere. */
  const resolvedApart = async (): Promise<{ id: string; organization: string }> => {
    const { subscriptionId: id, purchaseToken } = await buy();
    const organization = randomUUID();
    const beneficiary = { tenantId: organization, objectId: randomUUID(), emailId: 'bo@elsewhere.example' };
    await marketplace.change(id, { beneficiary });
    const answer = await api.resolve('buyer', purchaseToken);
    if (answer.status !== 200) throw new Error(`resolve answered ${JSON.stringify(answer.body)}`);
    return { id, organization };
  };

  const onboarded = async (order: Wanted = {}, contact?: Record<string, unknown>): Promise<string> => {
    const id = await resolved(order);
    const answer = await api.onboard(order.purchaser ?? 'buyer', id, contact);
    if (answer.status !== 202) throw new Error(`onboard answered ${JSON.stringify(answer.body)}`);
    return id;
  };

  /** Steps done or held, operators told. */
  const awaiting = async (order: Wanted = {}, contact?: Record<string, unknown>): Promise<string> => {
    const id = await onboarded(order, contact);
    await seen(id, ({ stage, steps }) => stage === 'awaiting-confirmation' && steps[2]?.state === 'done');
    return id;
  };

  const confirmed = async (order: Wanted = {}, contact?: Record<string, unknown>): Promise<string> => {
    const id = await awaiting(order, contact);
    const answer = await api.operate('operator', id, 'confirm');
    if (answer.status !== 202) throw new Error(`confirm answered ${JSON.stringify(answer.body)}`);
    await atStage(id, 'confirmed');
    return id;
  };

  const history = async (id: string): Promise<string[]> =>
    (await api.look('reader', id)).body.timeline.map(({ what }) => what);

  const operatorMails = async (id: string) =>
    (await mailbox.mails(OPERATOR_EMAIL)).filter((mail) => mail.text.includes(id));

  /** Waits until no queue holds a message that may be taken now, and no worker runs. */
  const quiet = async (): Promise<void> => {
    const storage = stored(world.storage.connectionString);
    const invocations = () => {
      const lines = world.host().output().match(INVOCATIONS) ?? [];
      const started = lines.filter((line) => line.includes('STARTED')).length;
      return { started, running: 2 * started - lines.length };
    };
    let before = -1;
    await eventually(
      async () => {
        const messages = (await Promise.all(QUEUES.map((name) => storage.peek(name)))).flat();
        return { messages, ...invocations() };
      },
      ({ messages, started, running }) => {
        const isQuiet = messages.length === 0 && running === 0 && started === before;
        before = started;
        return isQuiet;
      },
    );
  };

  return { quiet, buy, resolved, resolvedApart, onboarded, awaiting, confirmed, seen, atStage, history, operatorMails };
};
