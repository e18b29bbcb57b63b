// What a good engineer would write by hand for the same calls and writes: no framework, no checks, one keep-alive process.
import { createServer, type IncomingMessage } from 'node:http';
import { TableClient } from '@azure/data-tables';
import { QueueServiceClient } from '@azure/storage-queue';

const [storage = '', marketplace = ''] = process.argv.slice(2);
const table = TableClient.fromConnectionString(storage, 'Bare', { allowInsecureConnection: true });
const queue = QueueServiceClient.fromConnectionString(storage).getQueueClient('bare');
await Promise.all([table.createTable(), queue.createIfNotExists()]);

const INDEXES = ['all', 'stage', 'tenant', 'name'];

const read = async (request: IncomingMessage): Promise<Record<string, string>> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return JSON.parse(text) as Record<string, string>;
};

const resolve = async (purchaseToken: string): Promise<unknown> => {
  const response = await fetch(`${marketplace}/saas/subscriptions/resolve?api-version=2018-08-31`, {
    method: 'POST',
    headers: { 'x-ms-marketplace-token': purchaseToken },
  });
  const { subscription } = (await response.json()) as { subscription: { id: string } };
  const partitionKey = subscription.id.slice(0, 1);
  await table.getEntity(partitionKey, `sub|${subscription.id}`).catch(() => undefined);
  await table.submitTransaction([
    ['create', { partitionKey, rowKey: `sub|${subscription.id}`, data: JSON.stringify(subscription) }],
    ['create', { partitionKey, rowKey: `log|${subscription.id}`, data: '[]' }],
    ...INDEXES.map(
      (name) =>
        ['create', { partitionKey, rowKey: `list|${name}|${subscription.id}` }] as [
          'create',
          { partitionKey: string; rowKey: string },
        ],
    ),
  ]);
  return subscription;
};

const onboard = async (id: string, contact: unknown): Promise<unknown> => {
  const partitionKey = id.slice(0, 1);
  const record = await table.getEntity<{ data: string }>(partitionKey, `sub|${id}`);
  const data = JSON.stringify({ ...(JSON.parse(record.data) as object), contact });
  await table.submitTransaction([
    ['update', { partitionKey, rowKey: `sub|${id}`, data }, 'Replace', { etag: record.etag }],
    ['create', { partitionKey, rowKey: `log|${id}|2`, data: '[]' }],
    ['delete', { partitionKey, rowKey: `list|stage|${id}` }],
    ['create', { partitionKey, rowKey: `list|stage2|${id}` }],
    ['create', { partitionKey, rowKey: `due|${id}` }],
  ]);
  await queue.sendMessage(JSON.stringify({ v: 1, subscriptionId: id }));
  return { message: 'created', subscription: JSON.parse(data) as unknown };
};

const server = createServer((request, response) => {
  const answer = async (): Promise<void> => {
    const body = await read(request);
    const result =
      request.url === '/api/resolve'
        ? await resolve(body['purchaseToken'] ?? '')
        : await onboard(body['subscriptionId'] ?? '', body['contact']);
    response
      .writeHead(request.url === '/api/resolve' ? 200 : 202, { 'content-type': 'application/json' })
      .end(JSON.stringify(result));
  };
  answer().catch((error: unknown) => response.writeHead(500).end(String(error)));
});
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`http://127.0.0.1:${(server.address() as { port: number }).port}\n`),
);
