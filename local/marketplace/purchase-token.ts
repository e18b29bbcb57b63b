import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { MarketplaceClock } from './clock.ts';

/** Contract 2.3: valid for 24 hours, not single-use. */
const VALID_HOURS = 24;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** 12 + 16 + 120 bytes make 200 base64 characters that end in `==`, like the recorded one. */
const CONTENT_BYTES = 120;

export type PurchaseTokens = {
  /** The key that they are made under, in hex. */
  key: string;
  /** A fresh purchase token, not yet percent-encoded; it always contains `+`, `/` and `=`. */
  make(subscriptionId: string): string;
  open(purchaseToken: string): { kind: 'open'; subscriptionId: string } | { kind: 'unreadable' } | { kind: 'expired' };
};

/** Purchase tokens that only this stand-in can make and read, under a key of its own: the kept one, or one made now. */
export const makePurchaseTokens = (clock: MarketplaceClock, kept?: string): PurchaseTokens => {
  const key = kept === undefined ? randomBytes(32) : Buffer.from(kept, 'hex');

  const seal = (content: string): string => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const sealed = Buffer.concat([cipher.update(content, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
  };

  const unseal = (purchaseToken: string): string | undefined => {
    const bytes = Buffer.from(purchaseToken, 'base64');
    // Node reads over foreign characters and spare bits; then the token is not the one that was made.
    if (bytes.toString('base64') !== purchaseToken || bytes.length !== NONCE_BYTES + TAG_BYTES + CONTENT_BYTES)
      return undefined;
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return undefined;
    }
  };

  return {
    key: key.toString('hex'),
    make: (subscriptionId) => {
      const expiresAtEpochMs = clock.now().getTime() + VALID_HOURS * 3_600_000;
      const content = JSON.stringify({ subscriptionId, expiresAtEpochMs }).padEnd(CONTENT_BYTES);
      for (;;) {
        const purchaseToken = seal(content);
        if (purchaseToken.includes('+') && purchaseToken.includes('/')) return purchaseToken;
      }
    },
    open: (purchaseToken) => {
      const content = unseal(purchaseToken);
      if (content === undefined) return { kind: 'unreadable' };
      const { subscriptionId, expiresAtEpochMs } = JSON.parse(content) as {
        subscriptionId: string;
        expiresAtEpochMs: number;
      };
      return clock.now().getTime() < expiresAtEpochMs ? { kind: 'open', subscriptionId } : { kind: 'expired' };
    },
  };
};
