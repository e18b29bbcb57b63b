// What a good engineer would write by hand: verify Microsoft's token, keep the notice, send word of it.
import { createServer, type IncomingMessage } from 'node:http';
import { TableClient } from '@azure/data-tables';
import { QueueServiceClient } from '@azure/storage-queue';
import { createRemoteJWKSet, jwtVerify } from 'jose';

const [storage = '', authority = '', tenant = '', audience = ''] = process.argv.slice(2);
const table = TableClient.fromConnectionString(storage, 'BareWebhook', { allowInsecureConnection: true });
const queue = QueueServiceClient.fromConnectionString(storage).getQueueClient('bare-webhook');
await Promise.all([table.createTable(), queue.createIfNotExists()]);
const keys = createRemoteJWKSet(new URL(`${authority}/${tenant}/discovery/v2.0/keys`));

const read = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
};

const take = async (authorization: string, text: string): Promise<void> => {
  const issuer = `${authority}/${tenant}/v2.0`;
  const { payload } = await jwtVerify(authorization.slice('Bearer '.length), keys, { audience, issuer });
  if (payload['azp'] !== '20e940b3-4c77-4b0b-9a53-9e16a1b010a7') throw new Error('Not Microsoft.');
  const { id, subscriptionId } = JSON.parse(text) as { id: string; subscriptionId: string };
  const partitionKey = subscriptionId.slice(0, 1);
  await table.submitTransaction([
    ['create', { partitionKey, rowKey: `inbox|${subscriptionId}|${id}`, data: text }],
    ['create', { partitionKey, rowKey: `due|${new Date().toISOString()}|${id}` }],
  ]);
  await queue.sendMessage(JSON.stringify({ v: 1, subscriptionId, id }));
};

const server = createServer((request, response) => {
  read(request)
    .then((text) => take(request.headers.authorization ?? '', text))
    .then(() => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'))
    .catch((error: unknown) => response.writeHead(500).end(String(error)));
});
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`http://127.0.0.1:${(server.address() as { port: number }).port}\n`),
);
