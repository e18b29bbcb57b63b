import type { HttpRequest } from '@azure/functions';
import type { MarketplaceCaller } from '../../application/callers.ts';
import type { Needs } from '../../application/needs.ts';
import { receiveNotice, receiveUnreadable } from '../../application/receive-notice.ts';
import { PegasusError } from '../../domain/errors.ts';
import type { Route } from './endpoint.ts';
import { readNotification, sha256 } from './notification.ts';

/** A notification has about 2 kB; whatever is this long is none that anybody could act upon. */
const LIMIT_BYTES = 256 * 1024;

/** Microsoft waits for 10 s (contract 4.2); what takes longer than this is answered 503 and comes again. */
const ANSWER_WITHIN_MS = 6000;

const OK = { status: 200, body: {} };

const tooSlow = (): PegasusError =>
  new PegasusError('storage-unavailable', 'The service cannot keep this now. Send it again.', { reason: 'too slow' });

const within = async <T>(milliseconds: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow()), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

const receive = async (needs: Needs, microsoft: MarketplaceCaller, request: HttpRequest): Promise<typeof OK> => {
  try {
    await microsoft(request.headers.get('authorization') ?? undefined);
  } catch (error) {
    if (error instanceof PegasusError && error.code === 'unauthenticated') needs.log('PEG_WEBHOOK_REFUSED');
    throw error;
  }
  const body = await request.text();
  const notice =
    Buffer.byteLength(body) > LIMIT_BYTES ? undefined : readNotification(body, needs.clock().toISOString());
  if (notice) await receiveNotice(needs, notice);
  else await receiveUnreadable(needs, { key: sha256(body), text: body });
  return OK;
};

/**
 * Where Microsoft tells what happened (contract 4): whoever proves to be Microsoft is answered 200 once it is kept, whatever
 * it is; a fault of ours is a 5xx, because a 4xx would refuse the customer's change (P5), and is given for that alone: when
 * the publisher does not sell it (contract 4.2).
 */
export const webhookRoute =
  (needs: Needs, microsoft: MarketplaceCaller): Route =>
  (request) =>
    within(ANSWER_WITHIN_MS, receive(needs, microsoft, request));
