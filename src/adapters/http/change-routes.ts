import * as z from 'zod/mini';
import type { People } from '../../application/callers.ts';
import { changeSubscription } from '../../application/change-subscription.ts';
import { listPlans } from '../../application/list-plans.ts';
import type { Needs } from '../../application/needs.ts';
import type { WantedChange } from '../../domain/change-policy.ts';
import { readBody } from './body.ts';
import { authorizationOf, callerOf, pathId } from './buyer-routes.ts';
import type { Route } from './endpoint.ts';
import { rateLimit } from './rate-limit.ts';
import { text } from './schemas.ts';

/** More seats than this Microsoft sells to nobody (contract 2.8). */
const MOST_SEATS = 1_000_000;

const seats = z
  .int({ error: 'The number of seats must be a whole number.' })
  .check(
    z.gte(1, { error: 'One seat is the least.' }),
    z.lte(MOST_SEATS, { error: `${MOST_SEATS} seats are the most.` }),
  );

const changeBody = z
  .object(
    { planId: z.optional(text('Plan', 200)), quantity: z.optional(seats) },
    { error: 'The body must be an object.' },
  )
  .check(
    z.refine(({ planId, quantity }) => (planId === undefined) !== (quantity === undefined), {
      error: 'Send either planId or quantity.',
    }),
  );

const wantedIn = ({ planId, quantity = 0 }: z.infer<typeof changeBody>): WantedChange =>
  planId === undefined ? { quantity } : { planId };

/** What a buyer does with a running subscription (design 7): purchaser and beneficiary only. */
export const changeRoutes = (needs: Needs, people: People): Record<'plans' | 'change' | 'cancel', Route> => {
  const limit = rateLimit(needs.clock);
  const comingFrom = async (request: Parameters<Route>[0]) => {
    const visitor = await people.visitor(authorizationOf(request));
    limit(callerOf(visitor));
    return { visitor, subscriptionId: pathId(request) };
  };
  return {
    plans: async (request) => ({ status: 200, body: await listPlans(needs, await comingFrom(request)) }),
    change: async (request) => {
      const who = await comingFrom(request);
      const asked = wantedIn(await readBody(request, changeBody));
      return { status: 202, body: await changeSubscription(needs, { ...who, asked }) };
    },
    cancel: async (request) => ({
      status: 202,
      body: await changeSubscription(needs, { ...(await comingFrom(request)), asked: 'cancel' }),
    }),
  };
};
