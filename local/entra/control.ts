import type { Fault, TokenRequest } from './control-schema.ts';
import type { Call } from './watch.ts';

/** The levers of a simulated Entra that runs anywhere on this machine. `authority` is its base address. */
export const entraControl = (authority: string) => {
  const send = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Response> => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${authority}/control/${path}`, { method, ...content });
    if (!response.ok) throw new Error(`The simulated Entra refused ${path}: ${await response.text()}`);
    return response;
  };
  return {
    /** An access token, honest or forged. */
    token: async (request: TokenRequest): Promise<string> => {
      const response = await send('POST', 'token', request);
      return ((await response.json()) as { accessToken: string }).accessToken;
    },
    /** From now on nobody of the tenant signs in before an administrator has approved. */
    needApproval: async (tenantId: string): Promise<void> => {
      await send('POST', 'approval', { tenantId });
    },
    /** New signing keys; the old ones are published no more. */
    rotateKeys: async (): Promise<void> => {
      await send('POST', 'rotate-keys');
    },
    /** Makes the next calls wait or fail. */
    faults: async (request: Fault): Promise<void> => {
      await send('POST', 'faults', request);
    },
    /** Every call since the start, oldest first. */
    calls: async (): Promise<Call[]> => (await (await send('GET', 'calls')).json()) as Call[],
  };
};
