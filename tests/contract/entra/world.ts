import { expect } from '@jest/globals';
import { CONSOLE_CLIENT_ID, LANDING_CLIENT_ID, type Person, PUBLISHER_TENANT, person } from '../../../local/people.ts';
import { people } from '../../../src/adapters/entra/people.ts';
import { signingKeys } from '../../../src/adapters/entra/signing-keys.ts';
import { PegasusError } from '../../../src/domain/errors.ts';
import { startEntraServer, type TokenRequest } from '../../support/entra-server.ts';

export const START = new Date('2026-11-21T12:00:00Z');

/** Overrides for one token: claims (`undefined` removes one), header members, key; seconds are from the world's clock. */
export type Wish = Partial<TokenRequest> & { expiresInSeconds?: number; notBeforeInSeconds?: number };

/** A small Entra, the verification that trusts it, and a clock that moves only when a test moves it. */
export const startWorld = async () => {
  const entra = await startEntraServer();
  let now = START;
  const clock = () => now;
  const keys = signingKeys({ authority: entra.authority, clock, timeoutMs: 1000 });
  const config = {
    authority: entra.authority,
    landingClientId: LANDING_CLIENT_ID,
    consoleClientId: CONSOLE_CLIENT_ID,
    publisherTenantId: PUBLISHER_TENANT,
  };

  const claimsOf = (who: Person, audience: string, wish: Wish): Record<string, unknown> => {
    const seconds = Math.floor(now.getTime() / 1000);
    return {
      aud: audience,
      iss: `${entra.authority}/${who.tenantId}/v2.0`,
      iat: seconds,
      nbf: seconds + (wish.notBeforeInSeconds ?? 0),
      exp: seconds + (wish.expiresInSeconds ?? 3600),
      azp: audience,
      name: who.name,
      oid: who.objectId,
      preferred_username: who.username,
      scp: 'access_as_user',
      tid: who.tenantId,
      ver: '2.0',
      ...(who.emailClaim !== undefined && { email: who.emailClaim }),
      ...(audience === CONSOLE_CLIENT_ID && who.roles !== undefined && { roles: who.roles }),
      ...wish.claims,
    };
  };

  const header = async (who: string, audience: string, wish: Wish): Promise<string> =>
    `Bearer ${await entra.sign({ ...wish, claims: claimsOf(person(who), audience, wish) })}`;

  return {
    entra,
    keys,
    clock,
    people: people(config, keys, clock),
    landing: (who: string, wish: Wish = {}) => header(who, LANDING_CLIENT_ID, wish),
    console: (who: string, wish: Wish = {}) => header(who, CONSOLE_CLIENT_ID, wish),
    pass: (seconds: number) => {
      now = new Date(now.getTime() + seconds * 1000);
    },
    close: () => entra.close(),
  };
};

export type World = Awaited<ReturnType<typeof startWorld>>;

/** How an attempt ended, in one word for a table: `ok` or the code of the error. */
export const outcome = async (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'ok',
    (error: unknown) => (error instanceof PegasusError ? error.code : `unexpected ${String(error)}`),
  );

/** `code (reason)`: tells apart two refusals that look alike from outside. */
export const refusal = async (attempt: Promise<unknown>): Promise<string> => {
  const error = await failure(attempt);
  return `${error.code} (${(error.cause as Error).message})`;
};

export const failure = async (attempt: Promise<unknown>): Promise<PegasusError> => {
  const error: unknown = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PegasusError);
  return error as PegasusError;
};
