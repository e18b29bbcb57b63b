// P7: what the log may say of a fault is ours and Microsoft's codes, never a sentence that somebody else wrote.
import { expect, test } from '@jest/globals';
import { unavailable } from '../../../src/adapters/marketplace/errors.ts';

test.each([
  ['get: 500 {"message":"bea@contoso.example"}', 'get: 500'],
  ['no token: AuthenticationError: AADSTS700016: bea@contoso.example', 'no token: AuthenticationError AADSTS700016'],
  ['no token: Error: Request for bea@contoso.example failed', 'no token: Error'],
  ['no token: kestrel: bea@contoso.example', 'no token: kestrel'],
  ['resolve: not sent, no printable ASCII', 'resolve: not sent, no printable ASCII'],
  ['no answer (ECONNRESET), 3 tries', 'no answer (ECONNRESET), 3 tries'],
])('of %j the log has %j', (cause, reason) => {
  expect(unavailable(cause).reason).toBe(reason);
});
