import { PegasusError } from '../../domain/errors.ts';

/**
 * What the log keeps of an error: its reasons in our own words, names and places down its causes; never a foreign message,
 * which may quote what people sent (P7).
 */
export const whereFrom = (error: unknown): string => {
  const parts: string[] = [];
  let current: unknown = error;
  for (let depth = 0; current instanceof Error && depth < 4; depth += 1) {
    const frames = (current.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
    const { statusCode, reason } = current as { statusCode?: unknown; reason?: unknown };
    const status = typeof statusCode === 'number' ? ` ${statusCode}` : '';
    const because = current instanceof PegasusError && typeof reason === 'string' ? `: ${reason}` : '';
    parts.push([`${current.name}${status}${because}`, ...frames.slice(0, 8).map((line) => line.trim())].join('\n'));
    current = current.cause;
  }
  return parts.length > 0 ? parts.join('\ncaused by ') : typeof error;
};
