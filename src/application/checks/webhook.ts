import { type Check, type CheckNeeds, type Finding, failed, notChecked, ok, warning } from './check.ts';
import type { Reply } from './probes.ts';
import { isLoopback, said } from './site.ts';
import type { WebhookLook } from './webhook-calls.ts';

/** Microsoft waits so long for an answer (contract 4.2); what takes a third of it leaves little for a bad day. */
const MICROSOFT_WAITS_MS = 10_000;
const SLOW_MS = 3000;

const APP = 'portal.azure.com > the function app';

const NO_ADDRESS = notChecked('The address of the webhook is not known.', {
  cause: 'config.json of the landing page could not be read, and no address of the API was given.',
  fix: 'Mend the check pages-config first, or say where the API is with --api.',
});

const withWebhook = async (needs: CheckNeeds, judge: (look: WebhookLook) => Finding): Promise<Finding> => {
  const look = await needs.webhook();
  return look ? judge(look) : NO_ADDRESS;
};

const isOurRefusal = (reply: Reply): boolean =>
  reply.kind === 'answer' && reply.status === 401 && (reply.header('content-type') ?? '').includes('problem+json');

const UNREACHED = { cause: 'Nobody answered.', fix: 'Mend the check webhook-reachable first.' };

/** What it means that our own 401 did not come. */
const explained = (reply: Extract<Reply, { kind: 'answer' }>): { cause: string; fix: string } => {
  if (reply.status < 300)
    return {
      cause: 'Whoever calls is believed: anybody could end subscriptions.',
      fix: `Take the app off the net now (${APP} > Stop) and deploy a released version.`,
    };
  if (reply.status === 401 || (reply.status >= 300 && reply.status < 400))
    return {
      cause:
        'Somebody in front of the app answers: App Service authentication, or a gateway. Microsoft would be refused too.',
      fix: `${APP} > Settings > Authentication: remove it. Pegasus checks its callers itself.`,
    };
  if (reply.status === 403)
    return {
      cause: 'The app is stopped, or its network lets nobody in.',
      fix: `${APP} > Overview > Start; ${APP} > Settings > Networking > Public network access: enabled from all networks, because Microsoft has no fixed addresses.`,
    };
  if (reply.status === 404)
    return {
      cause:
        'The app is there and serves nothing: it was not deployed, or a setting that is not right keeps it from starting.',
      fix: `${APP} > Log stream shows the settings that are not right; ${APP} > Overview > Functions must list webhook. Deploy again.`,
    };
  return {
    cause: 'The app answers with an error of its own, or cannot read the signing keys of Entra.',
    fix: `${APP} > Log stream, or Application Insights > Logs: PEG_FAILED of function webhook says why.`,
  };
};

export const webhookReachable: Check = {
  id: 'webhook-reachable',
  title: 'Webhook: address',
  proves: 'Something answers at the address that Partner Center is given, over https.',
  run: (needs) =>
    withWebhook(needs, ({ url, bare }) => {
      if (!needs.facts.isLocal && (isLoopback(url) || !url.startsWith('https://')))
        return failed(`${url} cannot be reached by Microsoft.`, {
          cause: 'Partner Center needs an https address on the public net.',
          fix: 'Give the address of the deployed app with --api, or publish the pages again with its address in config.json.',
        });
      if (bare.kind === 'silence')
        return failed(`${url} ${said(bare)}.`, {
          cause: 'No app is at this address, its name is wrong, or it took longer than Microsoft waits.',
          fix: `${APP} > Overview: compare the default domain, and start the app.`,
        });
      return ok(`${url} ${said(bare)}.`);
    }),
};

export const webhookRefusesStrangers: Check = {
  id: 'webhook-refuses-strangers',
  title: 'Webhook: calls without a token',
  proves: 'A call that brings no token is refused with 401, by the app itself.',
  run: (needs) =>
    withWebhook(needs, ({ bare }) => {
      if (isOurRefusal(bare)) return ok('Refused with 401.');
      return bare.kind === 'silence'
        ? failed(`The webhook ${said(bare)}.`, UNREACHED)
        : failed(`The webhook ${said(bare)}.`, explained(bare));
    }),
};

export const webhookRefusesForgeries: Check = {
  id: 'webhook-refuses-forgeries',
  title: 'Webhook: calls with a false token',
  proves: "A token that says all that Microsoft's says, and that Entra did not sign, is refused with 401.",
  run: (needs) =>
    withWebhook(needs, ({ bare, forged }) => {
      if (bare.kind === 'silence') return failed(`The webhook ${said(bare)}.`, UNREACHED);
      if (forged === undefined)
        return failed("The signing keys of the publisher's tenant cannot be read.", {
          cause: `${needs.facts.authority} does not answer, or knows no tenant ${needs.facts.tenantId}. The app could not check Microsoft's token either.`,
          fix: 'Correct PUBLISHER_TENANT_ID: entra.microsoft.com > Overview > Tenant ID; leave ENTRA_AUTHORITY unset.',
        });
      if (isOurRefusal(forged)) return ok('Refused with 401.');
      return forged.kind === 'silence'
        ? failed(`The webhook ${said(forged)}.`, UNREACHED)
        : failed(`The webhook ${said(forged)}.`, explained(forged));
    }),
};

export const webhookInTime: Check = {
  id: 'webhook-in-time',
  title: 'Webhook: time',
  proves: 'The webhook answers well within the 10 seconds that Microsoft waits.',
  run: (needs) =>
    withWebhook(needs, ({ bare, forged }) => {
      const silent = [bare, forged].find((reply) => reply?.kind === 'silence');
      // Nobody there answers at once that nobody is there.
      if (silent && silent.ms < MICROSOFT_WAITS_MS) return failed(`The webhook ${said(silent)}.`, UNREACHED);
      const slowest = Math.max(bare.ms, forged?.ms ?? 0);
      const remedy = {
        cause: 'A cold start, too little memory, or an outage of storage or of Entra.',
        fix: `Deploy with alwaysReadyHttp at 1 or more; ${APP} > Settings > Scale and concurrency: instance memory.`,
      };
      const found = `The slower of two calls took ${slowest} ms.`;
      if (slowest >= MICROSOFT_WAITS_MS) return failed(found, remedy);
      return slowest > SLOW_MS ? warning(found, remedy) : ok(found);
    }),
};
