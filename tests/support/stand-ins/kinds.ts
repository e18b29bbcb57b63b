import type { startEntra } from '../../../local/entra/server.ts';
import type { startMarketplace } from '../../../local/marketplace/server.ts';
import type { startPages } from '../../../local/pages.ts';

type OptionsOf<Start extends (options: never) => unknown> = Parameters<Start>[0];

/** What tests stand on, by what it stands in for. Each is loaded when it is first wanted. */
const KINDS = {
  storage: async () => (await import('../../../local/azurite.ts')).startAzurite(),
  entra: async (options: OptionsOf<typeof startEntra>) =>
    (await import('../../../local/entra/server.ts')).startEntra(options),
  mailbox: async () => (await import('../../../local/mailbox/server.ts')).startMailbox(),
  marketplace: async (options: OptionsOf<typeof startMarketplace>) =>
    (await import('../../../local/marketplace/server.ts')).startMarketplace(options),
  pages: async (options: OptionsOf<typeof startPages>) => (await import('../../../local/pages.ts')).startPages(options),
};

export type Kinds = typeof KINDS;
export type Kind = keyof Kinds;

type Closable = { close(): Promise<void> };

/** For who does not know which kind it is, and what its options are. */
export const start = (kind: Kind, options: unknown): Promise<Closable> =>
  (KINDS[kind] as (options: unknown) => Promise<Closable>)(options);
