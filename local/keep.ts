import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const EVERY_MS = 1000;

/** What a stand-in keeps in a folder between two starts: one JSON file. */
export type Kept<T> = {
  /** What was kept last time, if anything was. */
  last: T | undefined;
  /** Writes what `state` answers every second while it changes, and at the end. */
  from(state: () => T): { stop(): void };
};

/** Keeps state in `folder`; without a folder nothing is kept. */
export const keep = <T>(folder: string | undefined, name: string): Kept<T> => {
  if (folder === undefined) return { last: undefined, from: () => ({ stop: () => undefined }) };
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  let written = read(file);
  return {
    last: written === undefined ? undefined : (JSON.parse(written) as T),
    from: (state) => {
      const write = (): void => {
        const text = JSON.stringify(state());
        if (text === written) return;
        // Written beside and moved: a crash leaves the old file or the new one, never half of one.
        writeFileSync(`${file}.new`, text);
        renameSync(`${file}.new`, file);
        written = text;
      };
      const timer = setInterval(write, EVERY_MS).unref();
      return {
        stop: () => {
          clearInterval(timer);
          write();
        },
      };
    },
  };
};

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};
