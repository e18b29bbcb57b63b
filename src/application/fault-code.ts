import { PegasusError } from '../domain/errors.ts';

/** Why work did not succeed, for the record: our code, or `unexpected` for what nobody foresaw; the log has the rest. */
export const codeOf = (error: unknown): string => (error instanceof PegasusError ? error.code : 'unexpected');
