import { eventually } from '../../support/eventually.ts';
import type { Site } from '../../support/site.ts';
import { inDays, refusing, type State, visit, visitAs, visitSeeing } from './driver.ts';
import { active, changed, confirmed, inTurn, once, stage, starter, viewOf } from './purchases.ts';
import { type Language, say } from './words.ts';

const ready = once((site) => confirmed(site, { planId: 'team', quantity: 7, purchaser: 'colleague' }));
const running = once((site) => active(site, { planId: 'team', quantity: 7, purchaser: 'stranger' }));

/** Asks for the activation while Microsoft behaves as told. */
const activated = async (site: Site, wanted: 'activating' | 'activation-failed', misbehave: () => Promise<unknown>) => {
  const bought = await confirmed(site, { planId: 'starter', purchaser: 'personal' });
  const { subscriptionId: id } = bought;
  return inTurn(async () => {
    await misbehave();
    await site.api.activate('personal', id);
    await eventually(
      () => site.marketplace.calls(),
      (calls) => calls.some(({ operation, subscriptionId }) => operation === 'activate' && subscriptionId === id),
    );
    await viewOf(site, 'personal', id, stage(wanted));
    await site.marketplace.switches({ activate: 'sync' });
    return bought;
  });
};

const untilPaid = (language: Language) => ({ until: say(language, ['suspended.until', inDays(30)]) });

/** From the operator's word to the end. */
export const BILLED: State[] = [
  {
    name: 'ready to activate',
    title: 'ready.title',
    says: ['ready.buyer', 'activate.title', ['activate.quantity', { quantity: '7' }]],
    offers: ['activate.button'],
    prepare: ready,
    show: visitAs('colleague'),
  },
  {
    name: 'a colleague who may look but not activate',
    title: 'ready.title',
    says: [['ready.colleague', { who: 'carl@contoso.example' }]],
    offers: [['ready.ask', { who: 'carl@contoso.example' }]],
    prepare: ready,
    show: visitAs('buyer'),
  },
  {
    name: 'the publisher activates',
    title: 'ready.title',
    says: ['ready.publisher'],
    prepare: ready,
    show: visitSeeing('colleague', () => ({
      activationPolicy: 'operator',
      next: { who: 'publisher', action: 'activate' },
      allowedOperations: [{ name: 'activate', allowed: false, reason: 'not-allowed' }],
    })),
  },
  {
    name: 'an activation that was refused',
    focus: 'notice',
    title: 'ready.title',
    says: ['problem.marketplace.title', 'problem.marketplace.text'],
    offers: ['activate.button'],
    prepare: ready,
    show: async (page, site, bought) => {
      await visit(page, site, bought, 'colleague');
      await page.locator('#billing').waitFor();
      await refusing(page, /\/activate$/, 503, { code: 'marketplace-unavailable', retryAfterSeconds: 20 });
      await page.locator('[aria-describedby=billing]').click();
    },
  },
  {
    name: 'activating',
    title: 'activating.title',
    says: ['activating.text', 'badge.activating'],
    prepare: (site) =>
      activated(site, 'activating', () =>
        site.marketplace.switches({ activate: 'delayed', activateDelaySeconds: 86_400 }),
      ),
    show: visitAs('personal'),
  },
  {
    name: 'activating while Microsoft does not answer',
    title: 'activating.title',
    says: ['activating.delayed'],
    prepare: starter,
    show: visitSeeing('buyer', () => ({
      stage: 'activating',
      badge: 'Activating',
      activationCode: 'marketplace-unavailable',
    })),
  },
  {
    name: 'activation failed',
    title: 'activation-failed.title',
    says: ['activation-failed.text', 'badge.failed', 'activate.title'],
    offers: ['activate.button'],
    prepare: (site) =>
      activated(site, 'activation-failed', () =>
        site.marketplace.faults({ operation: 'activate', status: 403, times: 1 }),
      ),
    show: visitAs('personal'),
  },
  {
    name: 'activation failed, and the publisher has to act',
    title: 'activation-failed.title',
    says: ['activation-failed.wait'],
    prepare: starter,
    show: visitSeeing('colleague', () => ({ stage: 'activation-failed', badge: 'Activation failed' })),
  },
  {
    name: 'active',
    title: 'active.title',
    says: ['active.text', 'badge.active'],
    offers: ['active.open', 'active.manage'],
    prepare: running,
    show: visitAs('stranger'),
  },
  {
    name: 'suspended',
    title: 'suspended.title',
    says: [['suspended.text', untilPaid], 'badge.suspended'],
    offers: ['reopen.link', 'active.manage'],
    prepare: async (site) =>
      changed(site, await active(site, { planId: 'starter', purchaser: 'stranger' }), 'Suspended'),
    show: visitAs('stranger'),
  },
  {
    name: 'suspended before anybody set it up',
    title: 'suspended.title',
    says: [['suspended.text', (language) => ({ until: say(language, 'suspended.days') })]],
    offers: ['reopen.link'],
    prepare: async (site) =>
      changed(site, await site.marketplace.purchase({ planId: 'growth-auto', purchaser: 'stranger' }), 'Suspended'),
    show: visitAs('stranger'),
  },
  {
    name: 'unsubscribed',
    title: 'cancelled.title',
    says: ['cancelled.text', ['cancelled.kept', inDays(30)], 'badge.ended'],
    prepare: async (site) =>
      changed(site, await active(site, { planId: 'starter', purchaser: 'stranger' }), 'Unsubscribed'),
    show: visitAs('stranger'),
  },
  {
    name: 'a purchase that lapsed: Microsoft ended it',
    title: 'lapsed.title',
    says: ['lapsed.text', 'badge.ended'],
    leavesOut: ['purchase.term-dates.none'],
    prepare: async (site) =>
      changed(site, await site.marketplace.purchase({ planId: 'starter', purchaser: 'stranger' }), 'Unsubscribed'),
    show: visitAs('stranger'),
  },
  {
    name: 'data deleted',
    title: 'erased.title',
    says: ['erased.text', 'badge.erased'],
    leavesOut: ['purchase.term-dates.none'],
    prepare: starter,
    show: visitSeeing('buyer', () => ({
      stage: 'erased',
      badge: 'Data deleted',
      marketplaceStatus: 'Unsubscribed',
      purchaserEmail: '',
      beneficiaryEmail: '',
      name: '',
    })),
  },
  {
    name: 'a stage that this page does not know yet',
    title: 'other.title',
    says: ['other.text'],
    prepare: starter,
    show: visitSeeing('buyer', () => ({
      stage: 'transferred',
      badge: 'Transferred',
      marketplaceStatus: 'Transferred',
    })),
  },
];
