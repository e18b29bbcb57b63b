import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { startStage } from '../../model/play.ts';
import { story } from '../../model/steps.ts';

/** A few stories of the many that `npm run model` plays: record = Marketplace, workspace = record, every effect once (P1 to P4). */
let stage: Awaited<ReturnType<typeof startStage>>;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

test('whatever happens in whatever order, everything ends as promised', async () => {
  const property = fc.asyncProperty(story(10), async (steps) => {
    expect(await stage.play(steps)).toEqual([]);
  });
  await fc.assert(property, { numRuns: 4, seed: 20_261_121, endOnFailure: true });
}, 180_000);
