import { readCatalogues, wordsOf } from '../../../static-landing/build/catalogues.ts';
import { format } from '../../../static-landing/design/format.ts';
import type { MessageKey, Messages } from '../../../static-landing/landing/text.ts';

export type Language = 'en' | 'de';

type Values = Record<string, string>;

/** A sentence of the catalogue with what is put into it. */
export type Said = MessageKey | [MessageKey, Values | ((language: Language) => Values)];

const read = await readCatalogues();
const wordsIn = (language: Language): Messages => {
  const catalogue = read[language];
  if (!catalogue) throw new Error(`There is no ${language}.`);
  return wordsOf(catalogue);
};

const CATALOGUES: Record<Language, Messages> = { en: wordsIn('en'), de: wordsIn('de') };
const BRAND = { publisher: 'Unifize', product: 'Unifize QMS' };

/** The sentence as the page says it. */
export const say = (language: Language, said: Said): string => {
  const [key, given] = typeof said === 'string' ? [said, {}] : said;
  const values: Values = typeof given === 'function' ? given(language) : given;
  return format(CATALOGUES[language][key], { ...BRAND, ...values });
};

/** Sentences of the other language that a page in this one must not show: long enough not to be in both by chance. */
export const sentencesOf = (language: Language): string[] =>
  Object.values(CATALOGUES[language])
    .flatMap((text) => text.split(/\{\w+\}/))
    .map((part) => part.trim())
    .filter((part) => part.length > 14);
