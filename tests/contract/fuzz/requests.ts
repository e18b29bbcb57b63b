import * as fc from 'fast-check';
import { CANARY, json, text } from './bodies.ts';

/** What a header line can carry: visible ASCII, tabs, and bytes above 127. */
const headerText = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
      fc.constant(9),
      fc.integer({ min: 0x80, max: 0xff }),
    ),
    { maxLength: 60 },
  )
  .map((codes) => String.fromCharCode(...codes));

const pathByte = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...Array.from('abcdef0123456789-._~')) },
  fc.constantFrom(
    '%',
    '%2',
    '%00',
    '%2f',
    '%5c',
    '%25',
    '%ff',
    '%ed%a0%80',
    '%C3%A9',
    '%F0%9F%98%80',
    ';',
    ':',
    '@',
    "'",
    '!',
    '*',
    '&',
    '=',
    '+',
    '$',
    ',',
    '(',
    ')',
    '|',
    '^',
    '`',
    '{',
    '}',
    '[',
    ']',
    '"',
    '<',
    '>',
    '\\',
    '..',
  ),
);

/** Not escaped, and mostly no id. */
const pathSegment = fc.oneof(
  fc.array(pathByte, { minLength: 1, maxLength: 40 }).map((bytes) => bytes.join('')),
  text.map((words) => encodeURIComponent(words.replaceAll(/\p{Surrogate}/gu, '')) || 'x'),
  fc.constantFrom('.', '..', '%2e%2e', '00000000-0000-0000-0000-000000000000', 'x'.repeat(8000)),
  fc.uuid().map((id) => id.toUpperCase()),
  fc.uuid(),
);

const parameter = fc.tuple(
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('q', 'stage', 'cursor') },
    fc.constantFrom('Q', 'q[]', '__proto__', ''),
    fc.array(pathByte, { maxLength: 10 }).map((bytes) => bytes.join('')),
  ),
  fc.oneof(
    fc.array(pathByte, { maxLength: 40 }).map((bytes) => bytes.join('')),
    text.map((words) => encodeURIComponent(words.slice(0, 900).replaceAll(/\p{Surrogate}/gu, ''))),
    fc.constantFrom('resolved', 'active', 'all', CANARY),
  ),
);

/** A query string, `?` included, not escaped in full. */
export const query = fc
  .array(parameter, { maxLength: 4 })
  .map((parameters) => `?${parameters.map(([name, value]) => `${name}=${value}`).join('&')}`.replaceAll('#', ''));

const HEADERS =
  'content-type content-encoding accept accept-encoding accept-language origin referer cookie user-agent range ' +
  'x-forwarded-for x-forwarded-host x-original-url x-http-method-override x-ms-client-principal if-match forwarded ' +
  'x-ms-client-principal-id x-functions-key traceparent x-ms-marketplace-token x-ms-requestid x-ms-correlationid';
const TYPES =
  'application/json|APPLICATION/JSON ; charset=utf-7|text/plain|multipart/form-data|application/json, text/plain|' +
  'application/x-www-form-urlencoded|gzip|DELETE|127.0.0.1';

/** Headers that a server may look at, with anything in them. */
export const headers: fc.Arbitrary<Record<string, string>> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...HEADERS.split(' ')),
      fc.oneof(
        headerText,
        headerText.map((words) => `${words}${CANARY}`),
        fc.constantFrom(...TYPES.split('|')),
      ),
    ),
    { maxLength: 6 },
  )
  .map((lines) => Object.fromEntries(lines));

export const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND', 'QUERY');

/** Paths on and beside the routes. */
export const path = fc.oneof(
  pathSegment.map((id) => `/api/subscriptions/${id}`),
  fc.tuple(pathSegment, fc.constantFrom('activate', 'plans')).map(([id, act]) => `/api/subscriptions/${id}/${act}`),
  pathSegment.map((id) => `/api/operator/subscriptions/${id}`),
  fc
    .tuple(pathSegment, fc.constantFrom('confirm', 'activate', 'retry', 'hold', 'release', 'refresh', 'start', 'note'))
    .map(([id, act]) => `/api/operator/subscriptions/${id}/${act}`),
  fc.array(pathSegment, { maxLength: 4 }).map((segments) => `/api/${segments.join('/')}`),
  fc.constantFrom(
    '/api/resolve',
    '/api/onboard',
    '/api/operator/subscriptions',
    '/api/operator/reconcile',
    '/api/operator/set-up',
    '/api/operator/set-up/test-mail',
    '/api/health',
    '//api//health',
  ),
);

const bits = (compact: string | undefined): string =>
  (compact ?? '')
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString('hex'))
    .join('.');

/** `Authorization` headers that are not this token's: of any text, or the token cut, flipped in one place, recombined. */
export const otherAuthorization = (token: string): fc.Arbitrary<string> => {
  const parts = token.split('.');
  const encoded = json.map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'));
  const replaced = fc
    .tuple(fc.nat({ max: 2 }), fc.oneof(encoded, fc.base64String(), headerText))
    .map(([at, part]) => parts.map((old, index) => (index === at ? part : old)).join('.'));
  const cut = fc.nat({ max: token.length - 1 }).map((length) => token.slice(0, length));
  const flipped = fc
    .nat({ max: token.length - 1 })
    .map((at) => `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`);
  return (
    fc
      .oneof(
        headerText,
        fc.oneof(replaced, cut, flipped, headerText).map((odd) => `Bearer ${odd}`),
        fc.constantFrom(
          `bearer ${token}x`,
          `Bearer ${'a'.repeat(9000)}`,
          `Bearer ${token} ${token}`,
          `Bearer ${token},`,
        ),
      )
      // The same bits can be written in several ways: then it is the same token.
      .filter((header) => bits(/^bearer +(\S+)\s*$/i.exec(header)?.[1]) !== bits(token))
  );
};

const CLAIMS = ['aud', 'iss', 'tid', 'oid', 'scp', 'roles', 'ver', 'idtyp', 'exp', 'nbf', 'email', 'name', 'azp'];

/** One or two claims of a token with any JSON in them. */
export const claims = fc.dictionary(fc.constantFrom(...CLAIMS), fc.oneof(json, fc.uuid(), fc.double()), {
  minKeys: 1,
  maxKeys: 2,
  noNullPrototype: true,
});

const length = fc.oneof(
  fc.integer({ min: 0, max: 200_000_000 }).map(String),
  fc.constantFrom('-1', 'abc', '1e3', '0x10', ' ', '9'.repeat(30), '5\r\nContent-Length: 6', '5, 5'),
);
const framing = fc.oneof(
  length.map((value) => `Content-Length: ${value}\r\n`),
  length.map((value) => `Content-Length: ${value}\r\nTransfer-Encoding: chunked\r\n`),
  fc.constantFrom('chunked', 'gzip, chunked', 'identity').map((coding) => `Transfer-Encoding: ${coding}\r\n`),
  fc.constantFrom('', 'Expect: 100-continue\r\n'),
);
const start = fc.constantFrom(
  'POST /api/resolve HTTP/1.1',
  'POST /api/resolve HTTP/1.0',
  'POST http://other.example/api/resolve HTTP/1.1',
  'POST /api/resolve HTTP/9.9',
  'GET /api/health HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'CONNECT other.example:443 HTTP/1.1',
  'GET /api/health',
);
const HOSTS = ['', 'Host: x\r\n', 'Host: a b\r\n', 'Host: [\r\n', 'Host: x\r\nHost: y\r\n', 'Host: \xff\r\n'];
const content = fc.constantFrom('{}', '2\r\n{}\r\n0\r\n\r\n', 'zz\r\n{}', '', `{"purchaseToken":"${CANARY}"}`);

/** The bytes of a request that says what is not so of its length, its host or itself, and bytes that are no request. */
export const bytes = (authorization: () => string): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.tuple(start, fc.constantFrom(...HOSTS), framing, content).map(([line, host, frame, body]) => {
        const known = `Authorization: ${authorization()}\r\nContent-Type: application/json\r\n`;
        return Buffer.from(`${line}\r\n${host}${known}${frame}\r\n${body}`, 'latin1');
      }),
    },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 200 }) },
  );
