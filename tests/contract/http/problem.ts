import { expect } from '@jest/globals';
import type { Answer, Problem } from '../../support/api.ts';

const REFERENCE = /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Asserts that an answer is this error in the form that all errors have (P10), and answers its body. */
export const expectProblem = (
  { status, headers, problem }: Answer,
  wanted: [status: number, code: string],
): Problem => {
  expect([status, problem.code]).toEqual(wanted);
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(problem).toMatchObject({
    type: `urn:pegasus:problem:${problem.code}`,
    title: expect.stringMatching(/^[A-Z].+/),
    status,
    detail: expect.stringMatching(/^[A-Z].+\.$/),
    instance: expect.stringMatching(REFERENCE),
  });
  return problem;
};
