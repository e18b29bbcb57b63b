import { codesIn, explain } from './aadsts.ts';
import { type Check, type CheckNeeds, type Finding, failed, notChecked, ok } from './check.ts';
import { said } from './site.ts';

/** PKCE wants one; nobody ever proves to know what it was made from. */
const CHALLENGE = 'doctor'.padEnd(43, '0');

/** Entra says these to a known application with a registered address, when nobody is signed in. */
const EXPECTED = ['login_required', 'interaction_required', 'consent_required'];

const addressOf = ({ facts }: CheckNeeds, tenant: string, clientId: string, redirectUri: string): string => {
  const query = {
    client_id: clientId,
    response_type: 'code',
    response_mode: 'query',
    redirect_uri: redirectUri,
    scope: 'openid',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    state: 'doctor',
  };
  return `${facts.authority}/${tenant}/oauth2/v2.0/authorize?${new URLSearchParams(query).toString()}`;
};

const refused = (codes: number[], clientId: string): Finding =>
  failed(`Entra refuses this sign-in: ${codes.map((code) => `AADSTS${code}`).join(', ') || 'without a number'}.`, {
    ...(explain(codes) ?? {
      cause: 'Entra does not know the application, or not with this address.',
      fix: `entra.microsoft.com > Applications > App registrations > ${clientId} > Authentication.`,
    }),
  });

const judge = async (needs: CheckNeeds, tenant: string, clientId: string, redirectUri: string): Promise<Finding> => {
  const address = addressOf(needs, tenant, clientId, redirectUri);
  const reply = await needs.ask({ url: `${address}&prompt=none` });
  if (reply.kind === 'silence')
    return failed(`Entra ${said(reply)}.`, {
      cause: 'ENTRA_AUTHORITY is not the address of Microsoft Entra, or it cannot be reached from here.',
      fix: 'Leave ENTRA_AUTHORITY unset.',
    });
  const target = reply.header('location') ?? '';
  if (target.startsWith(redirectUri)) {
    const answer = new URL(target).searchParams;
    const error = answer.get('error') ?? '';
    if (EXPECTED.includes(error)) return ok(`Entra sends ${clientId} back to ${redirectUri}.`);
    return refused(codesIn(answer.get('error_description') ?? ''), clientId);
  }
  const codes = codesIn(reply.text);
  if (codes.length > 0 || reply.status >= 400) return refused(codes, clientId);
  return notChecked('Entra shows a page of its own, which proves nothing.', {
    cause: 'Entra tells some faults only to who signs in.',
    fix: `Open ${redirectUri} in a private window and sign in.`,
  });
};

export const redirectLanding: Check = {
  id: 'redirect-landing',
  title: 'Sign-in of buyers',
  proves:
    "Entra knows the landing page's registration and sends people back to the landing page. Not proved: that the address is of the kind single-page application.",
  run: (needs) => judge(needs, 'common', needs.facts.landingClientId, needs.facts.landingUrl),
};

export const redirectConsole: Check = {
  id: 'redirect-console',
  title: 'Sign-in of operators',
  proves: "Entra knows the console's registration in the publisher's tenant and sends people back to the console.",
  run: (needs) => judge(needs, needs.facts.tenantId, needs.facts.consoleClientId, needs.facts.consoleUrl),
};
