import { explain } from './aadsts.ts';
import { type Check, type Finding, failed, notChecked, ok } from './check.ts';
import type { Facts, TokenClaims } from './probes.ts';

/** The Marketplace's own application, for whom the token is (contract 1). */
const MARKETPLACE = '20e940b3-4c77-4b0b-9a53-9e16a1b010a7';

export const IN_THE_APP = {
  cause: 'This machine does not have the identity of the app.',
  fix: 'Open Set-up in the console: the app checks it itself, there and every hour. Or run this with --azure.',
};

/** Without a token nothing else of the Marketplace can be seen either. */
export const withoutToken = (codes: number[]): Finding =>
  failed(codes.length > 0 ? `Entra refused: AADSTS${codes.join(', AADSTS')}.` : 'No token could be had.', {
    ...(explain(codes) ?? {
      cause: 'Entra or the identity endpoint of the app did not answer, or not as expected.',
      fix: 'portal.azure.com > the function app > Settings > Identity > User assigned: the identity must be there, and AZURE_CLIENT_ID must be its client id.',
    }),
  });

const judge = ({ aud, appid, azp, tid, oid }: TokenClaims, facts: Facts): Finding => {
  const application = appid ?? azp;
  if (aud !== MARKETPLACE && aud !== `api://${MARKETPLACE}`)
    return failed('The token is for another service.', {
      cause: 'MARKETPLACE_CREDENTIAL or ENTRA_AUTHORITY leads to somebody other than Microsoft Entra.',
      fix: 'Leave ENTRA_AUTHORITY unset, so that https://login.microsoftonline.com is asked.',
    });
  if (tid !== facts.tenantId)
    return failed(`The token is of tenant ${tid ?? '(none)'}; the settings and Partner Center say ${facts.tenantId}.`, {
      cause: 'PUBLISHER_TENANT_ID is not the tenant of the application, or of the managed identity.',
      fix: 'Set PUBLISHER_TENANT_ID and Partner Center > the offer > Technical configuration > Microsoft Entra tenant ID to the same tenant.',
    });
  if (application !== facts.publisherClientId)
    return failed(
      `The token is of application ${application ?? '(none)'}; the settings and Partner Center say ${facts.publisherClientId}.`,
      {
        cause: 'The credential belongs to another application than PUBLISHER_CLIENT_ID.',
        fix: 'With MARKETPLACE_CREDENTIAL managed-identity, PUBLISHER_CLIENT_ID and Partner Center must have the client id of the identity; otherwise use federated.',
      },
    );
  if (oid === undefined)
    return failed('The token names no service principal (no oid).', {
      cause: 'The application has no service principal in its tenant; Microsoft objects to that under policy 1000.4.',
      fix: `az ad sp create --id ${facts.publisherClientId}, as somebody who may register applications.`,
    });
  return ok(`A token for the Marketplace, of application ${application} in tenant ${tid}, with a service principal.`);
};

export const fulfilmentToken: Check = {
  id: 'fulfilment-token',
  title: 'Fulfilment token',
  proves:
    'Entra gives the app a token for the Marketplace: of the right application and tenant, with a service principal.',
  run: async ({ token, facts }) => {
    const look = await token();
    switch (look.kind) {
      case 'none-needed':
        return notChecked('MARKETPLACE_CREDENTIAL is none.', {
          cause: 'The stand-in of the Marketplace takes calls without a token.',
          fix: 'Run this where the app is deployed.',
        });
      case 'no-identity':
        return notChecked('The token is for the app alone.', IN_THE_APP);
      case 'unreadable':
        return failed('What was given is no token of Entra.', {
          cause: 'ENTRA_AUTHORITY leads to somebody other than Microsoft Entra.',
          fix: 'Leave ENTRA_AUTHORITY unset, so that https://login.microsoftonline.com is asked.',
        });
      case 'claims':
        return judge(look.claims, facts);
      default:
        return withoutToken(look.codes);
    }
  },
};
