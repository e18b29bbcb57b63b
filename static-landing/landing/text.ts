import { format } from '../design/format.ts';
import type { messages as manage } from './manage/messages.en.ts';
import type { messages as page } from './messages.en.ts';
import type { messages as stopped } from './stopped/messages.en.ts';

type English = { page: typeof page; stopped: typeof stopped; manage: typeof manage };
/** `page`, and the parts of it that are loaded when they are needed: folders beside this file. */
export type SectionName = keyof English;

/** English is the language that every other one is complete against. */
export type Section<Name extends SectionName> = Record<keyof English[Name], string>;
export type Messages = Section<'page'> & Section<'stopped'> & Section<'manage'>;
export type MessageKey = keyof Messages;

let spoken = 'en';
const words: Partial<Messages> = {};

/** Speaks this language from now on. */
export const speak = (language: string): void => {
  spoken = language;
};

/** Knows these words, too. */
export const learn = (messages: Partial<Messages>): void => {
  Object.assign(words, messages);
};

/** The language in use, for dates and numbers. */
export const language = (): string => spoken;

/** The words of a key. */
export const t = (key: MessageKey, values: Record<string, string | number> = {}): string =>
  format(words[key] ?? '', values);
