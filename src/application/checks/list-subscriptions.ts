import { type Check, failed, notChecked, ok, warning } from './check.ts';
import { IN_THE_APP, withoutToken } from './fulfilment-token.ts';
import type { Facts, ListLook } from './probes.ts';

type Because = Extract<ListLook, { kind: 'forbidden' }>['because'];

const TECHNICAL = 'partner.microsoft.com > Marketplace offers > the offer > Technical configuration';

/** What a 403 of Microsoft means (contract 1), and where to click. */
const FORBIDDEN: Record<Because, (facts: Facts) => { cause: string; fix: string }> = {
  'not-registered': ({ publisherClientId }) => ({
    cause:
      'No offer of any publisher names this application: the technical configuration is empty, not saved, or not published yet.',
    fix: `${TECHNICAL} > Microsoft Entra application ID: enter ${publisherClientId}, save, and publish the offer at least to preview. It takes some minutes until Microsoft knows.`,
  }),
  'another-application': ({ publisherClientId, tenantId }) => ({
    cause: 'The offer names another application than the one that the token is of.',
    fix: `${TECHNICAL}: Microsoft Entra application ID must be ${publisherClientId}, Microsoft Entra tenant ID ${tenantId}; or correct PUBLISHER_CLIENT_ID and PUBLISHER_TENANT_ID. Publish the offer again.`,
  }),
  'bad-token': ({ publisherClientId, tenantId }) => ({
    cause:
      'Microsoft does not take the token. It says the same of one that has expired or is missing, and of one of another application or tenant than the offer names.',
    fix: `First the checks fulfilment-token and clock. If both are ok: ${TECHNICAL}: Microsoft Entra application ID must be ${publisherClientId}, tenant ID ${tenantId}; publish the offer again.`,
  }),
  unknown: ({ publisherClientId, tenantId }) => ({
    cause: 'Microsoft refuses without a reason that is known.',
    fix: `${TECHNICAL}: application ID ${publisherClientId}, tenant ID ${tenantId}; entra.microsoft.com > Enterprise applications: the application must be listed there (a service principal) and be enabled for sign-in.`,
  }),
};

export const listSubscriptions: Check = {
  id: 'list-subscriptions',
  title: 'Calls of the Marketplace',
  proves: 'Microsoft takes our calls: tenant and application are those of the technical configuration.',
  run: async ({ list, facts }) => {
    const look = await list();
    switch (look.kind) {
      case 'page':
        return ok(`Microsoft listed ${look.rows}${look.isLast ? '' : ' and more'} subscriptions.`);
      case 'no-identity':
        return notChecked('Microsoft was not called.', IN_THE_APP);
      case 'no-token':
        return withoutToken(look.codes);
      case 'forbidden':
        return failed('Microsoft answered that we may not call it.', FORBIDDEN[look.because](facts));
      case 'throttled':
        return warning('Microsoft asks us to call less often (429).', {
          cause:
            'It takes so many calls of an application in a minute: others use it too, or a comparison is under way.',
          fix: 'Wait some minutes. If it lasts: does another system call with the same application ID?',
        });
      default:
        return failed(`Microsoft did not answer as it should: ${look.reason}.`, {
          cause: 'An outage at Microsoft, or MARKETPLACE_API_URL is not its address.',
          fix: 'Leave MARKETPLACE_API_URL unset. Look at partner.microsoft.com > Support and admin.azure.com > Health if it lasts.',
        });
    }
  },
};
