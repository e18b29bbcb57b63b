import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach } from '@jest/globals';
import type { MarketplaceCredentialConfig } from '../../../src/adapters/marketplace/access-token.ts';
import { type Authority, startHttpsAuthority } from '../../support/https-authority.ts';
import type { Step } from './print-tokens.ts';

export const APPLICATION = {
  publisherTenantId: '11111111-1111-4111-8111-111111111111',
  publisherClientId: 'aaaaaaaa-0000-4000-8000-000000000003',
};
export const IDENTITY = { managedIdentityClientId: 'bbbbbbbb-0000-4000-8000-000000000001' };
export const MARKETPLACE_SCOPE = '20e940b3-4c77-4b0b-9a53-9e16a1b010a7/.default';

let open: Authority | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

/** An authority that lives until the test ends. */
export const authority = async (options: { refuses?: boolean } = {}): Promise<Authority> => {
  open = await startHttpsAuthority(options);
  return open;
};

/** Runs the steps in a process that trusts this authority: per step the token or the failure. */
export const tokens = async (
  { env }: Authority,
  config: MarketplaceCredentialConfig,
  steps: Step[],
): Promise<unknown[]> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, 'print-tokens.ts'),
      JSON.stringify({ config, steps }),
    ],
    // Nothing else of this machine's environment. The proxy is a port where nobody listens: a credential that asks any
    // host but ours fails, instead of reaching Microsoft from a test.
    {
      env: {
        ...env,
        HTTPS_PROXY: 'http://127.0.0.1:9',
        NO_PROXY: '127.0.0.1',
        ...(process.env['SystemRoot'] === undefined ? {} : { SystemRoot: process.env['SystemRoot'] }),
      },
    },
  );
  return JSON.parse(stdout) as unknown[];
};
