import type { Messages } from './text.ts';

/** The languages, each loaded when it is asked for. The build puts in every `messages.*.ts` that there is. */
export declare const catalogues: Record<string, () => Promise<{ messages: Messages }>>;
