import { Hono } from 'hono';
import type { JWTPayload } from 'jose';
import { person } from '../people.ts';
import { approval, fault, tokenRequest } from './control-schema.ts';
import { accessTokenClaims, accessTokenLifetime, signToken } from './tokens.ts';
import type { World } from './world.ts';

/** Levers for tests: tokens of any kind, key rotation, faults, and what was called. */
export const controlRoutes = (world: World): Hono => {
  const app = new Hono();
  app.onError((error, c) => c.json({ error: error.message }, 400));

  app.post('/token', async (c) => {
    const request = tokenRequest.parse(await c.req.json());
    const who = person(request.person);
    const honest = accessTokenClaims(
      {
        entraUrl: world.entraUrl,
        person: who,
        audience: request.clientId,
        clientId: request.clientId,
        lifetimeSeconds: request.expiresInSeconds ?? accessTokenLifetime(),
      },
      request.scope ?? 'access_as_user',
      request.version ?? 2,
    );
    const kept = Object.entries({ ...honest, ...request.claims }).filter(([, value]) => value !== null);
    const claims = Object.fromEntries(kept) as JWTPayload;
    return c.json({ accessToken: await signToken(world.keys, who.tenantId, claims, request) });
  });
  app.post('/rotate-keys', async (c) => {
    await world.keys.rotate();
    return c.body(null, 204);
  });
  app.post('/approval', async (c) => {
    world.approvalNeeded.add(approval.parse(await c.req.json()).tenantId);
    return c.body(null, 204);
  });
  app.post('/faults', async (c) => {
    world.watch.faults.push(fault.parse(await c.req.json()));
    return c.body(null, 204);
  });
  app.get('/calls', (c) => c.json(world.watch.calls));
  return app;
};
