import type { Page } from 'playwright-core';
import type { View } from '../../../src/application/view.ts';
import { eventually } from '../../support/eventually.ts';
import { fetched, inDays, lookAgain, minutesAgo, refusing, type State, visit, visitAs, visitSeeing } from './driver.ts';
import { active, once } from './purchases.ts';

const team = once((site) => active(site, { planId: 'team', quantity: 7, purchaser: 'buyer' }));
const resold = once((site) =>
  active(site, { planId: 'team', quantity: 7, purchaser: 'reseller', beneficiary: 'buyer' }),
);

type Show = State['show'];

const main = (page: Page) => page.getByRole('main');

/** Presses these, one after the other, by their place: the words are of either language. */
const pressing = async (page: Page, selectors: string[]): Promise<void> => {
  for (const selector of selectors) await main(page).locator(selector).click();
};

const MENU = 'button.button.second';
const PLAN = 'section[aria-labelledby=holding] button >> nth=0';
const USERS = 'section[aria-labelledby=holding] button >> nth=1';
const END = 'section[aria-labelledby=end] button';
const CONTINUE = 'form button[type=submit]';

const going =
  (...selectors: string[]): Show =>
  async (page, site, bought) => {
    await visit(page, site, bought, 'buyer');
    await pressing(page, [MENU, ...selectors]);
  };

const typing =
  (text: string): Show =>
  async (page, site, bought) => {
    await going(USERS)(page, site, bought);
    await page.locator('#users').fill(text);
    await pressing(page, [CONTINUE]);
  };

/** The API refuses what is sent, and answers everything else. */
const refusingChange = (page: Page, body: Record<string, unknown>): Promise<unknown> =>
  page.route(/\/api\/subscriptions\/[^/]+$/, (route) =>
    ['PATCH', 'DELETE'].includes(route.request().method())
      ? route.fulfill({
          status: 409,
          headers: { 'access-control-allow-origin': '*', 'content-type': 'application/problem+json' },
          body: JSON.stringify({ instance: 'urn:uuid:5d4a3c1e-0b7e-4a52-9a07-5c2f4f1d8a11', ...body }),
        })
      : route.fallback(),
  );

const pending = (asked: Partial<NonNullable<View['pendingOperation']>>) => () => ({
  badge: 'Change in progress',
  pendingOperation: { action: 'ChangePlan', since: minutesAgo(2), ...asked },
});

/** A change was under way when the page was opened, and then no longer is. */
const seeingTheEndOf =
  (asked: Partial<NonNullable<View['pendingOperation']>>): Show =>
  async (page, site, bought) => {
    let isUnderWay = true;
    await visitSeeing('buyer', () => (isUnderWay ? pending(asked)() : {}))(page, site, bought);
    await main(page).locator('.bought').waitFor();
    const before = await main(page).locator('h1').innerText();
    isUnderWay = false;
    await eventually(
      async () => {
        await lookAgain(page);
        return main(page).locator('h1').innerText();
      },
      (title) => title !== before,
    );
  };

const notAllowed =
  (reason: string) =>
  ({ allowedOperations }: View) => ({
    allowedOperations: allowedOperations.map((one) => ({ ...one, allowed: false, reason })),
  });

const seeing =
  (change: Parameters<typeof visitSeeing>[1], ...selectors: string[]): Show =>
  async (page, site, bought) => {
    await visitSeeing('buyer', change)(page, site, bought);
    await pressing(page, [MENU, ...selectors]);
  };

/** Changing and cancelling a subscription that runs. */
export const MANAGED: State[] = [
  {
    name: 'managing: what there is',
    title: 'manage.title',
    says: ['manage.cancel.text'],
    offers: ['manage.change-plan', 'manage.change-users', 'manage.cancel', 'manage.back'],
    prepare: team,
    show: going(),
  },
  {
    name: 'managing: while Microsoft is asked',
    title: 'manage.title',
    says: ['manage.loading'],
    prepare: team,
    show: async (page, site, bought) => {
      await page.route(/\/plans$/, () => {});
      await going()(page, site, bought);
    },
  },
  {
    name: 'managing: the plans',
    title: 'manage.plan.title',
    offers: ['manage.continue', 'manage.back'],
    prepare: team,
    show: going(PLAN),
  },
  {
    name: 'managing: no plan chosen',
    focus: 'summary',
    title: 'manage.plan.title',
    says: ['form.faults', 'manage.plan.none'],
    prepare: team,
    show: going(PLAN, CONTINUE),
  },
  {
    name: 'managing: a plan that is not sold',
    title: 'manage.plan.title',
    says: ['manage.why.not-sold'],
    prepare: team,
    show: async (page, site, bought) => {
      await page.route(/\/plans$/, async (route) => {
        if (route.request().method() === 'OPTIONS') return route.fallback();
        const response = await fetched(route);
        const answer = (await response.json()) as { plans: Record<string, unknown>[] };
        const plans = answer.plans.map((plan, at) =>
          at === 1 ? { ...plan, allowed: false, reason: 'change-not-sold' } : plan,
        );
        return route.fulfill({ response, json: { ...answer, plans } });
      });
      await going(PLAN)(page, site, bought);
    },
  },
  {
    name: 'managing: users that are no number',
    focus: 'summary',
    title: 'manage.users.title',
    says: ['form.faults', 'manage.users.whole'],
    prepare: team,
    show: typing('many'),
  },
  {
    name: 'managing: as many users as before',
    focus: 'summary',
    title: 'manage.users.title',
    says: [['manage.users.same', { quantity: '7' }]],
    prepare: team,
    show: typing('7'),
  },
  {
    name: 'managing: another plan beside the old one',
    title: 'manage.check.title',
    says: ['manage.now', 'manage.new', 'manage.check.prorated', 'manage.check.usage', 'manage.check.when'],
    offers: ['manage.check.button', 'manage.back'],
    prepare: team,
    show: going(PLAN, 'label.choice >> nth=0', CONTINUE),
  },
  {
    name: 'managing: Microsoft refuses the change',
    focus: 'notice',
    title: 'manage.check.title',
    says: ['manage.refused.title', ['manage.why.refused', { reason: 'QuotaExceeded' }]],
    offers: ['manage.check.button'],
    prepare: team,
    show: async (page, site, bought) => {
      await refusingChange(page, { code: 'change-refused', reason: 'QuotaExceeded' });
      await typing('12')(page, site, bought);
      await pressing(page, ['[aria-describedby=means]']);
    },
  },
  {
    name: 'managing: cancelling',
    title: 'manage.cancel.title',
    says: [
      'manage.cancel.access',
      'manage.cancel.billing',
      'manage.cancel.usage',
      ['manage.cancel.kept', inDays(30)],
      'manage.cancel.final',
    ],
    offers: ['manage.cancel.button', 'manage.cancel.keep'],
    prepare: team,
    show: going(END),
  },
  {
    name: 'managing: bought through a reseller',
    title: 'manage.title',
    says: ['manage.price.resold'],
    prepare: resold,
    show: going(),
  },
  {
    name: 'managing: Microsoft does not allow it here',
    title: 'manage.title',
    says: ['manage.why.elsewhere'],
    leavesOut: ['manage.change-plan', 'manage.cancel.text'],
    offers: ['reopen.link'],
    prepare: team,
    show: seeing(notAllowed('change-not-allowed')),
  },
  {
    name: 'managing: suspended',
    title: 'manage.title',
    says: ['manage.why.not-active', 'manage.cancel.text'],
    offers: ['manage.cancel'],
    prepare: team,
    show: seeing(({ allowedOperations }) => ({
      stage: 'suspended',
      badge: 'Suspended',
      marketplaceStatus: 'Suspended',
      allowedOperations: allowedOperations.map((one) =>
        one.name === 'cancel' ? one : { ...one, allowed: false, reason: 'not-active' },
      ),
    })),
  },
  {
    name: 'managing: Microsoft does not say what there is',
    focus: 'notice',
    title: 'manage.title',
    says: ['problem.marketplace.title'],
    offers: ['problem.retry', 'manage.back'],
    prepare: team,
    show: async (page, site, bought) => {
      await refusing(page, /\/plans$/, 503, { code: 'marketplace-unavailable' });
      await going()(page, site, bought);
    },
  },
  {
    name: 'managing cannot be loaded',
    focus: 'notice',
    title: 'active.title',
    says: ['problem.network.title'],
    offers: ['active.manage'],
    prepare: team,
    show: async (page, site, bought) => {
      await page.route(/assets\/manage-/, (route) => route.abort());
      await going()(page, site, bought);
    },
  },
  {
    name: 'active, for a colleague',
    title: 'active.title',
    says: ['active.text', ['active.colleague', { who: 'bea@contoso.example' }]],
    leavesOut: ['active.manage'],
    offers: [['ready.ask', { who: 'bea@contoso.example' }]],
    prepare: team,
    show: visitAs('colleague'),
  },
  {
    name: 'a change of plan in progress',
    title: 'changing.title',
    says: ['changing.title'],
    leavesOut: ['changing.cancel', 'active.manage'],
    prepare: team,
    show: visitSeeing('buyer', pending({ planId: 'starter' })),
  },
  {
    name: 'a cancellation in progress',
    title: 'changing.title',
    says: ['changing.cancel'],
    prepare: team,
    show: visitSeeing('buyer', pending({ action: 'Unsubscribe' })),
  },
  {
    name: 'a change that was made',
    title: 'active.title',
    says: ['changed.done'],
    prepare: team,
    show: seeingTheEndOf({ planId: 'team' }),
  },
  {
    name: 'a change that Microsoft did not make',
    title: 'active.title',
    says: ['changed.refused'],
    leavesOut: ['changed.done'],
    prepare: team,
    show: seeingTheEndOf({ planId: 'starter' }),
  },
];
