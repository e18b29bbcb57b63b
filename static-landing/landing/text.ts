import { format } from '../design/format.ts';
import { messages } from './messages.en.ts';

export type MessageKey = keyof typeof messages;

/** The language of the catalogue in use, for dates and numbers. */
export const LANGUAGE = 'en';

/** The words of a key. */
export const t = (key: MessageKey, values: Record<string, string | number> = {}): string =>
  format(messages[key], values);
