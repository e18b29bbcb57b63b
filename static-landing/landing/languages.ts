import { catalogue } from './catalogues.ts';
import { preferred } from './preferred.ts';
import { language, learn, type Messages, speak } from './text.ts';

/** Words by language, each loaded when it is asked for. */
export type Catalogue = Record<string, () => Promise<{ messages: Partial<Messages> }>>;

/**
 * Learns words in the language that is spoken.
 * @throws when they cannot be had
 */
export const loadWords = async (words: Catalogue): Promise<void> => {
  const load = words[language()];
  if (!load) throw new Error(`There is no ${language()}.`);
  learn((await load()).messages);
};

/**
 * Speaks the language that the browser asks for, as far as there is one.
 * @throws when its words cannot be had
 */
export const loadLanguage = async (): Promise<void> => {
  speak(preferred(navigator.languages, Object.keys(catalogue)));
  await loadWords(catalogue);
  document.documentElement.lang = language();
};
