// Contract 2.2: the same date comes in several spellings. Kept as sent, each would look like another term.
import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { PROJECT } from '../support/source-files.ts';

const READ = `
import { readSubscription } from './src/adapters/marketplace/wire.ts';
const read = (spelt) => {
  const { term, createdAt } = readSubscription(
    JSON.stringify({ id: '1', created: spelt, term: { termUnit: 'P1M', startDate: spelt, endDate: spelt } }),
  );
  return [term.startDate, term.endDate, createdAt];
};
console.log(JSON.stringify(process.argv.slice(1).map(read)));
`;

/** In a process of its own: local time is not UTC there, wherever the test runs. */
const readInAuckland = (spelt: string[]): unknown =>
  JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', READ, ...spelt], {
      cwd: PROJECT,
      env: { TZ: 'Pacific/Auckland' },
      encoding: 'utf8',
    }),
  );

const SPELT: [string, string | null][] = [
  ['2026-11-21T00:00:00Z', '2026-11-21T00:00:00Z'],
  ['2026-11-21', '2026-11-21T00:00:00Z'],
  ['2026-11-21T00:00:00', '2026-11-21T00:00:00Z'],
  ['2026-11-21T00:00:00.0000000', '2026-11-21T00:00:00Z'],
  ['2026-11-21T00:00:00.0000000Z', '2026-11-21T00:00:00Z'],
  ['2026-11-21T01:00:00+01:00', '2026-11-21T00:00:00Z'],
  ['2026-11-20T19:00:00-0500', '2026-11-21T00:00:00Z'],
  ['11/21/2026 12:00:00 AM', '2026-11-21T00:00:00Z'],
  ['2026-11-21T10:00:00.1234567Z', '2026-11-21T10:00:00.123Z'],
  ['0001-01-01T00:00:00', null],
  ['soon', null],
];

test('dates of a term and of a purchase are the same instant in one spelling, without a zone in UTC', () => {
  expect(readInAuckland(SPELT.map(([spelt]) => spelt))).toEqual(
    SPELT.map(([, instant]) => [instant, instant, instant]),
  );
});
