// Contract 2.2: `puid` may be null; a missing party is nobody, never a crash.
import { expect, test } from '@jest/globals';
import { BACKGROUND, ID, scripted, subscription } from './scripted-marketplace.ts';

const NOBODY = { tenantId: '', objectId: '', email: '' };

test.each([undefined, null, {}, 'someone', { emailId: null, objectId: 7, puid: null }])(
  'parties given as %j are empty strings',
  async (party) => {
    const { marketplace } = await scripted([{ body: subscription({ purchaser: party, beneficiary: party }) }]);

    expect(await marketplace.get(ID, BACKGROUND)).toMatchObject({ purchaser: NOBODY, beneficiary: NOBODY });
  },
);
