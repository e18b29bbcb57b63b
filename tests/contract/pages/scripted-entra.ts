import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SignInApp } from '../../../static-landing/auth/entra.ts';
import type { Memory } from '../../../static-landing/auth/session.ts';

export const CONTOSO = '22222222-2222-4222-8222-222222222222';
export const FABRIKAM = '33333333-3333-4333-8333-333333333333';
export const CLIENT_ID = 'aaaaaaaa-0000-4000-8000-000000000001';

/** What the tab would keep, where a test can look into it. */
export const memoryOf = (kept: Record<string, unknown> = {}): Memory & { kept: Record<string, unknown> } => ({
  kept,
  read: (name) => kept[name],
  write(name, value) {
    kept[name] = value;
  },
  forget(name) {
    delete kept[name];
  },
});

type Asked = { path: string; form: Record<string, string>; authorization: string | undefined };
/** `status` and a JSON body, after `delayMs`. */
export type Scripted = { status?: number; body: unknown; delayMs?: number };

export type ScriptedEntra = { authority: string; app: SignInApp; asked: Asked[]; close(): Promise<void> };

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Claims of a sign-in at Contoso, with changes; `undefined` removes one. */
export const idToken = (authority: string, changes: Record<string, unknown> = {}): string => {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: `${authority}/${CONTOSO}/v2.0`,
    aud: CLIENT_ID,
    tid: CONTOSO,
    sub: 'subject',
    name: 'Bea Buyer',
    preferred_username: 'bea@contoso.example',
    nonce: 'the-nonce',
    iat: now,
    exp: now + 3600,
    ...changes,
  };
  return `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}.${Buffer.from('signature').toString('base64url')}`;
};

/** A server that answers as `script` says and remembers what it was asked. */
export const startScriptedEntra = async (
  script: (asked: Asked, authority: string) => Scripted,
): Promise<ScriptedEntra> => {
  const asked: Asked[] = [];
  let authority = '';
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      const { authorization } = request.headers;
      const one = { path: request.url ?? '', form: Object.fromEntries(new URLSearchParams(text)), authorization };
      asked.push(one);
      const { status = 200, body, delayMs = 0 } = script(one, authority);
      const reply = () => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      setTimeout(reply, delayMs).unref();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  authority = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    authority,
    asked,
    app: {
      authority,
      tenant: 'common',
      clientId: CLIENT_ID,
      scope: 'unused in these tests',
      apiScope: `api://${CLIENT_ID}/access_as_user`,
      redirectUri: 'http://127.0.0.1/landing/',
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
