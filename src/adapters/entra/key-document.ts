/** One public key that Entra signs with. `issuer`: the tenants it may sign for, when Entra says so (contract 8). */
export type SigningKey = { kid: string; issuer?: string; jwk: { kty: 'RSA'; alg: 'RS256'; n: string; e: string } };

/** The keys of the two versions of tokens are named by two metadata documents (design 7). */
export type TokenVersion = '1.0' | '2.0';

/**
 * What asking Entra for a tenant's keys came to. `unknown-tenant`: Entra says that there is no such tenant.
 * `no-metadata`: it refused without saying that (400, 404). `unavailable`: anything else; `reason` is for the log.
 */
export type KeyDocument =
  | { kind: 'keys'; keys: SigningKey[] }
  | { kind: 'unknown-tenant' | 'no-metadata' | 'unavailable'; reason: string };

export type KeySource = {
  /** Without a slash at its end. */
  authority: string;
  /** Milliseconds for metadata and keys together: the webhook that waits for them has ten seconds in all. */
  timeoutMs: number;
};

/** Several times what Entra sends; a document without end must not fill the memory. */
const MAX_BYTES = 128 * 1024;

type Answer = { status: number; body: Record<string, unknown> };

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const readText = async (response: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error('answer too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const parse = (text: string): Record<string, unknown> => {
  try {
    return record(JSON.parse(text));
  } catch {
    return {};
  }
};

const getJson = async (url: string, signal: AbortSignal): Promise<Answer> => {
  const response = await fetch(url, { signal, redirect: 'error', headers: { accept: 'application/json' } });
  return { status: response.status, body: parse(await readText(response)) };
};

const signingKey = (value: unknown): SigningKey[] => {
  const { kty, use, alg, kid, n, e, issuer } = record(value);
  if (kty !== 'RSA' || (use !== undefined && use !== 'sig') || (alg !== undefined && alg !== 'RS256')) return [];
  if (typeof kid !== 'string' || typeof n !== 'string' || typeof e !== 'string') return [];
  return [{ kid, ...(typeof issuer === 'string' && { issuer }), jwk: { kty, alg: 'RS256', n, e } }];
};

const unavailable = (reason: string): KeyDocument => ({ kind: 'unavailable', reason });

const fromMetadata = (answer: Answer): KeyDocument | undefined => {
  if (answer.status === 200) return undefined;
  const reason = `metadata answered ${answer.status}`;
  if (answer.body['error'] === 'invalid_tenant') return { kind: 'unknown-tenant', reason };
  return answer.status === 400 || answer.status === 404 ? { kind: 'no-metadata', reason } : unavailable(reason);
};

const reasonOf = (error: unknown): string => {
  const { name, cause, message } = error as Error;
  const code = record(cause)['code'];
  return typeof code === 'string' ? code : name === 'Error' ? message : name;
};

const METADATA: Record<TokenVersion, string> = {
  '1.0': '/.well-known/openid-configuration',
  '2.0': '/v2.0/.well-known/openid-configuration',
};

/**
 * Fetches a tenant's signing keys by way of its metadata (design 7). Never throws.
 *
 * The metadata may name keys on the authority's own origin only: Entra always does, and whoever could point it
 * elsewhere could sign as anyone.
 */
export const fetchSigningKeys = async (
  source: KeySource,
  tenantId: string,
  version: TokenVersion,
): Promise<KeyDocument> => {
  const signal = AbortSignal.timeout(source.timeoutMs);
  try {
    const metadata = await getJson(`${source.authority}/${tenantId}${METADATA[version]}`, signal);
    const refusal = fromMetadata(metadata);
    if (refusal !== undefined) return refusal;

    const jwksUri = metadata.body['jwks_uri'];
    if (typeof jwksUri !== 'string' || !URL.canParse(jwksUri)) return unavailable('metadata names no keys');
    if (new URL(jwksUri).origin !== new URL(source.authority).origin) return unavailable('keys on a foreign origin');

    const { status, body } = await getJson(jwksUri, signal);
    if (status !== 200) return unavailable(`keys answered ${status}`);
    const keys = Array.isArray(body['keys']) ? body['keys'].flatMap(signingKey) : [];
    return keys.length > 0 ? { kind: 'keys', keys } : unavailable('no usable key');
  } catch (error) {
    return unavailable(reasonOf(error));
  }
};
