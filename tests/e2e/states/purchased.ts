import type { Bought } from '../../../local/marketplace/control.ts';
import type { Site } from '../../support/site.ts';
import { daysAgo, inDays, lookAgain, minutesAgo, refusing, type State, visit, visitAs, visitSeeing } from './driver.ts';
import { begun, onboarded, once, resolved, starter, viewOf } from './purchases.ts';

const waiting = once((site) => onboarded(site, { planId: 'team', quantity: 7, purchaser: 'colleague' }));

/** Stopped: no mailbox stands behind any of the addresses. */
const unreachable = async (site: Site): Promise<Bought> => {
  const guest = { emailId: 'rita_home.example#EXT#@reseller.example' };
  const bought = await site.marketplace.purchase({ planId: 'starter', purchaser: 'reseller' });
  const { subscriptionId: id } = bought;
  await site.marketplace.change(id, { purchaser: guest, beneficiary: guest });
  await site.api.resolve('reseller', bought.purchaseToken);
  await site.api.onboard('reseller', id, { name: 'Rita Reseller', email: guest.emailId });
  await viewOf(site, 'reseller', id, ({ steps }) => steps.some(({ state }) => state === 'failed'));
  return bought;
};

const step = (name: string, state: string, also = {}) => ({ name, state, attempts: 1, ...also });

/** A purchase from the first visit to the operator's word. */
export const PURCHASED: State[] = [
  {
    name: 'a new purchase',
    title: 'resolved.title',
    says: [
      'resolved.text',
      'onboard.not-billed',
      'purchase.term-dates.none',
      'badge.pending',
      'next.title',
      'next.activate',
    ],
    offers: ['onboard.button'],
    prepare: starter,
    show: visitAs('buyer'),
  },
  {
    name: 'a new purchase that the publisher will activate',
    title: 'resolved.title',
    says: ['onboard.billing-follows'],
    leavesOut: ['next.activate', 'onboard.not-billed'],
    offers: ['onboard.button'],
    prepare: starter,
    show: visitSeeing('buyer', () => ({ activationPolicy: 'operator' })),
  },
  {
    name: 'a new purchase seen by a colleague',
    title: 'resolved.title',
    says: ['resolved.text', ['onboard.colleague', { who: 'bea@contoso.example' }]],
    leavesOut: ['next.activate'],
    offers: ['onboard.button'],
    prepare: starter,
    show: visitAs('colleague'),
  },
  {
    name: 'a reseller’s purchase',
    title: 'resolved.title',
    says: [
      ['purchase.for-another', { purchaser: 'rita@reseller.example', beneficiary: 'bea@contoso.example' }],
      ['purchase.for-another.text', { beneficiary: 'bea@contoso.example' }],
    ],
    offers: ['onboard.button'],
    prepare: (site) => resolved(site, { planId: 'starter', purchaser: 'reseller', beneficiary: 'buyer' }),
    show: visitAs('reseller'),
  },
  {
    name: 'already active through auto-activation',
    title: 'resolved.title',
    says: ['badge.pending'],
    leavesOut: ['next.activate', 'onboard.not-billed', 'purchase.term-dates.none'],
    offers: ['onboard.button'],
    prepare: (site) => resolved(site, { planId: 'growth-auto', purchaser: 'buyer' }),
    show: visitAs('buyer'),
  },
  {
    name: 'a form with mistakes',
    focus: 'summary',
    title: 'resolved.title',
    says: ['form.faults', 'form.name.missing', 'form.email.wrong'],
    offers: ['onboard.button'],
    prepare: starter,
    show: async (page, site, bought) => {
      await visit(page, site, bought, 'buyer');
      await page.locator('#name').fill('');
      await page.locator('#email').fill('bea');
      await page.locator('form .button').click();
    },
  },
  {
    name: 'an e-mail address that no mail reaches',
    focus: 'summary',
    title: 'resolved.title',
    says: ['form.faults', 'form.email.letters'],
    leavesOut: ['form.email.wrong'],
    offers: ['onboard.button'],
    prepare: starter,
    show: async (page, site, bought) => {
      await visit(page, site, bought, 'buyer');
      await page.locator('#email').fill('béa@contoso.example');
      await page.locator('form .button').click();
    },
  },
  {
    name: 'an Onboard that was refused',
    focus: 'notice',
    title: 'resolved.title',
    says: ['problem.unavailable.title', 'problem.unavailable.text'],
    offers: ['onboard.button'],
    prepare: starter,
    show: async (page, site, bought) => {
      await visit(page, site, bought, 'buyer');
      await page.locator('#email').waitFor();
      await refusing(page, /\/api\/onboard$/, 503, { code: 'storage-unavailable' });
      await page.locator('form .button').click();
    },
  },
  {
    name: 'the set-up running',
    title: 'provisioning.title',
    says: ['provisioning.text', 'billing.not-yet', 'steps.done', 'steps.busy', 'steps.waiting', 'provisioning.leave'],
    prepare: waiting,
    show: visitSeeing('colleague', () => ({
      stage: 'provisioning',
      since: minutesAgo(0),
      steps: [step('organization', 'done'), step('admin-user', 'pending'), step('notification', 'pending')],
    })),
  },
  {
    name: 'the set-up delayed: a step failed',
    title: 'delayed.title',
    says: ['delayed.text', 'billing.not-yet', 'steps.failed', 'contact.title'],
    prepare: waiting,
    show: visitSeeing('colleague', () => ({
      stage: 'provisioning',
      next: { who: 'publisher', action: 'retry' },
      steps: [
        step('organization', 'done'),
        step('admin-user', 'failed', { code: 'workspace-refused' }),
        step('notification', 'done'),
      ],
    })),
  },
  {
    name: 'the set-up stopped: no address reaches the administrator',
    title: 'unreachable.title',
    says: ['unreachable.text', 'billing.not-yet', 'form.title', 'onboard.terms'],
    leavesOut: ['delayed.text', 'contact.title'],
    offers: ['onboard.button'],
    prepare: unreachable,
    show: visitAs('reseller'),
  },
  {
    name: 'the set-up of a billed purchase, begun before anybody asked for it',
    title: 'resolved.title',
    says: [['resolved.billed-since', inDays(0)], 'form.title'],
    leavesOut: ['provisioning.text', 'delayed.text', 'onboard.not-billed', 'next.activate'],
    offers: ['onboard.button'],
    prepare: (site) => begun(site, { planId: 'growth-auto', purchaser: 'stranger' }),
    show: visitAs('stranger'),
  },
  {
    name: 'the set-up begun by the publisher before anybody asked for it',
    title: 'resolved.title',
    says: ['resolved.text', 'onboard.not-billed'],
    leavesOut: ['provisioning.text', 'delayed.text'],
    offers: ['onboard.button'],
    prepare: (site) => begun(site, { planId: 'starter', purchaser: 'personal' }),
    show: visitAs('personal'),
  },
  {
    name: 'a contact that is corrected with mistakes',
    focus: 'summary',
    title: 'awaiting.title',
    says: ['contact.text', 'form.faults', 'form.email.wrong'],
    leavesOut: ['onboard.terms'],
    offers: ['contact.button'],
    prepare: waiting,
    show: async (page, site, bought) => {
      await visit(page, site, bought, 'colleague');
      await page.locator('summary').click();
      await page.locator('#email').fill('carl');
      await page.locator('form .button').click();
    },
  },
  {
    name: 'a contact that was corrected',
    focus: 'notice',
    title: 'awaiting.title',
    says: ['contact.done', 'contact.title'],
    leavesOut: ['contact.text', 'onboard.done'],
    prepare: waiting,
    show: async (page, site, bought) => {
      await visit(page, site, bought, 'colleague');
      await page.locator('summary').click();
      await page.locator('#email').fill('carl.colleague@contoso.example');
      await page.locator('form .button').click();
    },
  },
  {
    name: 'the set-up delayed: a step is tried again',
    title: 'delayed.title',
    says: ['delayed.text', 'steps.retry'],
    prepare: waiting,
    show: visitSeeing('colleague', () => ({
      stage: 'provisioning',
      since: minutesAgo(1),
      steps: [
        step('organization', 'done'),
        step('admin-user', 'pending', { attempts: 3, nextTryAt: minutesAgo(-1) }),
        step('notification', 'pending'),
      ],
    })),
  },
  {
    name: 'the set-up delayed: it has waited long',
    title: 'delayed.title',
    says: ['delayed.text'],
    prepare: waiting,
    show: visitSeeing('colleague', () => ({
      stage: 'provisioning',
      since: minutesAgo(11),
      steps: [step('organization', 'pending'), step('admin-user', 'pending'), step('notification', 'pending')],
    })),
  },
  {
    name: 'waiting for the operator',
    title: 'awaiting.title',
    says: ['provisioning.text', 'billing.not-yet', 'steps.title', ['pending.until', inDays(30)]],
    prepare: waiting,
    show: visitAs('colleague'),
  },
  {
    name: 'waiting for the operator, the organization being there already',
    title: 'awaiting.title',
    says: ['steps.held'],
    prepare: async (site) => {
      await waiting(site);
      return onboarded(site, { planId: 'starter', purchaser: 'colleague' });
    },
    show: visitAs('colleague'),
  },
  {
    name: 'the service out of reach while the page is open',
    title: 'awaiting.title',
    says: ['steps.offline'],
    prepare: waiting,
    show: async (page, site, bought) => {
      await visit(page, site, bought, 'colleague');
      await page.getByRole('heading', { level: 1, name: /Unifize$/ }).waitFor();
      await page.route(/\/api\/subscriptions\//, (route) => route.abort());
      await lookAgain(page);
      await page.locator('.notice.wait').waitFor();
    },
  },
  {
    name: 'a purchase that lapsed: nobody activated it in time',
    title: 'lapsed.title',
    says: ['lapsed.text'],
    leavesOut: ['purchase.term-dates.none'],
    prepare: starter,
    show: visitSeeing('buyer', () => ({ deadlines: { pendingUntil: daysAgo(1) } })),
  },
];
