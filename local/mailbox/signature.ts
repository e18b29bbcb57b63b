import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What a signature covers, as it came over the wire. */
export type SignedRequest = {
  method: string;
  /** Path and query as sent, not normalised. */
  target: string;
  header(name: string): string | undefined;
  body: Buffer;
};

const SCHEME = 'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=';

/** Whether the request carries the access key's signature over verb, address, date, host and body (contract 9.2). */
export const isSigned = (request: SignedRequest, accessKey: Buffer): boolean => {
  const hash = createHash('sha256').update(request.body).digest('base64');
  const date = request.header('x-ms-date') ?? '';
  const text = `${request.method}\n${request.target}\n${date};${request.header('host')};${hash}`;
  const expected = Buffer.from(SCHEME + createHmac('sha256', accessKey).update(text).digest('base64'));
  const actual = Buffer.from(request.header('authorization') ?? '');
  return (
    date !== '' &&
    request.header('x-ms-content-sha256') === hash &&
    actual.length === expected.length &&
    timingSafeEqual(actual, expected)
  );
};
