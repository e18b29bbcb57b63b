import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { importedByPages, type Lock, readLock, shipped, toPage, unwelcome } from '../../infra/scripts/shipped.ts';
import { readText } from '../support/source-files.ts';

const lock = readLock('.');
const pages = importedByPages('.');
const packages = shipped(lock, pages);
const names = packages.map(({ name }) => name);

/** A lockfile with one more package, that `jose` brings along. */
const lockWith = (entry: Lock['packages'][string]): Lock => ({
  packages: {
    ...lock.packages,
    'node_modules/jose': { ...lock.packages['node_modules/jose'], dependencies: { novel: '1' } },
    'node_modules/novel': entry,
  },
});

describe('what is shipped', () => {
  test('is what the app depends on and what the pages import, and all that these bring along', () => {
    const { dependencies = {} } = lock.packages[''] ?? {};

    expect(names).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    expect(pages).toEqual(['oauth4webapi', 'preact']);
    expect(names).toEqual(expect.arrayContaining(['tslib', '@azure/core-client', ...pages]));
    expect(names).not.toContain('jest');
    expect(names.length).toBeGreaterThan(50);
  });

  test('is listed in docs/dependencies.md as the lockfile has it', () => {
    expect(readText('docs/dependencies.md')).toBe(toPage(packages));
  });

  test('is not as listed any more once the lockfile changes', () => {
    expect(toPage(shipped(lockWith({ version: '1.0.0', license: 'MIT' }), pages))).not.toBe(
      readText('docs/dependencies.md'),
    );
  });

  test('is under licences that ask nothing of our own code', () => {
    expect(unwelcome(packages)).toEqual([]);
  });

  test.each(['GPL-3.0-only', 'SEE LICENSE IN LICENSE', undefined])('is seen when it is under %s', (license) => {
    const entry = { version: '1.0.0', ...(license === undefined ? {} : { license }) };

    expect(unwelcome(shipped(lockWith(entry), pages)).map(({ name }) => name)).toEqual(['novel']);
  });
});

test('the software bill of materials names the same packages, as CycloneDX', () => {
  const text = execFileSync(process.execPath, ['infra/scripts/sbom.ts'], { encoding: 'utf8' });
  const bom = JSON.parse(text) as {
    bomFormat: string;
    metadata: { component: { name: string } };
    components: { name: string; version: string; scope: string; licenses: unknown[]; hashes: unknown[] }[];
    dependencies: { ref: string; dependsOn: string[] }[];
  };

  expect(bom).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'pegasus' } } });
  const named = bom.components.map(({ name, version }) => `${name}@${version}`);
  expect(named.toSorted()).toEqual(packages.map(({ name, version }) => `${name}@${version}`).toSorted());
  for (const { licenses, hashes, scope } of bom.components)
    expect([licenses.length, hashes.length, scope]).toEqual([1, 1, 'required']);
  const refs = new Set([...named, `pegasus@${lock.packages['']?.version}`]);
  for (const { ref, dependsOn } of bom.dependencies)
    expect([ref, ...dependsOn].filter((one) => !refs.has(one))).toEqual([]);
});
