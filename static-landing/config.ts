/** Name, look and addresses of the publisher, as the pages show them. */
export type Brand = {
  publisherName: string;
  productName: string;
  /** An image beside the pages (a file name relative to them) or a `data:` URL; other origins are refused by the pages' policy. */
  logoUrl?: string;
  /** `#rrggbb`; the build derives shades with enough contrast for light and dark. */
  color: string;
  supportEmail: string;
  supportUrl?: string;
  /** What happens after Onboard, one sentence each. */
  nextSteps: string[];
  privacyUrl: string;
  termsUrl: string;
  /** What differs in other languages of the landing page, by language (`de`): next steps above all. */
  translations?: Record<string, Partial<Omit<Brand, 'translations'>>>;
};

/** `config.json`: read by both pages when they start. The addresses are also stamped into their policy by the build. */
export type PagesConfig = {
  /** With the `/api` prefix, without a slash at the end. */
  apiUrl: string;
  authority: string;
  graphUrl: string;
  landingClientId: string;
  consoleClientId: string;
  publisherTenantId: string;
  brand: Brand;
};

/**
 * Reads the settings that lie beside the landing page.
 * @throws when they cannot be had: the page cannot do anything without them
 */
export const loadConfig = async (address: string): Promise<PagesConfig> => {
  const response = await fetch(address, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return (await response.json()) as PagesConfig;
};
