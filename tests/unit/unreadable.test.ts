// What Microsoft sends and nobody can read is kept for a while, and nobody's address with it (design 5).
import { expect, test } from '@jest/globals';
import { withoutAddresses } from '../../src/adapters/storage/unreadable.ts';
import { type ReconcileNeeds, reconcile } from '../../src/application/reconcile.ts';
import { after } from './support/records.ts';

test.each([
  ['{"emailId":"bea.buyer+x@contoso.example","action":"Renew"}', '{"emailId":"(address)","action":"Renew"}'],
  ['Bea <bea@contoso.example>, bob@x.example', 'Bea <(address)>, (address)'],
  ['?email=bea%40contoso.example&x=1', '?email=(address)=1'],
  ['{"e":"bea\\u0040contoso.example"}', '{"e":"(address)"}'],
  ['<e>bea&#64;contoso.example</e>', '<e>(address)</e>'],
  ['müller@münchen.example', '(address)'],
  ['guest_x.example#EXT#@contoso.example', '(address)'],
  ['{"id":"1","planId":"silver"}', '{"id":"1","planId":"silver"}'],
])('of %s this is kept: %s', (text, kept) => {
  expect(withoutAddresses(text)).toBe(kept);
});

test('a body of one long word takes no time', () => {
  const from = performance.now();
  expect(withoutAddresses('x'.repeat(1_000_000))).toHaveLength(1_000_000);
  expect(withoutAddresses(`${'x'.repeat(1_000_000)}@`)).toBe('(address)');
  expect(performance.now() - from).toBeLessThan(2000);
});

/** One tick of the timer, on a list of Microsoft's that is empty or of more pages than there is time for. */
const forgottenIn = async (next: { next?: string }): Promise<Date[]> => {
  const forgotten: Date[] = [];
  let seconds = 0;
  const needs: Pick<ReconcileNeeds, 'passes' | 'inbox' | 'clock' | 'newId' | 'log'> & {
    marketplace: Pick<ReconcileNeeds['marketplace'], 'list'>;
  } = {
    passes: { load: async () => undefined, save: async (known) => ({ known, etag: 'x' }) },
    inbox: { forgetUnreadable: async (before) => void forgotten.push(before) },
    marketplace: {
      list: async () => {
        seconds += 60;
        return { items: [], ...next };
      },
    },
    clock: () => after(seconds),
    newId: () => 'x',
    log: () => undefined,
  };
  await reconcile(needs as ReconcileNeeds, 240_000);
  return forgotten;
};

test('with the end of a comparison what came 30 days before is forgotten, once', async () => {
  expect(await forgottenIn({})).toEqual([after(60 - 30 * 86_400)]);
  expect(await forgottenIn({ next: 'https://more.example/' })).toEqual([]);
});
