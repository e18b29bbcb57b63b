import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call of the webhook as the publisher got it. */
export type Received = { headers: IncomingHttpHeaders; text: string; body: Record<string, unknown> };

/** `hang`: no answer at all. */
type Answer = number | 'hang';

const parsed = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
};

/** A publisher's webhook that writes down what it gets and answers what it is told to: 200 at first. */
export const startPublisher = async () => {
  const received: Received[] = [];
  let next: Answer[] = [];
  let usual: Answer = 200;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      received.push({ headers: request.headers, text, body: parsed(text) });
      const answer = next.shift() ?? usual;
      if (answer !== 'hang') response.writeHead(answer, { location: '/elsewhere' }).end(`answered ${answer}`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/webhook`,
    received,
    /** What the next calls are answered, one after the other; then what is usual. */
    answer: (...answers: Answer[]) => {
      next = answers;
    },
    /** What every call is answered from now on. */
    answerAlways: (answer: Answer) => {
      usual = answer;
    },
    close: async (): Promise<void> => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

export type Publisher = Awaited<ReturnType<typeof startPublisher>>;
