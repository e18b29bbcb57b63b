import type { Fault } from './control-schema.ts';
import type { Mail } from './mails.ts';

/** The levers of a simulated mailbox that runs anywhere on this machine. */
export const mailboxControl = (url: string) => {
  const send = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${url}/control/${path}`, { method, ...content });
    if (!response.ok) throw new Error(`The simulated mailbox refused ${path}: ${await response.text()}`);
    return response;
  };
  return {
    /** What arrived, newest first, for one address or for all. */
    mails: async (to?: string): Promise<Mail[]> => {
      const query = to === undefined ? '' : `?to=${encodeURIComponent(to)}`;
      return (await (await send('GET', `mails${query}`)).json()) as Mail[];
    },
    /** Forgets all mails and operations. */
    clear: async (): Promise<void> => {
      await send('DELETE', 'mails');
    },
    /** Makes the next sends or polls fail. */
    faults: async (request: Fault): Promise<void> => {
      await send('POST', 'faults', request);
    },
  };
};
