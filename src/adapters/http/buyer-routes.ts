import type { HttpRequest } from '@azure/functions';
import { notFound } from '../../application/access.ts';
import { activate } from '../../application/activate.ts';
import type { People } from '../../application/callers.ts';
import { getForOperator, getForParty } from '../../application/get-subscription.ts';
import type { Needs } from '../../application/needs.ts';
import { onboard } from '../../application/onboard.ts';
import { resolvePurchase } from '../../application/resolve-purchase.ts';
import { PegasusError } from '../../domain/errors.ts';
import type { Visitor } from '../../domain/party.ts';
import type { Contact } from '../../domain/subscription.ts';
import { readBody } from './body.ts';
import type { Route } from './endpoint.ts';
import { rateLimit } from './rate-limit.ts';
import { onboardBody, resolveBody, toSubscriptionId } from './schemas.ts';

export const authorizationOf = (request: HttpRequest): string | undefined =>
  request.headers.get('authorization') ?? undefined;

/** The id in the path. @throws `subscription-not-found` for what is no id at all */
export const pathId = (request: HttpRequest): string => {
  const id = toSubscriptionId(request.params['id']);
  if (id === undefined) throw notFound();
  return id;
};

/** A purchase token has about 200 characters (contract 2.3); a header line bears no more than this. */
const LONGEST_PURCHASE_TOKEN = 4096;

const checkPurchaseToken = (purchaseToken: string | null | undefined): string => {
  if (purchaseToken === undefined || purchaseToken === null || purchaseToken === '') {
    throw new PegasusError('purchase-token-missing', 'Open this page from Azure Marketplace.');
  }
  // What is no visible ASCII cannot be a header, and Microsoft never sent it.
  if (purchaseToken.length > LONGEST_PURCHASE_TOKEN || !/^[\x21-\x7e]+$/.test(purchaseToken)) {
    throw new PegasusError(
      'purchase-token-invalid',
      'This is not a purchase token. Open this page from Azure Marketplace.',
    );
  }
  return purchaseToken;
};

/** Whom requests are counted by. */
export const callerOf = ({ tenantId, objectId }: Visitor): string => `${tenantId}/${objectId}`;

/** The routes of the landing page (design 7). */
export const buyerRoutes = (
  needs: Needs,
  people: People,
): Record<'resolve' | 'onboard' | 'get' | 'activate', Route> => {
  const limit = { resolve: rateLimit(needs.clock), onboard: rateLimit(needs.clock) };
  return {
    resolve: async (request, { correlationId }) => {
      const visitor = await people.visitor(authorizationOf(request));
      limit.resolve(callerOf(visitor));
      const purchaseToken = checkPurchaseToken((await readBody(request, resolveBody)).purchaseToken);
      return { status: 200, body: await resolvePurchase(needs, { purchaseToken, visitor, correlationId }) };
    },
    onboard: async (request) => {
      const visitor = await people.visitor(authorizationOf(request));
      limit.onboard(callerOf(visitor));
      const { subscriptionId, contact } = await readBody(request, onboardBody);
      const subscription = await onboard(needs, { subscriptionId, contact: contact as Contact, visitor });
      return { status: 202, body: { message: 'Onboarding request created successfully.', subscription } };
    },
    get: async (request) => {
      const caller = await people.visitorOrOperator(authorizationOf(request));
      const id = pathId(request);
      const view =
        caller.kind === 'visitor'
          ? await getForParty(needs, id, caller.visitor)
          : await getForOperator(needs, id, caller.operator.roles.includes('Operator'));
      return { status: 200, body: view };
    },
    activate: async (request) => {
      const visitor = await people.visitor(authorizationOf(request));
      return { status: 202, body: await activate(needs, { subscriptionId: pathId(request), visitor }) };
    },
  };
};
