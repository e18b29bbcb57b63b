import { expect } from '@jest/globals';
import { PEOPLE } from '../../../../local/people.ts';
import { LOG_EVENTS } from '../../../../src/application/log-events.ts';
import { startProxy, storageProxy } from '../../../support/storage-proxy.ts';
import { startWorld } from '../../../support/world.ts';
import { type Part, SEEN_IN } from './events.ts';

/** Whoever says `kestrel` says something that must stay between them and the record. */
export const CONTACT = {
  name: 'Kestrel Name',
  email: 'kestrel.address@kestrel.example',
  company: 'Kestrel Company',
  phone: '+49 kestrel 1234',
  wish: 'Kestrel wish',
};

/** An answer of Microsoft's or storage's that quotes people. */
export const QUOTING = `Kestrel ${CONTACT.email}`;

const MESSAGE =
  /&quot;v&quot;:1,&quot;subscriptionId&quot;:&quot;[0-9a-f-]{36}&quot;(?:,&quot;key&quot;:&quot;[0-9a-f]{64}&quot;)?}/;

/** What the check of the set-up sends to see that a queue takes messages. */
const PROBE = /<QueueMessage><MessageText>doctor<\/MessageText><\/QueueMessage>$/;

/**
 * A world of which everything is kept that leaves the app where others may read it: logs, queue messages, errors, addresses;
 * and all that must not stand there.
 */
export const startWatched = async (options: Parameters<typeof startWorld>[0] = {}) => {
  const storage = storageProxy();
  const world = await startWorld({ ...options, storageThrough: storage.through });
  /** What every host has printed. */
  let printed = '';
  /** Every error that was answered. */
  const errors: string[] = [];
  /** Purchase tokens and bearer tokens that were in use. */
  const secrets: string[] = [];

  const restart = async (changed: Record<string, string> = {}): Promise<void> => {
    printed += world.host().output();
    await world.restart(changed);
  };
  const behindProxy = async (name: string) => {
    const setting = world.settings()[name] ?? '';
    const { origin } = new URL(/http:[^;]+/.exec(setting)?.[0] ?? '');
    const proxy = await startProxy(origin);
    await restart({ [name]: setting.replace(origin, proxy.url) });
    return proxy;
  };
  const marketplaceProxy = await behindProxy('MARKETPLACE_API_URL');
  const mailboxProxy = await behindProxy('EMAIL_CONNECTION_STRING');

  const ask = async (method: string, path: string, token: string | undefined, body?: unknown, headers = {}) => {
    if (token !== undefined) secrets.push(token);
    const answer = await world.api.send(method, path, token, body, headers);
    if (answer.status >= 400) errors.push(JSON.stringify(answer.body));
    return answer;
  };
  const asBuyer = async (method: string, path: string, body?: unknown, headers = {}) =>
    ask(method, path, await world.api.landingToken('buyer'), body, headers);
  const asOperator = async (id: string, act: string, body: unknown = { reason: 'Kestrel reason' }) =>
    ask('POST', `/operator/subscriptions/${id}/${act}`, await world.api.consoleToken('operator'), body);

  const output = (): string => printed + world.host().output();

  const lines = () =>
    [...output().matchAll(/^\[(\w+)\] ([\w-]+): (\{"event".*\})$/gm)].map(([, , name = '', text = '']) => ({
      name,
      line: JSON.parse(text) as Record<string, unknown>,
    }));

  return {
    world,
    storage,
    marketplaceProxy,
    mailboxProxy,
    errors,
    secrets,
    restart,
    ask,
    asBuyer,
    asOperator,
    output,
    /** What was printed elsewhere. */
    print: (text: string): void => {
      printed += text;
    },
    /** Nothing of what people sent or are called is in logs, queues, errors, or addresses that we ask. */
    expectQuiet: (): void => {
      const urls = [...marketplaceProxy.seen(), ...mailboxProxy.seen()].map(({ url }) => url);
      const messages = storage
        .queues()
        .seen()
        .filter(({ method }) => method === 'POST');
      expect(urls.length).toBeGreaterThan(20);
      expect(messages.length).toBeGreaterThan(10);
      const names = PEOPLE.flatMap(({ name, username, mail }) => [
        name,
        username,
        ...(mail === undefined ? [] : [mail]),
      ]);
      for (const [where, text] of Object.entries({
        logs: output(),
        queues: messages.map(({ url, body }) => `${url} ${body}`).join('\n'),
        errors: errors.join('\n'),
        addresses: urls.join('\n'),
      })) {
        expect([where, /.*kestrel.*/i.exec(text)?.[0]]).toEqual([where, undefined]);
        const found = [...secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]), ...names].filter(
          (secret) => secret !== 'kestrel' && text.includes(secret),
        );
        expect([where, found]).toEqual([where, []]);
        expect(text).not.toMatch(/eyJ[\w-]{10}|@[\w-]+\.example/);
      }
      for (const { body } of messages) expect(body).toMatch(body.includes('>doctor<') ? PROBE : MESSAGE);
    },
    /** The events of this part of life were seen, all in one form, and each event is some part's. */
    expectEvents: (part: Part): void => {
      const seen = new Set(lines().map(({ line }) => String(line['event'])));
      const wanted = Object.entries(SEEN_IN).flatMap(([event, where]) => (where === part ? [event] : []));
      expect(wanted.filter((event) => !seen.has(event))).toEqual([]);
      expect(Object.keys(SEEN_IN).toSorted()).toEqual(Object.keys(LOG_EVENTS).toSorted());
      for (const { name, line } of lines()) {
        expect(line).toMatchObject({ function: name, correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
        if (/^PEG_(COMPLETED|REFUSED|FAILED)$/.test(String(line['event'])) && !('subscriptionId' in line)) {
          expect(line).toHaveProperty('durationMs');
        }
      }
    },
    /** The reference of an error finds the log. */
    expectReferences: (): void => {
      for (const error of errors) {
        const { instance } = JSON.parse(error) as { instance: string };
        expect(output()).toContain(instance.replace('urn:uuid:', ''));
      }
    },
    close: async (): Promise<void> => {
      await world.close();
      await Promise.all([storage.close(), marketplaceProxy.close(), mailboxProxy.close()]);
    },
  };
};

export type Watched = Awaited<ReturnType<typeof startWatched>>;
