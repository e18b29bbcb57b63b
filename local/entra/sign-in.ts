import { createHash, randomBytes } from 'node:crypto';

/** What Entra's token endpoint answers. */
export type TokenResponse = {
  access_token: string;
  scope: string;
  expires_in: number;
  id_token?: string;
  refresh_token?: string;
};

/** Posts to the token endpoint as a page of that origin would. */
export const requestToken = (authority: string, tenant: string, form: Record<string, string>): Promise<Response> =>
  fetch(`${authority}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { origin: 'http://127.0.0.1' },
    body: new URLSearchParams(form),
  });

/** Opens the authorize address, chooses a person (none: cancels) and says where the answer was sent. */
export const authorize = async (
  authority: string,
  tenant: string,
  query: Record<string, string>,
  person?: string,
): Promise<URL> => {
  const parameters = new URLSearchParams(query).toString();
  const response = await fetch(`${authority}/${tenant}/oauth2/v2.0/authorize?${parameters}`, {
    method: 'POST',
    body: new URLSearchParams(person === undefined ? { cancel: 'yes' } : { person }),
    redirect: 'manual',
  });
  const location = response.headers.get('location');
  if (location === null) throw new Error(`The simulated Entra sent nobody back: ${response.status}`);
  return new URL(location);
};

/** Signs a person in over HTTP without a browser and redeems the code for tokens of the API that `scope` names. */
export const signIn = async (request: {
  authority: string;
  tenant: string;
  clientId: string;
  redirectUri: string;
  scope: string;
  person: string;
  /** Scopes of a second API to agree to at once, for a later refresh. */
  alsoAgreeTo?: string;
}): Promise<TokenResponse> => {
  const { authority, tenant, clientId, redirectUri, scope, person } = request;
  const verifier = randomBytes(32).toString('base64url');
  const answer = await authorize(
    authority,
    tenant,
    {
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: [scope, request.alsoAgreeTo ?? ''].join(' '),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    },
    person,
  );
  const response = await requestToken(authority, tenant, {
    client_id: clientId,
    grant_type: 'authorization_code',
    code: answer.searchParams.get('code') ?? '',
    redirect_uri: redirectUri,
    code_verifier: verifier,
    scope,
  });
  if (!response.ok) throw new Error(`The simulated Entra gave no token: ${await response.text()}`);
  return (await response.json()) as TokenResponse;
};
