import { PUBLISHER_TENANT } from '../../../local/people.ts';
import { signInAs } from '../../support/site.ts';
import { refusing, type State, visit } from './driver.ts';
import { starter } from './purchases.ts';

const FOREIGN_ANSWER = '#code=a-code&state=of-another-tab';

/** An arrival at the landing page, up to the sign-in. */
export const ARRIVING: State[] = [
  {
    name: 'no purchase token',
    title: 'no-purchase.title',
    show: async (page, site) => {
      await page.goto(site.landingUrl);
    },
  },
  {
    name: 'being taken to the sign-in',
    title: 'working.sign-in',
    says: ['working.sign-in.note'],
    prepare: starter,
    show: async (page, _site, bought) => {
      // To an answer without content no browser goes.
      await page.route(/\/authorize/, (route) => route.fulfill({ status: 204 }));
      await page.goto(bought.landingUrl);
    },
  },
  {
    name: 'the purchase being opened',
    title: 'working.open',
    says: ['working.open.note'],
    prepare: starter,
    show: async (page, site, bought) => {
      await page.route(/\/api\/resolve$/, () => {});
      await visit(page, site, bought, 'buyer');
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
  },
  {
    name: 'back from the sign-in page',
    title: 'sign-in.interrupted.title',
    says: ['sign-in.interrupted.text'],
    offers: ['sign-in.button'],
    prepare: starter,
    show: async (page, _site, bought) => {
      await page.goto(bought.landingUrl);
      await page.getByRole('button', { name: 'Cancel' }).waitFor();
      await page.goBack();
    },
  },
  {
    name: 'sign-in cancelled',
    title: 'sign-in.cancelled.title',
    says: ['sign-in.cancelled.text', ['sign-in.code', { code: 'AADSTS65004' }]],
    offers: ['sign-in.button'],
    prepare: starter,
    show: async (page, _site, bought) => {
      await page.goto(bought.landingUrl);
      await page.getByRole('button', { name: 'Cancel' }).click();
    },
  },
  {
    name: 'sign-in failed',
    title: 'sign-in.failed.title',
    says: ['sign-in.failed.text'],
    offers: ['sign-in.button'],
    prepare: starter,
    show: async (page, site, bought) => {
      await site.entra.faults({ path: 'token', status: 500, times: 1 });
      await visit(page, site, bought, 'buyer');
    },
  },
  {
    name: 'sign-in expired',
    title: 'sign-in.expired.title',
    says: ['sign-in.expired.text'],
    offers: ['sign-in.button'],
    prepare: starter,
    show: async (page, site, bought) => {
      await refusing(page, /\/api\/resolve$/, 401, { code: 'unauthenticated' });
      await visit(page, site, bought, 'buyer');
    },
  },
  {
    name: 'a sign-in that this tab did not begin, with the purchase',
    title: 'sign-in.unknown.title',
    says: ['sign-in.unknown.text'],
    offers: ['sign-in.button'],
    prepare: starter,
    show: async (page, site, bought) => {
      await page.goto(bought.landingUrl);
      await page.getByRole('button', { name: 'Cancel' }).waitFor();
      await page.goto(site.landingUrl + FOREIGN_ANSWER);
    },
  },
  {
    name: 'purchase token lost during the sign-in',
    title: 'lost.title',
    says: ['lost.text', 'reopen.text'],
    offers: ['reopen.link'],
    show: async (page, site) => {
      await page.goto(site.landingUrl + FOREIGN_ANSWER);
    },
  },
  {
    name: 'session storage blocked',
    title: 'blocked.title',
    spoilsTab: true,
    says: ['reopen.text'],
    offers: ['reopen.link'],
    prepare: starter,
    show: async (page, _site, bought) => {
      const content = `Object.defineProperty(window, 'sessionStorage', {
        get: () => { throw new DOMException('Access is denied for this document.', 'SecurityError'); },
      });`;
      await page.addInitScript({ content });
      await page.goto(bought.landingUrl);
    },
  },
  {
    name: 'administrator’s approval needed',
    title: 'approval.title',
    says: ['approval.text', ['sign-in.code', { code: 'AADSTS90094' }]],
    offers: ['approval.copy', 'approval.mail', 'sign-in.button'],
    prepare: starter,
    show: async (page, site, bought) => {
      await site.entra.needApproval(PUBLISHER_TENANT);
      await visit(page, site, bought, 'reader');
    },
  },
  {
    name: 'the administrator after approving',
    title: 'approved.title',
    says: ['approved.text'],
    prepare: starter,
    show: async (page, site, bought) => {
      await site.entra.needApproval(PUBLISHER_TENANT);
      await visit(page, site, bought, 'reader');
      const request = await page.getByRole('textbox').inputValue();
      await page.goto(/https?:\S+adminconsent\S+/.exec(request)?.[0] ?? '');
      await signInAs(page, 'operator');
    },
  },
];
