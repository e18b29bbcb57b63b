import { createHash } from 'node:crypto';
import type { Mail } from '../../../src/domain/subscription.ts';

/** The namespace of our mail ids, written down a second time: it is fixed for ever. */
const NAMESPACE = '5b0d3a6e6f0c4a0f9d0e2f0c7d6a1b3c';

/**
 * The `Operation-Id` that a mail must have: the UUIDv5 of subscription, kind, occurrence and recipient (P3). Made here anew,
 * so that a change of the app's own is seen.
 */
export const ownIdOf = (subscriptionId: string, { kind, occurrence, to }: Mail): string => {
  const name = Buffer.from(JSON.stringify([subscriptionId, kind, occurrence, to]));
  const hash = createHash('sha1').update(Buffer.from(NAMESPACE, 'hex')).update(name).digest('hex');
  const variant = ((Number.parseInt(hash.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  const [low, middle, high] = [hash.slice(0, 8), hash.slice(8, 12), `5${hash.slice(13, 16)}`];
  return `${low}-${middle}-${high}-${variant}${hash.slice(18, 20)}-${hash.slice(20, 32)}`;
};
