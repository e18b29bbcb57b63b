import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../build.ts';
import { PROJECT } from '../support/source-files.ts';
import { against, median, type Result } from './result.ts';

const PROCESSES = 21;
const LOAD_ONCE = fileURLToPath(new URL('load-once.ts', import.meta.url));

const load = (script: string, env: Record<string, string>): number =>
  Number(execFileSync(process.execPath, [LOAD_ONCE, script], { env: { PATH: process.env['PATH'], ...env } }));

/** Import until all functions are registered, in fresh processes, alternated with a hello-world app (design 9). */
export const bundleLoad = async (env: Record<string, string>): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'pegasus-bench-'));
  await bundle({ index: 'tests/bench/hello-world.ts' }, folder);
  const [ours, hello] = [join(PROJECT, 'dist/index.js'), join(folder, 'index.js')];
  const times: { ours: number[]; hello: number[] } = { ours: [], hello: [] };
  for (let run = 0; run <= PROCESSES; run += 1) {
    const pair = { hello: load(hello, env), ours: load(ours, env) };
    // The first pair only warms the disk's cache.
    if (run === 0) continue;
    times.hello.push(pair.hello);
    times.ours.push(pair.ours);
  }
  await rm(folder, { recursive: true });
  return against(median(times.ours), median(times.hello), 'ms', { most: 1.5 });
};
