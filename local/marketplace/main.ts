// The simulated Marketplace on its own, with the Entra that signs its webhooks: for integrations other than ours.
import { parseArgs } from 'node:util';
import { startEntra } from '../entra/server.ts';
import { PUBLISHER_CLIENT_ID, PUBLISHER_TENANT } from '../people.ts';
import { startMarketplace } from './server.ts';

const { values } = parseArgs({
  options: {
    landing: { type: 'string' },
    webhook: { type: 'string' },
    tenant: { type: 'string', default: PUBLISHER_TENANT },
    client: { type: 'string', default: PUBLISHER_CLIENT_ID },
    port: { type: 'string', default: '7080' },
    'entra-port': { type: 'string', default: '7082' },
    data: { type: 'string' },
  },
});

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

if (values.landing === undefined) {
  say(
    'Say where Configure account leads: --landing http://127.0.0.1:3000/landing [--webhook http://127.0.0.1:3000/webhook]',
  );
  process.exit(1);
}

const entra = await startEntra({ port: Number(values['entra-port']) });
const marketplace = await startMarketplace({
  port: Number(values.port),
  landingUrl: values.landing,
  ...(values.webhook === undefined
    ? {}
    : {
        webhook: {
          url: values.webhook,
          entra: entra.authority,
          publisherTenantId: values.tenant,
          publisherClientId: values.client,
        },
      }),
  ...(values.data === undefined ? {} : { folder: values.data }),
});

say(`Marketplace    ${marketplace.url}`);
say(`Fulfilment API ${marketplace.apiUrl}`);
say(`Entra          ${entra.authority}`);

const stop = async (): Promise<void> => {
  await Promise.all([marketplace.close(), entra.close()]);
  process.exit(0);
};
process.once('SIGINT', () => void stop());
process.once('SIGTERM', () => void stop());
