import type { Probes, Reply } from './probes.ts';

/** How the webhook answered a call without a token and one with a false one. */
export type WebhookLook = {
  url: string;
  bare: Reply;
  /** A token that says all that Microsoft's says and is not signed; absent: the names of the real keys cannot be had. */
  forged?: Reply;
};

/** Microsoft's own application, the one that calls the webhook (contract 4.4). */
const MARKETPLACE_APP = '20e940b3-4c77-4b0b-9a53-9e16a1b010a7';
const HOUR_SECONDS = 3600;
/** An RSA signature of 2048 bits, none of it right. */
const NO_SIGNATURE = 'A'.repeat(342);

const encoded = (value: object): string =>
  btoa(JSON.stringify(value)).replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_');

type Needs = Pick<Probes, 'ask' | 'facts' | 'clock'>;

const json = async ({ ask }: Needs, url: string): Promise<Record<string, unknown> | undefined> => {
  const reply = await ask({ url });
  if (reply.kind !== 'answer' || reply.status !== 200) return undefined;
  try {
    return JSON.parse(reply.text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
};

/** A key that Entra signs with just now: with its name, only the signature itself is wrong with the token. */
const currentKeyId = async (needs: Needs): Promise<string | undefined> => {
  const { authority, tenantId } = needs.facts;
  const metadata = await json(needs, `${authority}/${tenantId}/v2.0/.well-known/openid-configuration`);
  const address = metadata?.['jwks_uri'];
  if (typeof address !== 'string' || !URL.canParse(address)) return undefined;
  const keys = (await json(needs, address))?.['keys'];
  const kid = Array.isArray(keys) ? (keys[0] as { kid?: unknown } | undefined)?.kid : undefined;
  return typeof kid === 'string' ? kid : undefined;
};

const forgery = ({ facts, clock }: Needs, kid: string): string => {
  const { authority, tenantId: tid, publisherClientId: aud } = facts;
  const now = Math.floor(clock().getTime() / 1000);
  const header = { alg: 'RS256', typ: 'JWT', kid };
  const iss = `${authority}/${tid}/v2.0`;
  const claims = { aud, iss, tid, azp: MARKETPLACE_APP, ver: '2.0', iat: now, nbf: now, exp: now + HOUR_SECONDS };
  return `${encoded(header)}.${encoded(claims)}.${NO_SIGNATURE}`;
};

/** Two calls, as few as show it: each refusal is counted by the alert on refused calls. */
export const callWebhook = async (needs: Needs, apiUrl: string): Promise<WebhookLook> => {
  const url = `${apiUrl}/webhook`;
  const call = (headers: Record<string, string>): Promise<Reply> =>
    needs.ask({ url, method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: '{}' });
  const bare = await call({});
  if (bare.kind === 'silence') return { url, bare };
  const kid = await currentKeyId(needs);
  if (kid === undefined) return { url, bare };
  return { url, bare, forged: await call({ authorization: `Bearer ${forgery(needs, kid)}` }) };
};
