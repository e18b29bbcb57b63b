import type { World } from '../world.ts';
import type { WebhookConfig } from './config.ts';
import type { Delivery } from './deliveries.ts';
import { webhookToken } from './token.ts';

/** Something to send to the publisher, as it is. */
export type Post = {
  body: string;
  /** Absent: application/json. */
  contentType?: string | undefined;
  attempt: number;
  isCopy: boolean;
  /** What it speaks of, for the log. */
  about?: { subscriptionId: string; operationId: string; action: string };
};

const ANSWER_KEPT = 500;

const newDelivery = (world: World, { body, attempt, isCopy, about }: Post): Delivery => ({
  ...about,
  at: world.clock.now().toISOString(),
  attempt,
  isCopy,
  status: 0,
  ms: 0,
  isUnderWay: true,
  body,
  answer: '',
});

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
};

/** Calls the webhook once and writes it down (contract 4.1). Never throws: what went wrong stands in `answer`. */
export const post = async (world: World, config: WebhookConfig, what: Post): Promise<Delivery> => {
  const delivery = newDelivery(world, what);
  world.deliveries.add(delivery);
  let startedAt = performance.now();
  try {
    const token = await webhookToken(config, world.switches, what.attempt);
    startedAt = performance.now();
    const timeout = AbortSignal.timeout(world.switches.webhookTimeoutSeconds * 1000);
    const answer = await fetch(config.url, {
      method: 'POST',
      headers: {
        'content-type': what.contentType ?? 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: what.body,
      redirect: 'manual',
      signal: AbortSignal.any([timeout, world.closing.signal]),
    });
    delivery.answer = (await answer.text()).slice(0, ANSWER_KEPT);
    delivery.status = answer.status;
  } catch (error) {
    delivery.answer = reasonOf(error);
  }
  delivery.ms = Math.round(performance.now() - startedAt);
  delivery.isUnderWay = false;
  return delivery;
};
