import { askToReconcile, showReconciliation } from '../../application/ask-to-reconcile.ts';
import type { People } from '../../application/callers.ts';
import type { Needs } from '../../application/needs.ts';
import { readBody } from './body.ts';
import { authorizationOf } from './buyer-routes.ts';
import type { Route } from './endpoint.ts';
import { reconcileBody } from './schemas.ts';

/** The comparison with Microsoft as operators see it and ask for it (design P4). */
export const reconcileRoutes = (needs: Needs, people: People): Record<'show' | 'ask', Route> => ({
  show: async (request) => {
    await people.operator(authorizationOf(request), 'read');
    return { status: 200, body: { reconciliation: await showReconciliation(needs) } };
  },
  ask: async (request) => {
    const operator = await people.operator(authorizationOf(request), 'act');
    const { reason, continue: goOn } = await readBody(request, reconcileBody, {});
    const actor = { kind: 'operator' as const, objectId: operator.objectId, name: operator.name };
    const asked = {
      actor,
      ...(reason === undefined ? {} : { reason }),
      ...(goOn === undefined ? {} : { goOn }),
    };
    return { status: 202, body: { reconciliation: await askToReconcile(needs, asked) } };
  },
});
