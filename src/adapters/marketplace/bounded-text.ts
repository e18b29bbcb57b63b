/** No answer of this API comes near it: 100 subscriptions of 1 kB are a page. */
const MAX_BYTES = 1_000_000;

/**
 * The body as text, read no further than 1 MB.
 *
 * @returns `undefined` when there is more
 */
export const boundedText = async (response: Response): Promise<string | undefined> => {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream, and with it the connection.
    if (size > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
};
