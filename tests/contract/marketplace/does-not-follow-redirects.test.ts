// Contract 2.1: answers may point at other hosts; our bearer token goes to none but the one we were told.
import { expect, test } from '@jest/globals';
import { failureOf, ID, INTERACTIVE, scripted, subscription } from './scripted-marketplace.ts';

test.each([301, 302, 303, 307, 308])('a %i is not followed and not repeated', async (status) => {
  const location = `/elsewhere/${ID}`;
  const { marketplace, requests } = await scripted([{ status, headers: { location } }, { body: subscription() }]);

  const failure = await failureOf(marketplace.get(ID, INTERACTIVE));

  expect(failure).toMatchObject({ code: 'marketplace-unavailable' });
  expect(failure.cause).toContain(`redirected with ${status}`);
  expect(requests).toHaveLength(1);
});
