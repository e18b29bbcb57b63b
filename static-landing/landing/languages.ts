import { catalogues } from './catalogues.ts';
import { preferred } from './preferred.ts';
import { speak } from './text.ts';

/**
 * Speaks the language that the browser asks for, as far as there is one.
 * @throws when its words cannot be had
 */
export const loadLanguage = async (): Promise<void> => {
  const language = preferred(navigator.languages, Object.keys(catalogues));
  const catalogue = await catalogues[language]?.();
  if (!catalogue) throw new Error(`There is no ${language}.`);
  speak(language, catalogue.messages);
  document.documentElement.lang = language;
};
