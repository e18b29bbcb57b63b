import { Agent, createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request on its way out. `to` names whom it is for. */
export type Outbound = { to: string; method: string; url: string; headers: IncomingMessage['headers']; body: string };

export type Answered = { status: number; body: string };

/** `before`: the request never leaves. `after`: the other side has done it, and its answer is lost. */
export type When = 'before' | 'after';

/** What is asked and told about each request. */
export type Observer = {
  /** Called when a request arrives; it is passed on when that is over. */
  arrived?: (request: Outbound) => void | Promise<void>;
  /** Called when the other side has answered, before the answer is handed back. */
  answered?: (request: Outbound, answer: Answered) => void;
};

/** Where to die: at the `n`-th request from now on that `counts`. */
export type Trap = { n: number; when: When; counts: (request: Outbound) => boolean };

/** What a trap holds until the process dies of it. */
type Caught = { request: Outbound; response: ServerResponse };

/** A trap that is set: how many requests it still counts, and what it caught. */
type Snare = Trap & { left: number; caught?: Caught };

/** Traps that the process dies in together. */
type Armed = { traps: Snare[]; strike: () => void };

/** What was not caught by then is not coming. */
const NEVER_MS = 20_000;

const read = async (stream: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/**
 * Stands between a process and all that it calls, and counts its requests over all of them. Once armed, it kills the
 * process at the n-th: that request is not passed on, or its answer is not handed back. Several may be caught so, each in a
 * flow of its own, before the process dies at all of them at once.
 *
 * `kill` ends the process at once, if it lives. Requests reach the other side unchanged, `host` included, which signatures cover.
 */
export const startKillingProxy = async (kill: () => void, observer: Observer = {}) => {
  // A connection each: one that the other side is just closing would make the app send again, and be counted again.
  const agent = new Agent({ keepAlive: false });
  const closers: (() => Promise<void>)[] = [];
  let armed: Armed | undefined;

  /** The trap that catches the request, if any. One that two would catch is counted by both, and the second stays empty. */
  const trapFor = (request: Outbound): Snare | undefined => {
    const counting = armed?.traps.filter(({ counts }) => counts(request)) ?? [];
    for (const trap of counting) trap.left -= 1;
    return counting.find(({ left }) => left === 0);
  };

  const passOn = (origin: URL, { method, url, headers }: Outbound, body: Buffer): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = origin;
      send({ hostname, port, method, path: url, headers, agent }, resolve).once('error', reject).end(body);
    });

  const handle = async (to: string, origin: URL, incoming: IncomingMessage, response: ServerResponse) => {
    const body = await read(incoming);
    const { method = '', url = '', headers } = incoming;
    const request = { to, method, url, headers, body: body.toString('utf8') };
    await observer.arrived?.(request);
    const trap = trapFor(request);
    const hold = (snare: Snare): void => {
      snare.caught = { request, response };
      if (armed?.traps.every((one) => one.caught)) armed.strike();
    };
    if (trap?.when === 'before') {
      hold(trap);
      return;
    }
    const answer = await passOn(origin, request, body);
    const content = await read(answer);
    const status = answer.statusCode ?? 0;
    observer.answered?.(request, { status, body: content.toString('utf8') });
    if (trap) hold(trap);
    else response.writeHead(status, answer.headers).end(content);
  };

  return {
    /** Listens for requests to the server at `origin`; answers the address that the process is to be given instead. */
    through: async (to: string, origin: string): Promise<string> => {
      const server = createServer((incoming, response) => {
        // A caller that was killed is no news, and neither is a server that is being closed.
        handle(to, new URL(origin), incoming, response).catch(() => response.destroy());
      });
      server.keepAliveTimeout = 0;
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
      closers.push(async () => {
        server.closeAllConnections();
        await new Promise((resolve) => {
          server.close(resolve);
        });
      });
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    /**
     * Kills when each trap holds a request, or, where one stays empty, after 20 s; answers what they held, in their order,
     * once the process is told to die. What the process gave up waiting for meanwhile was not held.
     */
    arm: (traps: Trap[]): Promise<(Outbound | undefined)[]> =>
      new Promise((resolve) => {
        const set = traps.map((trap): Snare => ({ ...trap, left: trap.n }));
        const strike = (): void => {
          clearTimeout(timer);
          armed = undefined;
          const held = set.map(({ caught }) => (caught?.response.destroyed === false ? caught.request : undefined));
          kill();
          for (const { caught } of set) caught?.response.destroy();
          resolve(held);
        };
        const timer = setTimeout(strike, NEVER_MS).unref();
        armed = { traps: set, strike };
      }),
    close: async (): Promise<void> => {
      agent.destroy();
      await Promise.all(closers.map((close) => close()));
    },
  };
};
