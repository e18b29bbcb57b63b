import { randomUUID } from 'node:crypto';
import type { TokenRequest } from '../../../local/entra/control-schema.ts';
import {
  CONSOLE_CLIENT_ID,
  CONTOSO_TENANT,
  FABRIKAM_TENANT,
  LANDING_CLIENT_ID,
  PUBLISHER_CLIENT_ID,
  PUBLISHER_TENANT,
  person,
} from '../../../local/people.ts';
import type { World } from '../../support/world.ts';
import type { PurchaseKind } from './purchases.ts';

/** Which signing keys the app holds when the caller comes. `asked`: it has just looked for an unknown one. */
export type Keys = 'known' | 'fresh' | 'asked' | 'rotated';

export type Caller = {
  /** Whose purchase this caller tries; operators have no part in any. */
  at: PurchaseKind;
  keys: Keys;
  /** The `Authorization` header; `undefined` sends none. */
  header: (world: World) => Promise<string | undefined>;
};

type Forgery = Partial<TokenRequest>;

const bearer =
  (clientId: string, who: string, forgery: Forgery = {}) =>
  async ({ entra }: World): Promise<string> =>
    `Bearer ${await entra.token({ person: who, clientId, ...forgery })}`;

const landing = (who: string, at: PurchaseKind = 'own', forgery: Forgery = {}, keys: Keys = 'known'): Caller => ({
  at,
  keys,
  header: bearer(LANDING_CLIENT_ID, who, forgery),
});

const ofConsole = (who: string, forgery: Forgery = {}, keys: Keys = 'known'): Caller => ({
  at: 'own',
  keys,
  header: bearer(CONSOLE_CLIENT_ID, who, forgery),
});

const withHeader = (header: (token: string) => string | undefined): Caller => ({
  at: 'own',
  keys: 'known',
  header: async ({ entra }) => header(await entra.token({ person: 'buyer', clientId: LANDING_CLIENT_ID })),
});

const MARKETPLACE_APP = '20e940b3-4c77-4b0b-9a53-9e16a1b010a7';
/** Its service principal, another one in each tenant. */
const MARKETPLACE_PRINCIPAL = randomUUID();

/** The token of a call of the webhook (contract 4.4), honest unless told otherwise. */
const microsoft = (how: Forgery & { tid?: string; app?: string } = {}): Caller => ({
  at: 'own',
  keys: 'known',
  header: (world) => {
    const { tid = PUBLISHER_TENANT, app = MARKETPLACE_APP, claims, version = 2, ...forgery } = how;
    const iss = version === 1 ? `https://sts.windows.net/${tid}/` : `${world.entraUrl}/${tid}/v2.0`;
    const by = version === 1 ? { appid: app } : { azp: app };
    const nobody = { name: null, email: null, preferred_username: null, unique_name: null, upn: null, scp: null };
    const all = {
      ...nobody,
      roles: null,
      aud: PUBLISHER_CLIENT_ID,
      tid,
      iss,
      oid: MARKETPLACE_PRINCIPAL,
      ...by,
      ...claims,
    };
    return bearer(PUBLISHER_CLIENT_ID, 'operator', { ...forgery, version, claims: all })(world);
  },
});

const GRAPH = '00000003-0000-0000-c000-000000000000';

/** What is wrong with a token that would otherwise be as good as its person's own. */
const forgeries = (
  clientId: string,
): Record<string, Forgery | ((token: string, world: World) => Forgery | string)> => ({
  expired: { expiresInSeconds: -600 },
  'without an expiry': { claims: { exp: null } },
  'not yet valid': { claims: { nbf: Math.floor(Date.now() / 1000) + 900 } },
  'for another audience': { claims: { aud: GRAPH } },
  'for several audiences': { claims: { aud: [clientId, PUBLISHER_CLIENT_ID] } },
  'of a foreign issuer': { claims: { iss: 'https://login.example.org/v2.0' } },
  "of another tenant's issuer": (_token, { entraUrl }) => ({ claims: { iss: `${entraUrl}/${FABRIKAM_TENANT}/v2.0` } }),
  'of a tenant that is no GUID': (_token, { entraUrl }) => ({
    claims: { tid: 'common', iss: `${entraUrl}/common/v2.0` },
  }),
  v1: { version: 1 },
  'v1 in v2 clothes': { claims: { ver: '1.0' } },
  'without a scope': { claims: { scp: null } },
  'for another scope': { scope: 'User.Read access_as_user2' },
  'without an object id': { claims: { oid: null } },
  'app-only': { claims: { idtyp: 'app' } },
  'app-only without saying so': { claims: { scp: null, name: null, preferred_username: null, roles: ['Operator'] } },
  'alg none': { signWith: 'none' },
  'alg none with a signature': (token) => {
    const [, claims, signature] = token.split('.');
    return [Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url'), claims, signature].join('.');
  },
  'HS256 with the public key': { signWith: 'hs256-public' },
  PS256: { header: { alg: 'PS256' } },
  'without a kid': { header: { kid: null } },
  'of a foreign key with a known kid': { signWith: 'foreign' },
  'changed after it was signed': (token) => {
    const [header, claims, signature] = token.split('.');
    const read = JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()) as object;
    return [header, Buffer.from(JSON.stringify({ ...read, name: 'Somebody' })).toString('base64url'), signature].join(
      '.',
    );
  },
});

const forged = (prefix: string, who: string, clientId: string): Record<string, Caller> =>
  Object.fromEntries(
    Object.entries(forgeries(clientId)).map(([what, forgery]) => {
      const header = async (world: World): Promise<string> => {
        const honest = bearer(clientId, who);
        if (typeof forgery !== 'function') return bearer(clientId, who, forgery)(world);
        const made = forgery((await honest(world)).slice('Bearer '.length), world);
        return typeof made === 'string' ? `Bearer ${made}` : bearer(clientId, who, made)(world);
      };
      return [`${prefix}, ${what}`, { at: 'own', keys: 'known', header }];
    }),
  );

const inTenant = (tenantId: string, claims: object = {}): ((world: World) => Forgery) => {
  const oid = randomUUID();
  return ({ entraUrl }) => ({ claims: { tid: tenantId, iss: `${entraUrl}/${tenantId}/v2.0`, oid, ...claims } });
};

const guestInside = inTenant(CONTOSO_TENANT, { idp: `https://sts.windows.net/${FABRIKAM_TENANT}/` });
const ROLES = { roles: ['Operator', 'Reader'] };
const PIA = 'pia@outlook.example';
const unknownKid = () => ({ header: { kid: randomUUID() } });

/** Every kind of caller, by the name of its row in caller-table.ts. The ones that change the app's keys come last. */
export const CALLERS: Record<string, Caller> = {
  nobody: withHeader(() => undefined),
  'an empty header': withHeader(() => ''),
  'a header of another scheme': withHeader((token) => `Basic ${token}`),
  'a header without a token': withHeader(() => 'Bearer'),
  'a header without a scheme': withHeader((token) => token),
  'a header with two tokens': withHeader((token) => `Bearer ${token}, Bearer ${token}`),
  'a header with words for a token': withHeader(() => 'Bearer let.me.in'),

  purchaser: landing('buyer'),
  'purchaser who never visited': landing('buyer', 'unvisited'),
  'purchaser with a token of the console': ofConsole('buyer'),
  colleague: landing('colleague'),
  "colleague with the purchaser's e-mail claim": landing('colleague', 'own', {
    claims: { email: person('buyer').username },
  }),
  'colleague who never visited': landing('buyer-without-mail'),
  reseller: landing('reseller', 'resold'),
  "reseller's colleague who never visited": landing('reseller', 'resold', { claims: { oid: randomUUID() } }),
  beneficiary: landing('buyer', 'resold'),
  "beneficiary's colleague": landing('colleague', 'resold'),
  stranger: landing('stranger'),
  'stranger to a reseller purchase': landing('stranger', 'resold'),
  "stranger with the purchaser's object id": landing('stranger', 'own', { claims: { oid: person('buyer').objectId } }),
  "stranger with the purchaser's e-mail claim": landing('stranger', 'own', {
    claims: { email: person('buyer').username, preferred_username: person('buyer').username },
  }),
  'stranger with our role names': landing('stranger', 'own', { claims: ROLES }),
  'stranger with our role names and a token of the console': ofConsole('stranger', { claims: ROLES }),
  guest: landing('guest'),
  'guest who signed in to the purchasing organization': {
    ...landing('guest'),
    header: (world) => bearer(LANDING_CLIENT_ID, 'guest', guestInside(world))(world),
  },
  'personal account': landing('personal', 'personal', { claims: { email: null } }),
  'personal account known by its e-mail claim': landing('personal', 'personal-by-email'),
  'personal account seen for the first time': landing('personal', 'personal-unbound'),
  'another personal account': landing('personal-other', 'personal-by-email'),
  'another personal account with the e-mail claim of a bound one': landing('personal-other', 'personal-by-email', {
    claims: { email: PIA },
  }),
  "another personal account of a purchaser's user name": landing('personal-other', 'personal-unbound', {
    claims: { email: null, preferred_username: PIA },
  }),
  'work account with the e-mail claim of a personal one': landing('stranger', 'personal-unbound', {
    claims: { email: PIA },
  }),
  'operator with a token of the landing page': landing('operator'),

  reader: ofConsole('reader'),
  operator: ofConsole('operator'),
  'operator who is a reader too': ofConsole('operator', { claims: { roles: ['Reader', 'Operator'] } }),
  'employee without a role': ofConsole('operator', { claims: { roles: null } }),
  "employee with the product's role": ofConsole('operator', { claims: { roles: ['Usage.Report'] } }),
  'employee with a role spelled otherwise': ofConsole('operator', { claims: { roles: ['operator', 'Reader '] } }),
  'employee whose roles are text': ofConsole('operator', { claims: { roles: 'Operator' } }),

  ...forged('purchaser', 'buyer', LANDING_CLIENT_ID),
  ...forged('operator', 'operator', CONSOLE_CLIENT_ID),

  Microsoft: microsoft(),
  'Microsoft, v1': microsoft({ version: 1 }),
  'Microsoft, expired': microsoft({ expiresInSeconds: -600 }),
  'Microsoft, without an expiry': microsoft({ claims: { exp: null } }),
  'Microsoft, for another audience': microsoft({ claims: { aud: GRAPH } }),
  'Microsoft, of another tenant': microsoft({ tid: FABRIKAM_TENANT }),
  'Microsoft, by another application': microsoft({ app: PUBLISHER_CLIENT_ID }),
  'Microsoft, by another application, v1': microsoft({ app: PUBLISHER_CLIENT_ID, version: 1 }),
  'Microsoft, alg none': microsoft({ signWith: 'none' }),
  'Microsoft, HS256 with the public key': microsoft({ signWith: 'hs256-public' }),
  'Microsoft, of a foreign key with a known kid': microsoft({ signWith: 'foreign' }),

  'purchaser, of an unknown kid': landing('buyer', 'own', unknownKid(), 'fresh'),
  'operator, of an unknown kid': ofConsole('operator', unknownKid(), 'fresh'),
  'purchaser, of an unknown kid just after another': landing('buyer', 'own', unknownKid(), 'asked'),
  'operator, of an unknown kid just after another': ofConsole('operator', unknownKid(), 'asked'),
  'purchaser, of a rotated kid': landing('buyer', 'own', {}, 'rotated'),
  'operator, of a rotated kid': ofConsole('operator', {}, 'rotated'),
};
