import { format } from '../../../static-landing/design/format.ts';
import { messages as german } from '../../../static-landing/landing/messages.de.ts';
import { messages as english } from '../../../static-landing/landing/messages.en.ts';
import type { MessageKey, Messages } from '../../../static-landing/landing/text.ts';

export type Language = 'en' | 'de';

/** A sentence of the catalogue with what is put into it. */
export type Said = MessageKey | [MessageKey, Record<string, string>];

const CATALOGUES: Record<Language, Messages> = { en: english, de: german };
const BRAND = { publisher: 'Unifize', product: 'Unifize QMS' };

/** The sentence as the page says it. */
export const say = (language: Language, said: Said): string => {
  const [key, values] = typeof said === 'string' ? [said, {}] : said;
  return format(CATALOGUES[language][key], { ...BRAND, ...values });
};

/** Sentences of the other language that a page in this one must not show: long enough not to be in both by chance. */
export const sentencesOf = (language: Language): string[] =>
  Object.values(CATALOGUES[language])
    .flatMap((text) => text.split(/\{\w+\}/))
    .map((part) => part.trim())
    .filter((part) => part.length > 14);
