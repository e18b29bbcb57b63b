// Builds what is tested, runs every level, and says in one line what jest itself counted.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const wanted = process.env.PEGASUS_NODE_MAJOR;
console.log(`Node ${process.version}`);
if (wanted && process.versions.node.split('.')[0] !== wanted) {
  console.error(
    `This run was to use Node ${wanted}. Remove node_modules/.bin/node so that the machine's own Node runs.`,
  );
  process.exit(1);
}

const run = (args) => spawnSync(process.execPath, args, { stdio: 'inherit', env: process.env }).status ?? 1;
if (run(['build.ts']) !== 0) process.exit(1);

const levels = ['unit', 'architecture', 'contract', 'e2e'];
const filters = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'pegasus-tests-'));
const output = join(folder, 'result.json');
const status = run([
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  // Most of what tests make is forgotten at once: with more room it is collected in fewer goes.
  '--max-semi-space-size=64',
  'node_modules/jest/bin/jest.js',
  '--json',
  `--outputFile=${output}`,
  ...filters,
]);

const result = JSON.parse(readFileSync(output, 'utf8'));
rmSync(folder, { recursive: true });
const skipped = result.numPendingTests + result.numTodoTests;
const empty = levels.filter(
  (level) =>
    !result.testResults.some((file) => file.name.includes(`/tests/${level}/`) && file.assertionResults.length > 0),
);
const whole = filters.length === 0;
if (whole && empty.length > 0) console.error(`No test ran in: ${empty.join(', ')}`);
if (whole && skipped > 0) console.error('A skipped test is a failed run.');
console.log(`${result.numPassedTests} passed, ${result.numFailedTests} failed, ${skipped} skipped`);
process.exit(status !== 0 || (whole && (empty.length > 0 || skipped > 0)) ? 1 : 0);
