// A process of its own, because Node reads NODE_EXTRA_CA_CERTS and MSAL reads IDENTITY_ENDPOINT from the environment.
// Reads {config, steps} from its argument, prints one line of JSON: per step the token or the failure.
import {
  type MarketplaceCredentialConfig,
  marketplaceCredential,
} from '../../../src/adapters/marketplace/access-token.ts';

/** `ask`, or the token that was answered 401. */
export type Step = 'ask' | { rejected: string };

const { config, steps } = JSON.parse(process.argv[2] ?? '') as {
  config: MarketplaceCredentialConfig;
  steps: Step[];
};
const accessToken = marketplaceCredential(config);
const results: unknown[] = [];
for (const step of steps) {
  try {
    results.push(await (step === 'ask' ? accessToken() : accessToken(step.rejected)));
  } catch (error) {
    const { code, publicDetail, cause } = error as { code: string; publicDetail: string; cause: Error };
    results.push({ code, publicDetail, cause: cause.message });
  }
}
console.log(JSON.stringify(results));
