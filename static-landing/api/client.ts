import type { AccessToken } from '../auth/tokens.ts';
import { type Problem, problem, readProblem } from './problem.ts';

export type Answer<Value> = { ok: true; value: Value } | { ok: false; problem: Problem };

export type Api = {
  get<Value>(path: string): Promise<Answer<Value>>;
  post<Value>(path: string, body: unknown): Promise<Answer<Value>>;
  call<Value>(method: 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer<Value>>;
};

/** Resolve may take 20 s at Microsoft; nothing takes longer. */
const PATIENCE_MS = 30_000;

/** Calls of our API as the signed-in person. A refused access token is renewed once, then it is `unauthenticated`. */
export const createApi = (apiUrl: string, accessToken: AccessToken): Api => {
  const send = async (method: string, path: string, token: string, body: unknown): Promise<Response> =>
    fetch(apiUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });

  const call = async <Value>(method: string, path: string, body?: unknown): Promise<Answer<Value>> => {
    try {
      const token = await accessToken();
      if (token === undefined) return { ok: false, problem: problem('unauthenticated') };
      let response = await send(method, path, token, body);
      if (response.status === 401) {
        const renewed = await accessToken(true);
        if (renewed !== undefined) response = await send(method, path, renewed, body);
      }
      if (!response.ok) return { ok: false, problem: await readProblem(response) };
      return { ok: true, value: (await response.json()) as Value };
    } catch {
      return { ok: false, problem: problem('network') };
    }
  };

  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    call,
  };
};
