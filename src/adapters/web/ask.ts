import type { Probes, Reply } from '../../application/checks/probes.ts';

/** Microsoft waits so long for the webhook (contract 4.2); little that is asked here takes longer. */
const LIMIT_MS = 10_000;
/** Of an answer that much is read: pages, key documents and error texts are shorter. */
const LIMIT_BYTES = 512 * 1024;

/** The beginning of a body, the whole as a rule. What comes after it is not taken off the wire. */
const beginningOf = async ({ body }: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (body !== null) {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      size += chunk.byteLength;
      // Leaving the loop cancels the stream, and with it the connection.
      if (size >= LIMIT_BYTES) break;
    }
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, LIMIT_BYTES));
};

/** In a word why there was no answer: a system code or an error's name, never its message. */
const faultOf = (error: unknown): string => {
  const { code, name, cause } = (error ?? {}) as { code?: unknown; name?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  if (cause !== undefined) return faultOf(cause);
  return typeof name === 'string' ? name : 'unknown';
};

/** Asks an address as anybody on the net would: without credentials, and without following redirects unless told to. */
export const ask: Probes['ask'] = async ({
  url,
  method = 'GET',
  headers = {},
  body,
  followsRedirects = false,
  limitMs = LIMIT_MS,
}) => {
  const from = performance.now();
  const ms = (): number => Math.round(performance.now() - from);
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      redirect: followsRedirects ? 'follow' : 'manual',
      signal: AbortSignal.timeout(limitMs),
    });
    const text = await beginningOf(response);
    const header = (name: string): string | undefined => response.headers.get(name) ?? undefined;
    return { kind: 'answer', status: response.status, header, text, ms: ms() } satisfies Reply;
  } catch (error) {
    return { kind: 'silence', fault: faultOf(error), ms: ms() };
  }
};
