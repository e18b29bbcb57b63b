// Reads the outputs of a deployment as az shows them, and writes them as NAME=value, a line each.
// Azure Resource Manager changes the case of names (LANDING_URL comes back as landinG_URL).
import { text } from 'node:stream/consumers';

const outputs = JSON.parse(await text(process.stdin)) as Record<string, { value: unknown }>;
for (const [name, { value }] of Object.entries(outputs)) {
  const line = typeof value === 'string' ? value : JSON.stringify(value);
  process.stdout.write(`${name.toUpperCase()}=${line}\n`);
}
