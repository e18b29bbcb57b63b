import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose';
import { PERSONAL_TENANT } from '../people.ts';
import type { Authority } from './directory.ts';

/** An RSA key pair with the id it is published under. */
export type SigningKey = { kid: string; privateKey: KeyObject; publicKey: KeyObject; jwk: JWK };

/** A key as Entra publishes it: with the issuer it may speak for, and no `alg`. */
export type PublishedKey = JWK & { issuer: string };

/** The keys of the simulated Entra: one for organizations, one for personal accounts, and one of somebody else. */
export type KeyRing = {
  /** The key that signs tokens of this tenant now. */
  current(tenantId: string): SigningKey;
  /** A key that Entra never had, for forgeries. */
  foreign: SigningKey;
  /** The key of this id, also when it is no longer published; our Graph honours such tokens until they expire. */
  find(kid: string | undefined): SigningKey | undefined;
  /** What the keys address of this authority answers: no `alg`, and an `issuer` per key (contract 8). */
  published(authority: Authority, entraUrl: string): PublishedKey[];
  /** Makes new keys current. The old ones are published no more. */
  rotate(): Promise<void>;
};

const makePair = promisify(generateKeyPair);

const makeKey = async (): Promise<SigningKey> => {
  const { privateKey, publicKey } = await makePair('rsa', { modulusLength: 2048 });
  const jwk = await exportJWK(publicKey);
  return { kid: await calculateJwkThumbprint(jwk), privateKey, publicKey, jwk };
};

let firstKeys: Promise<[SigningKey, SigningKey, SigningKey]> | undefined;

/** The first keys, the same for every Entra of this process: making them takes some tenths of a second. */
export const createKeyRing = async (): Promise<KeyRing> => {
  firstKeys ??= Promise.all([makeKey(), makeKey(), makeKey()]);
  const [firstOrganizations, firstPersonal, foreign] = await firstKeys;
  let organizations = firstOrganizations;
  let personal = firstPersonal;
  const all = [organizations, personal];

  return {
    foreign,
    current: (tenantId) => (tenantId === PERSONAL_TENANT ? personal : organizations),
    find: (kid) => all.find((key) => key.kid === kid),
    published: (authority, entraUrl) => {
      const publish = (key: SigningKey, tenant: string): PublishedKey => ({
        ...key.jwk,
        use: 'sig',
        kid: key.kid,
        x5t: key.kid,
        issuer: `${entraUrl}/${tenant}/v2.0`,
      });
      const personalOnly = authority.issuerTenant === PERSONAL_TENANT;
      return [
        ...(personalOnly ? [] : [publish(organizations, '{tenantid}')]),
        ...(personalOnly || authority.segment === 'common' ? [publish(personal, PERSONAL_TENANT)] : []),
      ];
    },
    rotate: async () => {
      [organizations, personal] = await Promise.all([makeKey(), makeKey()]);
      all.push(organizations, personal);
    },
  };
};
