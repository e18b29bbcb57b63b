import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Az } from '../src/application/checks/probes.ts';

const LIMIT_MS = 60_000;
const LIMIT_BYTES = 16 * 1024 * 1024;

/** Runs the Azure CLI as whoever is signed in to it. */
export const az: Az = async (args) => {
  try {
    // On Windows it is a batch file, which only a shell starts; none of the arguments comes from outside the settings.
    const shell = process.platform === 'win32';
    const { stdout } = await promisify(execFile)('az', args, { timeout: LIMIT_MS, maxBuffer: LIMIT_BYTES, shell });
    return JSON.parse(stdout) as unknown;
  } catch {
    return undefined;
  }
};
