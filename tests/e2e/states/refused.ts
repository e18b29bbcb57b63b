import { CONTOSO_TENANT, RESELLER_TENANT } from '../../../local/people.ts';
import { lookAgain, refusing, type State, visit, visitAs, visitRefused } from './driver.ts';
import { onboarded, once, resolved, starter } from './purchases.ts';

const REFERENCE = ['problem.reference', { reference: '5d4a3c1e-0b7e-4a52-9a07-5c2f4f1d8a11' }] as const;

const tampered = (purchaseToken: string): string =>
  `${purchaseToken.startsWith('A') ? 'B' : 'A'}${purchaseToken.slice(1)}`;

const waiting = once((site) => onboarded(site, { planId: 'starter', purchaser: 'stranger' }));

/** The purchase is not shown, and why. */
export const REFUSED: State[] = [
  {
    name: 'expired or invalid purchase token',
    title: 'problem.token.title',
    says: ['problem.token.text', 'reopen.text'],
    offers: ['reopen.link'],
    prepare: starter,
    show: async (page, site, bought) => {
      await visit(page, site, { ...bought, subscriptionId: bought.subscriptionId }, 'buyer');
      await page.goto(`${site.landingUrl}?token=${encodeURIComponent(tampered(bought.purchaseToken))}`);
      await page.locator('button[value="buyer"]').click();
    },
  },
  {
    name: 'wrong account',
    title: ['problem.party.title', { account: 'sam@fabrikam.example' }],
    says: ['problem.party.text', ['problem.tenant', { id: CONTOSO_TENANT }]],
    offers: ['problem.purchasing-organization', 'problem.other-account'],
    prepare: starter,
    show: visitAs('stranger'),
  },
  {
    name: 'guest, signed in at home',
    title: ['problem.party.title', { account: 'gus_partner.example#EXT#@contoso.example' }],
    says: ['problem.party.text'],
    offers: ['problem.purchasing-organization', 'problem.other-account'],
    prepare: starter,
    show: visitAs('guest'),
  },
  {
    name: 'wrong account at a reseller’s purchase',
    title: ['problem.party.title', { account: 'sam@fabrikam.example' }],
    says: [
      ['problem.tenant', { id: CONTOSO_TENANT }],
      ['problem.tenant', { id: RESELLER_TENANT }],
    ],
    offers: ['problem.using-organization', 'problem.purchasing-organization', 'problem.other-account'],
    prepare: (site) => resolved(site, { planId: 'starter', purchaser: 'reseller', beneficiary: 'buyer' }),
    show: visitAs('stranger'),
  },
  {
    name: 'wrong account at the purchase of a personal account',
    title: ['problem.party-alone.title', { account: 'paul@outlook.example' }],
    says: ['problem.party-alone.text'],
    offers: ['problem.other-account'],
    prepare: (site) => resolved(site, { planId: 'starter', purchaser: 'personal' }),
    show: visitAs('personal-other'),
  },
  {
    name: 'Microsoft unavailable',
    title: 'problem.marketplace.title',
    says: ['problem.marketplace.text'],
    offers: ['problem.retry'],
    prepare: starter,
    show: async (page, site, bought) => {
      await site.marketplace.faults({ operation: 'resolve', status: 503, retryAfterSeconds: 120, times: 1 });
      await visit(page, site, bought, 'buyer');
    },
  },
  {
    name: 'too many requests',
    title: 'problem.busy.title',
    says: ['problem.busy.text', [...REFERENCE]],
    offers: ['problem.retry'],
    prepare: starter,
    show: visitRefused('buyer', 429, { code: 'too-many-requests', retryAfterSeconds: 30 }),
  },
  {
    name: 'a part of the service is down',
    title: 'problem.unavailable.title',
    says: ['problem.unavailable.text'],
    offers: ['problem.retry'],
    prepare: starter,
    show: visitRefused('buyer', 503, { code: 'storage-unavailable' }),
  },
  {
    name: 'a failure on our side',
    title: 'problem.internal.title',
    says: ['problem.internal.text', [...REFERENCE]],
    offers: ['problem.retry'],
    prepare: starter,
    show: visitRefused('buyer', 500, { code: 'internal-error' }),
  },
  {
    name: 'a request that the service does not understand',
    title: 'problem.request.title',
    says: ['problem.request.text'],
    offers: ['problem.retry'],
    prepare: starter,
    show: visitRefused('buyer', 400, { code: 'invalid-request' }),
  },
  {
    name: 'no connection',
    title: 'problem.network.title',
    says: ['problem.network.text'],
    offers: ['problem.retry'],
    prepare: starter,
    show: async (page, site, bought) => {
      await page.route(/\/api\/resolve$/, (route) => route.abort());
      await visit(page, site, bought, 'buyer');
    },
  },
  {
    name: 'access ended while the page was open',
    title: 'problem.not-found.title',
    says: ['problem.not-found.text', 'reopen.text'],
    offers: ['reopen.link'],
    prepare: waiting,
    show: async (page, site, bought) => {
      await visit(page, site, bought, 'stranger');
      await page.getByRole('list').first().waitFor();
      await refusing(page, /\/api\/subscriptions\//, 404, { code: 'subscription-not-found' });
      await lookAgain(page);
    },
  },
  {
    name: 'cancelled before Onboard was pressed',
    title: 'problem.cancelled.title',
    says: ['problem.cancelled.text'],
    prepare: starter,
    show: async (page, site, bought) => {
      await visit(page, site, bought, 'buyer');
      await page.locator('#email').waitFor();
      await refusing(page, /\/api\/onboard$/, 409, { code: 'subscription-cancelled' });
      await page.locator('form .button').click();
    },
  },
];
