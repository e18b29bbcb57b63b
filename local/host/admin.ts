import type { Admin } from './http.ts';
import type { Invoke } from './invoke.ts';
import type { RegisteredFunction } from './registry.ts';
import { timerInput } from './timers.ts';

/**
 * `POST /admin/functions/{name}`: runs a timer function, or a queue function on the `input` of the JSON body, now.
 *
 * Answers 202 once it is started. With `?wait=true` answers when it is done: 200, or 500 if it failed. The platform
 * asks for a key here and does not wait.
 */
export const makeAdmin =
  (functions: RegisteredFunction[], invoke: Invoke): Admin =>
  async (request, url, body, response) => {
    const name = /^\/admin\/functions\/([^/]+)$/.exec(url.pathname)?.[1];
    const fn = functions.find(({ metadata }) => metadata.name.toLowerCase() === name?.toLowerCase());
    if (request.method !== 'POST' || fn === undefined) return false;
    const input = inputFor(fn, body);
    if (input === undefined) {
      response.writeHead(400).end('A queue function needs a body {"input": "..."}; HTTP functions have a URL.\n');
      return true;
    }
    const run = invoke(fn, input).then(
      () => 200,
      () => 500,
    );
    response.writeHead(url.searchParams.get('wait') === 'true' ? await run : 202).end();
    return true;
  };

const inputFor = (fn: RegisteredFunction, body: string) => {
  if (fn.trigger.type === 'timerTrigger') return timerInput(fn.trigger.schedule, new Date());
  if (fn.trigger.type !== 'queueTrigger') return undefined;
  try {
    const { input } = JSON.parse(body) as { input?: unknown };
    if (input === undefined) return undefined;
    return { string: typeof input === 'string' ? input : JSON.stringify(input) };
  } catch {
    return undefined;
  }
};
