import * as z from 'zod/mini';
import type { People } from '../../application/callers.ts';
import type { CheckResult } from '../../application/checks/check.ts';
import type { Report, ShownReport } from '../../application/checks/report.ts';
import { readBody } from './body.ts';
import { authorizationOf } from './buyer-routes.ts';
import type { Route } from './endpoint.ts';
import { text } from './schemas.ts';

const testMailBody = z.object({ to: z.optional(text('To', 254)) }, { error: 'The body must be an object.' });

/** How the set-up stands, for operators: checked when they ask. A test mail goes to one of them. */
export const setUpRoutes = (
  people: People,
  examined: () => Promise<Report>,
  sendTestMail: (to: string | undefined) => Promise<CheckResult>,
): Record<'show' | 'testMail', Route> => ({
  show: async (request) => {
    const { roles } = await people.operator(authorizationOf(request), 'read');
    const body: ShownReport = { ...(await examined()), mayAct: roles.includes('Operator') };
    return { status: 200, body };
  },
  testMail: async (request) => {
    await people.operator(authorizationOf(request), 'act');
    const { to } = await readBody(request, testMailBody, {});
    return { status: 200, body: await sendTestMail(to) };
  },
});
