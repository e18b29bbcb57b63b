import type { HttpRequest } from '@azure/functions';
import type { Operator, People } from '../../application/callers.ts';
import { getWithTimeline } from '../../application/get-subscription.ts';
import { listSubscriptions } from '../../application/list-subscriptions.ts';
import type { Needs } from '../../application/needs.ts';
import { type OperatorAct, operate } from '../../application/operate.ts';
import type { ListQuery } from '../../application/ports.ts';
import { refresh } from '../../application/refresh.ts';
import { type FieldFault, PegasusError } from '../../domain/errors.ts';
import { STAGES } from '../../domain/subscription.ts';
import { readBody } from './body.ts';
import { authorizationOf, pathId } from './buyer-routes.ts';
import type { Route } from './endpoint.ts';
import { operatorBody } from './schemas.ts';

const PAGE = 25;
const LONGEST_PARAMETER = 600;

const invalid = (fault: FieldFault): PegasusError =>
  new PegasusError('invalid-request', 'Some of what was sent is not as expected.', { extras: { errors: [fault] } });

/** @throws `invalid-request` for a stage that does not exist and for overlong or malformed parameters */
const toQuery = (request: HttpRequest): ListQuery => {
  const value = (name: string): string | undefined => request.query.get(name)?.trim() || undefined;
  for (const name of ['q', 'cursor']) {
    const text = value(name) ?? '';
    if (text.length > LONGEST_PARAMETER || /\p{Cc}/u.test(text))
      throw invalid({ pointer: `/${name}`, detail: 'This is no valid value.' });
  }
  const wanted = value('stage');
  const stage = STAGES.find((one) => one === wanted);
  if (wanted !== undefined && !stage) throw invalid({ pointer: '/stage', detail: `One of: ${STAGES.join(', ')}.` });
  const [q, cursor] = [value('q'), value('cursor')];
  return {
    limit: PAGE,
    ...(stage === undefined ? {} : { stage }),
    ...(q === undefined ? {} : { q }),
    ...(cursor === undefined ? {} : { cursor }),
  };
};

const mayAct = ({ roles }: Operator): boolean => roles.includes('Operator');

/** The routes of the operator console (design 7): reading needs a role, acting the role Operator. */
export const operatorRoutes = (
  needs: Needs,
  people: People,
): Record<'list' | 'get' | 'refresh' | OperatorAct, Route> => {
  const acting =
    (act: OperatorAct): Route =>
    async (request) => {
      const operator = await people.operator(authorizationOf(request), 'act');
      const subscriptionId = pathId(request);
      const { reason } = await readBody(request, operatorBody, {});
      const actor = { kind: 'operator' as const, objectId: operator.objectId, name: operator.name };
      const asked = { subscriptionId, act, actor };
      const subscription = await operate(needs, reason === undefined ? asked : { ...asked, reason });
      return { status: 202, body: { subscription } };
    };
  return {
    list: async (request) => {
      const operator = await people.operator(authorizationOf(request), 'read');
      return { status: 200, body: await listSubscriptions(needs, toQuery(request), mayAct(operator)) };
    },
    get: async (request) => {
      const operator = await people.operator(authorizationOf(request), 'read');
      return { status: 200, body: await getWithTimeline(needs, pathId(request), mayAct(operator)) };
    },
    confirm: acting('confirm'),
    activate: acting('activate'),
    retry: acting('retry'),
    refresh: async (request, { correlationId }) => {
      const operator = await people.operator(authorizationOf(request), 'act');
      const subscriptionId = pathId(request);
      const { reason } = await readBody(request, operatorBody, {});
      const actor = { kind: 'operator' as const, objectId: operator.objectId, name: operator.name };
      const asked = { subscriptionId, actor, correlationId, ...(reason === undefined ? {} : { reason }) };
      return { status: 202, body: { subscription: await refresh(needs, asked) } };
    },
    start: acting('start'),
    note: acting('note'),
    hold: acting('hold'),
    release: acting('release'),
  };
};
