// A Marketplace that answers what the test wrote down, one answer per request, the last one for ever after.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach } from '@jest/globals';
import type { AccessToken, ObservedCall } from '../../../src/adapters/marketplace/fulfilment-call.ts';
import { fulfilmentClient } from '../../../src/adapters/marketplace/fulfilment-client.ts';
import type { Time } from '../../../src/adapters/marketplace/retry.ts';
import type { CallContext, Marketplace } from '../../../src/application/ports.ts';

export type Scripted =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  /** The connection dies instead of an answer. */
  | 'reset'
  /** No answer ever. */
  | 'silence';

export type SeenRequest = { method: string; path: string; headers: IncomingHttpHeaders; body: string };

export const ID = '5a1f0d4c-33b7-4c54-9a3e-6d2f1c8b7e90';
export const INTERACTIVE: CallContext = {
  correlationId: '0b6f2f0a-9f4e-4a52-8a4e-1f7a4d0c2b11',
  patience: 'interactive',
};
export const BACKGROUND: CallContext = { ...INTERACTIVE, patience: 'background' };

/** As recorded (contract 2.2). */
export const subscription = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: ID,
  publisherId: 'contoso',
  offerId: 'offer1',
  name: 'My sub',
  saasSubscriptionStatus: 'PendingFulfillmentStart',
  beneficiary: {
    emailId: 'u@x.example',
    objectId: '22222222-0000-4000-8000-000000000001',
    tenantId: '22222222-2222-4222-8222-222222222222',
    puid: '10032000AAAA0001',
  },
  purchaser: {
    emailId: 'r@y.example',
    objectId: '44444444-0000-4000-8000-000000000001',
    tenantId: '44444444-4444-4444-8444-444444444444',
    puid: null,
  },
  planId: 'silver',
  term: { termUnit: 'P1M' },
  autoRenew: true,
  isTest: false,
  isFreeTrial: false,
  allowedCustomerOperations: ['Delete', 'Update', 'Read'],
  sandboxType: 'None',
  created: '2024-01-14T00:07:14.962328Z',
  lastModified: '0001-01-01T00:00:00',
  sessionMode: 'None',
  ...changes,
});

/** As recorded (contract 2.3). */
export const resolved = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: ID,
  subscriptionName: 'My sub',
  offerId: 'offer1',
  planId: 'silver',
  subscription: subscription(),
  ...changes,
});

export type VirtualTime = Time & { slept: number[]; elapsedMs(): number };

/**
 * A clock that only sleeping moves on. With `silence`, every limit runs out at once and the clock moves on by it: for
 * answers that never come.
 */
export const virtualTime = (options: { silence?: boolean } = {}): VirtualTime => {
  const start = Date.parse('2026-11-21T10:00:00Z');
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    elapsedMs: () => now - start,
    now: () => new Date(now),
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
    limit: (ms) => {
      const end = new AbortController();
      if (options.silence === true)
        setTimeout(() => {
          now += ms;
          end.abort(new DOMException('too late', 'TimeoutError'));
        }, 40);
      return end.signal;
    },
    random: () => 0.5,
  };
};

export type ScriptedMarketplace<Used extends Time> = {
  marketplace: Marketplace;
  requests: SeenRequest[];
  observed: ObservedCall[];
  time: Used;
};

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** The client under test, with such a Marketplace behind it until the test ends. */
export const scripted = async <Used extends Time = VirtualTime>(
  script: Scripted[],
  options: { accessToken?: AccessToken; time?: Used } = {},
): Promise<ScriptedMarketplace<Used>> => {
  const requests: SeenRequest[] = [];
  const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers } = request;
    const seen = { method, path: url, headers, body: await text(request) };
    const answer = script[Math.min(requests.length, script.length - 1)] ?? {};
    requests.push(seen);
    if (answer === 'silence') return;
    if (answer === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const { status = 200, body } = answer;
    response.writeHead(status, { 'content-type': 'application/json', ...answer.headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const server = createServer((request, response) => void reply(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const observed: ObservedCall[] = [];
  const time = options.time ?? (virtualTime() as Time as Used);
  return {
    marketplace: fulfilmentClient({
      baseUrl: `${url}/api/`,
      accessToken: options.accessToken ?? (async () => 'the-bearer-token'),
      time,
      observe: (call) => observed.push(call),
    }),
    requests,
    observed,
    time,
  };
};

/** What a call rejects with, in parts that a test can compare. */
export const failureOf = async (call: Promise<unknown>) => {
  try {
    await call;
  } catch (error) {
    const { code, publicDetail, extras, cause } = error as {
      code: string;
      publicDetail: string;
      extras: { retryAfterSeconds?: number };
      cause?: Error;
    };
    return { code, publicDetail, extras, cause: cause?.message ?? '' };
  }
  throw new Error('The call was expected to fail.');
};
