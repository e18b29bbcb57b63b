const FALLBACK = 'en';

/** The first of the wanted languages that is known, as it is (`pt-BR`) or without its region (`de-AT`); else English. */
export const preferred = (wanted: readonly string[], known: string[]): string =>
  wanted
    .map((tag) => tag.toLowerCase())
    .flatMap((tag) => [tag, tag.replace(/-.*/, '')])
    .find((tag) => known.includes(tag)) ?? FALLBACK;
