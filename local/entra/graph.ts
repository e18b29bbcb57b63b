import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { PEOPLE, PERSONAL_TENANT, type Person } from '../people.ts';
import { GRAPH_ID, TENANTS } from './directory.ts';
import type { KeyRing } from './keys.ts';
import type { World } from './world.ts';

const DEFAULT_PROPERTIES = [
  'id',
  'displayName',
  'givenName',
  'surname',
  'userPrincipalName',
  'mail',
  'jobTitle',
  'mobilePhone',
  'preferredLanguage',
];

const profile = (person: Person): Record<string, string | null> => {
  const [givenName = null, surname = null] = person.name.split(' ');
  return {
    id: person.objectId,
    displayName: person.name,
    givenName,
    surname,
    userPrincipalName: person.username,
    mail: person.mail ?? null,
    jobTitle: null,
    mobilePhone: null,
    preferredLanguage: null,
    companyName: person.tenantId === PERSONAL_TENANT ? null : (TENANTS[person.tenantId] ?? null),
    country: null,
  };
};

const graphError = (code: string, message: string) => ({
  error: { code, message, innerError: { date: new Date().toISOString(), 'request-id': randomUUID() } },
});

const bearer = async (keys: KeyRing, authorization: string | undefined) => {
  try {
    const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '';
    const key = keys.find(decodeProtectedHeader(token).kid);
    if (!key) return undefined;
    const { payload } = await jwtVerify(token, key.publicKey, { audience: GRAPH_ID, algorithms: ['RS256'] });
    const person = PEOPLE.find((one) => one.objectId === payload['oid'] && one.tenantId === payload['tid']);
    return person && { person, scopes: String(payload['scp']).split(' ') };
  } catch {
    return undefined;
  }
};

/** Graph's `/me` for a token with `User.Read`, with `$select` (contract 7). */
export const graphRoutes = ({ keys, watch }: World): Hono => {
  const app = new Hono();
  app.use(cors());
  app.get('/me', watch.on('graph'), async (c) => {
    const caller = await bearer(keys, c.req.header('authorization'));
    if (!caller) return c.json(graphError('InvalidAuthenticationToken', 'Access token validation failure.'), 401);
    if (!caller.scopes.includes('User.Read')) {
      return c.json(
        graphError('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
        403,
      );
    }
    const all = profile(caller.person);
    const names =
      c.req
        .query('$select')
        ?.split(',')
        .map((name) => name.trim()) ?? DEFAULT_PROPERTIES;
    const unknown = names.find((name) => !Object.hasOwn(all, name));
    if (unknown !== undefined) {
      const message = `Could not find a property named '${unknown}' on type 'microsoft.graph.user'.`;
      return c.json(graphError('BadRequest', message), 400);
    }
    return c.json(Object.fromEntries(names.map((name) => [name, all[name]])));
  });
  return app;
};
