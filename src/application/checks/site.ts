import type { Probes, Reply } from './probes.ts';

/** What the checks read of the pages' `config.json`. */
export type PagesConfig = {
  apiUrl: string;
  authority: string;
  landingClientId: string;
  consoleClientId: string;
  publisherTenantId: string;
  brand: { privacyUrl?: string; termsUrl?: string };
};

/** The pages' settings as they are published; `undefined`: they could not be read. */
export type PagesLook = { reply: Reply; config?: PagesConfig };

const toConfig = (text: string): PagesConfig | undefined => {
  try {
    const read = JSON.parse(text) as Partial<PagesConfig> | null;
    return typeof read?.apiUrl === 'string' ? ({ brand: {}, ...read } as PagesConfig) : undefined;
  } catch {
    return undefined;
  }
};

export const readPages = async ({ ask, facts }: Pick<Probes, 'ask' | 'facts'>): Promise<PagesLook> => {
  const reply = await ask({ url: new URL('config.json', facts.landingUrl).href });
  const config = reply.kind === 'answer' && reply.status === 200 ? toConfig(reply.text) : undefined;
  return config === undefined ? { reply } : { reply, config };
};

/** Where the API is: as the deployment says, or else as the pages call it. Without a slash at its end. */
export const apiUrlOf = async ({
  facts,
  pages,
}: Pick<Probes, 'facts'> & { pages: () => Promise<PagesLook> }): Promise<string | undefined> =>
  (facts.apiUrl ?? (await pages()).config?.apiUrl)?.replace(/\/+$/, '');

/** How an address answered, in a few words. */
export const said = (reply: Reply): string =>
  reply.kind === 'answer' ? `answered ${reply.status}` : `gave no answer (${reply.fault})`;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export const isLoopback = (url: string): boolean => URL.canParse(url) && LOOPBACK.has(new URL(url).hostname);

/** Names that exist for examples only (RFC 2606). */
export const isExample = (url: string): boolean =>
  URL.canParse(url) && /(^|\.)(example|test|invalid|example\.(com|net|org))$/.test(new URL(url).hostname);
