import { randomUUID } from 'node:crypto';
import { type WireSubscription, withSevenDigits } from '../subscription.ts';
import type { Switches } from '../switches.ts';
import type { Notification } from '../webhook/notification.ts';

/** Who started it: the customer or Microsoft, or the publisher by the fulfilment API. */
export type Source = 'Azure' | 'Partner';

/** An operation as Get Operation shows it (contract 3). */
export type WireOperation = {
  id: string;
  activityId: string;
  publisherId: string;
  offerId: string;
  /** Of a ChangePlan the new one. */
  planId: string;
  /** Of a ChangeQuantity the new one; absent when not per seat. */
  quantity?: number;
  operationRequestSource: Source;
  subscriptionId: string;
  timeStamp: string;
  action: string;
  status: string;
  errorStatusCode: string;
  errorMessage: string;
};

/** An operation with what nobody outside sees. Instants are ISO 8601: it is kept as JSON. */
export type Operation = {
  wire: WireOperation;
  /** Microsoft only tells of it: there is nothing to accept. */
  isNotifyOnly: boolean;
  /** The second webhook after a refused change, with the old values (contract 4.2). */
  isRevert: boolean;
  beganAt: string;
  /** What the publisher is told, while it has to be. */
  notification?: Notification;
  /** The webhook took it: from here on silence counts. */
  acceptedAt?: string;
  /** When it shows in the subscription; absent before it succeeds and after it shows. */
  effectAt?: string;
};

/** What should happen to a subscription. */
export type Wanted = {
  action: string;
  /** Absent: Azure. */
  source?: Source;
  /** Absent: a fresh one. */
  id?: string | undefined;
  planId?: string | undefined;
  quantity?: number | undefined;
  /** As told to the publisher; absent: InProgress where there is something to accept, else Succeeded (contract 4.2). */
  status?: string | undefined;
  isRevert?: boolean;
  /** When the publisher is told; absent: now. */
  tell?: Switches['subscribeWebhook'];
};

const ASKED = new Set(['ChangePlan', 'ChangeQuantity', 'Reinstate']);

/** A 4xx of the webhook refuses these; to any other action it means nothing certain (contract 4.2). */
export const canBeRefused = (action: string): boolean => action === 'ChangePlan' || action === 'ChangeQuantity';

/** The status a new operation has in what the publisher is told. */
export const toldStatus = ({ action, status }: Wanted): string =>
  status ?? (ASKED.has(action) ? 'InProgress' : 'Succeeded');

export const newOperation = (subscription: WireSubscription, wanted: Wanted, at: Date): Operation => {
  const quantity = wanted.quantity ?? subscription.quantity;
  const source = wanted.source ?? 'Azure';
  const status = toldStatus(wanted);
  return {
    wire: {
      id: wanted.id ?? randomUUID(),
      activityId: randomUUID(),
      publisherId: subscription.publisherId,
      offerId: subscription.offerId,
      planId: wanted.planId ?? subscription.planId,
      ...(quantity === undefined ? {} : { quantity }),
      operationRequestSource: source,
      subscriptionId: subscription.id,
      timeStamp: withSevenDigits(at),
      action: wanted.action,
      status: source === 'Partner' ? 'NotStarted' : status,
      errorStatusCode: '',
      errorMessage: '',
    },
    isNotifyOnly: status !== 'InProgress',
    isRevert: wanted.isRevert ?? false,
    beganAt: at.toISOString(),
  };
};

/** While one is open no other change can be asked for (contract 2.8). */
export const isOpen = ({ wire }: Operation): boolean => wire.status === 'NotStarted' || wire.status === 'InProgress';
