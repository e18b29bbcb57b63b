import { posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type SourceFile, sourceFiles } from '../support/source-files.ts';

type Floor = { name: string; folder: RegExp; mayImport: RegExp };

/** Who may import whom (design 5). Each import is resolved to a path from the root, or is a package's name. */
const FLOORS: Floor[] = [
  { name: 'domain', folder: /^src\/domain\//, mayImport: /^src\/domain\// },
  { name: 'application', folder: /^src\/application\//, mayImport: /^(src\/(domain|application)\/|node:crypto$)/ },
  {
    name: 'inbound adapters',
    folder: /^src\/adapters\/(http|queue)\//,
    mayImport:
      /^(src\/(domain|application)\/|src\/adapters\/(http|queue|logging)\/|node:|zod\/mini$|@azure\/functions$)/,
  },
  {
    name: 'outbound adapters',
    folder: /^src\/adapters\/(entra|marketplace|storage|email|workspace|logging|web)\//,
    mayImport:
      /^(src\/(domain|application)\/|src\/adapters\/(entra|marketplace|storage|email|workspace|logging)\/|node:|zod\/mini$|jose$|@azure\/)/,
  },
  {
    name: 'config',
    folder: /^src\/(config|settings|setting-faults)\.ts$/,
    mayImport: /^src\/(settings|setting-faults|adapters\/storage\/connection)\.ts$/,
  },
  { name: 'composition', folder: /^src\/composition\.ts$/, mayImport: /^(src\/|node:)/ },
  { name: 'handlers', folder: /^src\/handlers\.ts$/, mayImport: /^(src\/(composition|config)\.ts|@azure\/functions)$/ },
  {
    name: 'functions',
    folder: /^functions\//,
    mayImport: /^(src\/handlers\.ts|functions\/|@azure\/functions)$|^functions\//,
  },
];

const IMPORT = /(?:from\s+|import\s+|import\()\s*'([^']+)'/g;

const importsOf = ({ path, text }: SourceFile): string[] =>
  [...text.matchAll(IMPORT)].map(([, target = '']) =>
    target.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), target)) : target,
  );

const faultsOf = (files: SourceFile[]): string[] =>
  files.flatMap((file) => {
    const floor = FLOORS.find(({ folder }) => folder.test(file.path));
    if (!floor) return [`${file.path} stands on no floor`];
    return importsOf(file)
      .filter((target) => !floor.mayImport.test(target))
      .map((target) => `${file.path} imports ${target}`);
  });

const inbound = { path: 'src/adapters/http/x.ts', text: "import { a } from '../storage/tables.ts';" };

describe('the floors', () => {
  const files = [...sourceFiles('src'), ...sourceFiles('functions')];

  test('are read whole: more than 60 files, with their imports', () => {
    expect(files.length).toBeGreaterThan(60);
    expect(files.flatMap(importsOf).length).toBeGreaterThan(200);
  });

  test('hold: nobody imports what is above', () => {
    expect(faultsOf(files)).toEqual([]);
  });

  test.each([
    ['a domain that imports a package', { path: 'src/domain/x.ts', text: "import * as z from 'zod/mini';" }],
    [
      'a use case that imports an adapter',
      { path: 'src/application/x.ts', text: "import { a } from '../adapters/http/body.ts';" },
    ],
    ['an inbound adapter that imports an outbound one', inbound],
    [
      'an adapter that imports the composition',
      { path: 'src/adapters/email/x.ts', text: "import { http } from '../../composition.ts';" },
    ],
    ['a lazy import of a package by the domain', { path: 'src/domain/x.ts', text: "await import('jose');" }],
    [
      'a function with its own adapter',
      { path: 'functions/x.ts', text: "import { log } from '../src/adapters/logging/log.ts';" },
    ],
    ['a file on no floor', { path: 'src/helpers.ts', text: '' }],
  ])('are seen broken by %s', (_, file) => {
    expect(faultsOf([file])).toHaveLength(1);
  });
});

/** What only one place may do. `pattern` finds it in a line of code. */
const ONLY: { what: string; pattern: RegExp; where: RegExp }[] = [
  { what: 'reads the environment', pattern: /process\.env/, where: /^src\/config\.ts$/ },
  { what: 'asks for the time', pattern: /Date\.now\(|new Date\(\)/, where: /^src\/composition\.ts$/ },
  { what: 'writes to the console', pattern: /console\.\w+\(/, where: /^$/ },
];

const strays = (files: SourceFile[], { pattern, where }: (typeof ONLY)[number]): string[] =>
  files.filter(({ path, text }) => pattern.test(text) && !where.test(path)).map(({ path }) => path);

describe.each(ONLY)('only one place $what', (rule) => {
  test('and no other', () => {
    expect(strays([...sourceFiles('src'), ...sourceFiles('functions')], rule)).toEqual([]);
  });

  test('and another one is seen', () => {
    const text = "process.env['X']; Date.now(); console.log(1);";
    expect(strays([{ path: 'src/domain/x.ts', text }], rule)).toEqual(['src/domain/x.ts']);
  });
});
