import { expect, test } from '@jest/globals';
import { CATALOGUE } from '../../../src/application/checks/catalogue.ts';
import { readText } from '../../support/source-files.ts';

const sections = readText('docs/doctor.md').split(/^### /m).slice(1);
const PARTS = ['Fails when', 'Click', 'Again', 'Provoke'];

test('docs/doctor.md has a section for each check, in their order, that says what the check proves', () => {
  expect(sections.map((text) => /^`([\w-]+)`/.exec(text)?.[1])).toEqual(CATALOGUE.map(({ id }) => id));
  for (const [index, { title, proves }] of CATALOGUE.entries())
    expect(sections[index]).toContain(`**${title}.** ${proves}`);
});

test.each(CATALOGUE.map(({ id }, index) => [id, sections[index] ?? '']))(
  '%s: cause, where to click, how to re-test',
  (_, text) => {
    for (const part of PARTS) expect(text).toMatch(new RegExp(`^- ${part}: \\S.*\\.$`, 'm'));
  },
);

test('ids are names that may stand in a log and on a command line, each once', () => {
  const ids = CATALOGUE.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
});
