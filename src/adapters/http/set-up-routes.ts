import type { People } from '../../application/callers.ts';
import type { Report } from '../../application/checks/report.ts';
import { authorizationOf } from './buyer-routes.ts';
import type { Route } from './endpoint.ts';

/** How the set-up stands, for operators: checked when they ask. */
export const setUpRoutes = (people: People, examined: () => Promise<Report>): Record<'show', Route> => ({
  show: async (request) => {
    await people.operator(authorizationOf(request), 'read');
    return { status: 200, body: await examined() };
  },
});
