import { globSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { LOG_EVENTS } from '../../src/application/log-events.ts';
import { PROJECT, readText } from '../support/source-files.ts';

/** Folders of the project: a word in code that begins with one of them is a path. */
const FOLDERS = /^(?:\.github|docs|doctor|functions|infra|local|src|static-landing|tests)\//;

/** Pages that name tests by their place below tests/. */
const NAMING_TESTS = ['docs/promises.md', 'docs/security.md', 'docs/partner-center.md'];
const LEVELS = /^(?:architecture|contract|e2e|unit)\//;

const pages = (): string[] => [
  'README.md',
  'SECURITY.md',
  ...readdirSync(join(PROJECT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const exists = (path: string): boolean => statSync(join(PROJECT, path), { throwIfNoEntry: false }) !== undefined;

const FENCED = /^ *```[^\n]*\n([\s\S]*?)^ *```/gm;
const SPAN = /`([^`\n]+)`/g;

/** What stands between fences and between backticks. */
const codeIn = (text: string): string[] => [
  ...[...text.matchAll(FENCED)].map(([, code = '']) => code),
  ...[...text.replaceAll(FENCED, '').matchAll(SPAN)].map(([, code = '']) => code),
];

/** The anchors of a page's headings, as GitHub makes them; a heading that comes again gets a number. */
const anchorsIn = (text: string): string[] => {
  const seen = new Map<string, number>();
  return [...text.replaceAll(FENCED, '').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = plain
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
};

/** Relative links that lead nowhere, or to a heading that is not there. */
const linkFaults = (path: string, text: string): string[] =>
  [
    ...text
      .replaceAll(FENCED, '')
      .replaceAll(SPAN, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ].flatMap(([, link = '']) => {
    if (/^[a-z]+:/.test(link)) return [];
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : posix.join(posix.dirname(path), file);
    if (target !== path && !exists(target)) return [`${path}: there is no ${link}`];
    if (anchor === undefined) return [];
    const page = target === path ? text : readText(target);
    return anchorsIn(page).includes(anchor) ? [] : [`${path}: there is no heading ${link}`];
  });

/** `a/{b,c}` as `a/b` and `a/c`. */
const unfolded = (path: string): string[] => {
  const [, before, inner, after] = /^(.*)\{([^}]*)\}(.*)$/.exec(path) ?? [];
  return inner === undefined ? [path] : inner.split(',').map((part) => `${before}${part}${after}`);
};

const isThere = (path: string): boolean =>
  path.includes('*') ? globSync(path, { cwd: PROJECT }).length > 0 : exists(path.split('#')[0] ?? '');

const wordsIn = (text: string): string[] =>
  codeIn(text).flatMap((code) => code.split(/[\s"']+/).map((word) => word.replace(/[.,;:)\]]+$/, '')));

/** Paths in code that are not there; below tests/ a test may be named without its ending. */
const pathFaults = (path: string, text: string): string[] => {
  const named = wordsIn(text).filter((word) => FOLDERS.test(word));
  const tests = NAMING_TESTS.includes(path) ? wordsIn(text).filter((word) => LEVELS.test(word)) : [];
  return [
    ...named.flatMap(unfolded).filter((word) => !isThere(word)),
    ...tests.flatMap(unfolded).filter((word) => !isThere(`tests/${word}`) && !isThere(`tests/${word}.test.ts`)),
  ].map((word) => `${path}: there is no ${word}`);
};

/** Log events that nobody logs; `PEG_STEP_*` stands for several. */
const eventFaults = (path: string, text: string): string[] =>
  [...text.matchAll(/PEG_[A-Z_]+\b(\*?)/g)]
    .filter(([event, star]) => star === '' && !(event in LOG_EVENTS))
    .map(([event]) => `${path}: nobody logs ${event}`);

describe.each(pages())('%s', (path) => {
  const text = readText(path);

  test('links to files and headings that are there', () => {
    expect(linkFaults(path, text)).toEqual([]);
  });

  test('names files and tests that are there', () => {
    expect(pathFaults(path, text)).toEqual([]);
  });

  test('names events that are logged', () => {
    expect(eventFaults(path, text)).toEqual([]);
  });
});

describe('what is wrong in a page is seen', () => {
  test.each([
    ['a file that is not there', '[x](nowhere.md)'],
    ['a file seen from the wrong folder', '[x](docs/errors.md)'],
    ['a heading that is not there', '[x](errors.md#nowhere)'],
    ['a heading that this page does not have', '## Here\n[x](#there)'],
    ['the second of two headings of one name', '## Here\n## Here\n[x](#here-2)'],
  ])('in a link: %s', (_, text) => {
    expect(linkFaults('docs/page.md', text)).toHaveLength(1);
  });

  test('and what is right is not: addresses, headings of any spelling, what stands in code', () => {
    const text =
      '## 1. A `b` & [c](errors.md)\n## Here\n## Here\n[x](#1-a-b--c) [x](#here-1) [x](https://a.example#b) `[x](y)`\n[x](..)';
    expect(linkFaults('docs/page.md', text)).toEqual([]);
  });

  test.each([
    ['a file', '`src/nowhere.ts`'],
    ['a folder', '`tests/nowhere/`'],
    ['one of two', '`src/{config,nowhere}.ts`'],
    ['nothing that fits', '`docs/nowhere*.md`'],
    ['a script in a command', '```sh\nbash infra/scripts/nowhere.sh dev\n```'],
    ['a test by its name', '`unit/nowhere`'],
  ])('in code: %s', (_, text) => {
    expect(pathFaults('docs/promises.md', text)).toHaveLength(1);
  });

  test('an event', () => {
    expect(eventFaults('x', '`PEG_SWEPT`, `PEG_STEP_*` and `PEG_SLEPT`')).toEqual(['x: nobody logs PEG_SLEPT']);
  });
});

const alerts = (): { name: string; events: string[] }[] =>
  [...readText('infra/modules/alerts.bicep').matchAll(/name: '([\w-]+)'\n +title: [\s\S]*?\n {2}\}/g)].map(
    ([rule, name = '']) => ({ name, events: rule.match(/PEG_[A-Z_]+/g) ?? [] }),
  );

test('every alert has a section in the runbook that asks for its events', () => {
  const sections = readText('docs/runbook.md').split(/^## /m);
  const without = alerts().filter(({ name, events }) => {
    const section = sections.find((one) => one.startsWith(`${name}\n`)) ?? '';
    return !events.every((event) => section.includes(event));
  });
  expect(alerts().length).toBeGreaterThan(5);
  expect(without).toEqual([]);
});

test.each(['PEG_ERASURE_STOPPED', 'PEG_WORKSPACE_FAILED', 'PEG_CANARY_RED'])('somebody is woken by %s', (event) => {
  const loud = alerts().filter(({ name }) => !name.endsWith('-silent'));
  expect(loud.filter(({ events }) => events.includes(event))).toHaveLength(1);
});

test('alerts and checks send people to the runbook', () => {
  const bicep = readText('infra/modules/alerts.bicep');
  expect(bicep.match(/description: .*docs\/.*/g)).toEqual(Array(2).fill(expect.stringContaining('docs/runbook.md#${')));
  for (const path of globSync('src/application/checks/*.ts', { cwd: PROJECT }))
    expect(readText(path)).not.toContain('docs/operations.md');
});
