import type { Problem } from '../../support/api.ts';
import type { World } from '../../support/world.ts';
import type { Route } from './caller-table.ts';

/** The subscription that a request is about. */
export type Target = { id: string; purchaseToken: string };

/** As it came over the wire; `problem` is the body read as JSON, an empty object when there is none. */
export type Answer = { status: number; headers: Record<string, string | undefined>; text: string; problem: Problem };

const CONTACT = { name: 'Bea Buyer', email: 'bea.buyer@contoso.example', company: 'Contoso', phone: '+49 30 1234' };

/** The body with which the right caller succeeds. */
const bodyOf = (route: Route, { id, purchaseToken }: Target): unknown => {
  if (route === 'POST /api/resolve') return { purchaseToken };
  if (route === 'POST /api/onboard') return { subscriptionId: id, contact: CONTACT };
  if (route.startsWith('PATCH')) return { planId: 'team' };
  // It names no subscription: kept, and nothing comes of it.
  if (route === 'POST /api/webhook') return {};
  // A decision about what was not stopped is taken, and changes nothing for the others.
  if (route === 'POST /api/operator/reconcile') return { continue: true, reason: 'Asked for by telephone.' };
  // Without a body it goes to the first of the operators.
  if (route === 'POST /api/operator/set-up/test-mail') return {};
  return route.startsWith('POST /api/operator') ? { reason: 'Asked for by telephone.' } : undefined;
};

/** Asks a route about a subscription, under this `Authorization` header or none. */
export const ask = async (world: World, route: Route, target: Target, header: string | undefined): Promise<Answer> => {
  const [method = '', path = ''] = route.split(' ');
  const body = bodyOf(route, target);
  const response = await fetch(`${world.host().url}${path.replace('{id}', target.id)}`, {
    method,
    headers: {
      ...(header === undefined ? {} : { authorization: header }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const problem = JSON.parse(text === '' ? '{}' : text) as Problem;
  return { status: response.status, headers: Object.fromEntries(response.headers), text, problem };
};

/** All of an answer but the moment and the reference, to compare byte for byte. */
export const withoutReference = ({ status, headers, text, problem }: Answer) => ({
  status,
  headers: { ...headers, date: undefined },
  text: text.replace(problem.instance, ''),
});
