import type { LogLevel } from './core-module.ts';

/** Prints one line to stdout: level, who says it, and the message as it is (line breaks as `\n`). */
export const log = (level: LogLevel, who: string, message: string) => {
  process.stdout.write(`[${level}] ${who}: ${message.replaceAll(/\r?\n/g, '\\n')}\n`);
};

/** Prints to stderr what failed, with the stacks of the error and its causes. */
export const logFailure = (what: string, error: unknown) => {
  process.stderr.write(`[error] ${what}\n${stacks(error)}\n`);
};

const stacks = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\nCaused by: ${stacks(error.cause)}`;
};
