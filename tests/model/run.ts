import { parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { startStage } from './play.ts';
import { story } from './steps.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '20' }, seed: { type: 'string' }, path: { type: 'string' } },
});
const runs = Number(values.runs);
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);

// The built app in its host is what is played: see README for `npm run build`.
const stage = await startStage();
let passed = 0;
const stop = async (status: number): Promise<never> => {
  await stage.close();
  process.exit(status);
};
process.on('SIGINT', () => void stop(130));

const result = await fc.check(
  fc.asyncProperty(story(12), async (steps) => {
    const faults = await stage.play(steps);
    if (faults.length > 0) throw new Error(faults.join('\n'));
    passed += 1;
    if (passed % 10 === 0) console.log(`${passed} of ${runs}`);
  }),
  { numRuns: runs, seed, ...(values.path === undefined ? {} : { path: values.path }), endOnFailure: true },
);
if (result.failed) {
  console.log(fc.defaultReportMessage(result) ?? 'It failed.');
  console.log(`Again: npm run model -- --runs 1 --seed ${seed} --path "${result.counterexamplePath ?? ''}"`);
} else console.log(`Seed ${seed}`);
console.log(`${passed} passed, ${result.failed ? 1 : 0} failed`);
await stop(result.failed ? 1 : 0);
