import { expect, test } from '@jest/globals';
import { PROBLEMS } from '../../src/adapters/http/problem.ts';
import { readText } from '../support/source-files.ts';

test('every error code is explained in docs/errors.md with its status, and no other', () => {
  const rows = [...readText('docs/errors.md').matchAll(/^\| `([\w-]+)` *\| (\d+) *\|/gm)];
  const explained = Object.fromEntries(rows.map(([, code = '', status]) => [code, Number(status)]));

  const known = Object.fromEntries(Object.entries(PROBLEMS).map(([code, { status }]) => [code, status]));
  expect(explained).toEqual(known);
});
