// Loads the app named on the command line in this fresh process and prints how long it took until all was registered.
import { loadApp } from '../../local/host/registry.ts';

const script = process.argv[2];
if (script === undefined) throw new Error('Usage: load-once.ts SCRIPT');
const startedAt = performance.now();
const { functions } = await loadApp(script);
const milliseconds = performance.now() - startedAt;
if (functions.length === 0) throw new Error('Nothing was registered.');
process.stdout.write(String(milliseconds));
process.exit(0);
