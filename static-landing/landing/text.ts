import { format } from '../design/format.ts';
import type { messages as english } from './messages.en.ts';

/** English is the language that every other one is complete against. */
export type MessageKey = keyof typeof english;
export type Messages = Record<MessageKey, string>;

let spoken = 'en';
let words: Messages | undefined;

/** Speaks this language from now on. */
export const speak = (language: string, messages: Messages): void => {
  spoken = language;
  words = messages;
};

/** The language in use, for dates and numbers. */
export const language = (): string => spoken;

/** The words of a key. */
export const t = (key: MessageKey, values: Record<string, string | number> = {}): string =>
  format(words?.[key] ?? '', values);
