/** What is kept in the tab until it is closed. Every page has its own prefix, so that neither reads the other's. */
export type Memory = {
  /** What was written, or `undefined`: only this page's own code wrote it. */
  read(name: string): unknown;
  write(name: string, kept: unknown): void;
  forget(name: string): void;
};

/** Session storage, or nothing at all where the browser forbids it. */
export const tabMemory = (prefix: string): Memory => ({
  read(name) {
    try {
      const text = sessionStorage.getItem(prefix + name);
      return text === null ? undefined : (JSON.parse(text) as unknown);
    } catch {
      return undefined;
    }
  },
  write(name, kept) {
    try {
      sessionStorage.setItem(prefix + name, JSON.stringify(kept));
    } catch {
      // The next page load finds nothing and says so.
    }
  },
  forget(name) {
    try {
      sessionStorage.removeItem(prefix + name);
    } catch {
      // Nothing was kept.
    }
  },
});

/** Whether what is written is there again: a browser may forbid it, or have no room. */
export const remembers = (memory: Memory): boolean => {
  memory.write('probe', true);
  const isKept = memory.read('probe') === true;
  memory.forget('probe');
  return isKept;
};
