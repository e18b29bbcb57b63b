// The body that makes or updates one app registration, as Microsoft Graph takes it.
//   node infra/scripts/registration.ts landing|console|fulfilment dev|prod [CLIENT_ID] [REDIRECT_ADDRESS]
import { readFile } from 'node:fs/promises';

const [name, environment, clientId, redirect] = process.argv.slice(2);
const definition = JSON.parse(
  await readFile(new URL(`../registrations/${name}.json`, import.meta.url), 'utf8'),
) as Record<string, unknown>;
const body = {
  ...definition,
  displayName: `Pegasus ${name} (${environment})`,
  ...(clientId && definition['api'] ? { identifierUris: [`api://${clientId}`] } : {}),
  ...(redirect ? { spa: { redirectUris: [redirect] } } : {}),
};
process.stdout.write(`${JSON.stringify(body)}\n`);
