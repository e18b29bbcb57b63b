/** Where an unexpected error came from: names and places down its causes, never messages, which may quote what people sent (P7). */
export const stackOf = (error: unknown): string => {
  const parts: string[] = [];
  let current: unknown = error;
  for (let depth = 0; current instanceof Error && depth < 4; depth += 1) {
    const frames = (current.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
    const { statusCode } = current as { statusCode?: unknown };
    const status = typeof statusCode === 'number' ? ` ${statusCode}` : '';
    parts.push([`${current.name}${status}`, ...frames.slice(0, 8).map((line) => line.trim())].join('\n'));
    current = current.cause;
  }
  return parts.length > 0 ? parts.join('\ncaused by ') : typeof error;
};
