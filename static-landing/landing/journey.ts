import type { View } from '../../src/application/view.ts';
import { type Answer, createApi } from '../api/client.ts';
import { poll } from '../api/poll.ts';
import { type Problem, problem as problemOf } from '../api/problem.ts';
import { beginSignIn, type SignInOptions } from '../auth/begin.ts';
import { finishSignIn } from '../auth/finish.ts';
import { profileOf } from '../auth/profile.ts';
import { type Memory, remembers } from '../auth/session.ts';
import { accessTokens, forgetTokens, keptTokens } from '../auth/tokens.ts';
import type { PagesConfig } from '../config.ts';
import { type Arrival, type KeptPurchase, keepPurchase, keptPurchase } from './arrival.ts';
import { contactFaults } from './contact.ts';
import { formDone, outcomeOf, progressMade } from './progress.ts';
import type { ContactInput, PurchaseScreen, Screen, Stop } from './screen.ts';
import { signInApp } from './sign-in-app.ts';
import { paceOf, situationOf } from './situation.ts';
import type { Tools } from './tools.ts';

export type Journey = {
  start(arrival: Arrival): Promise<void>;
  signIn(options?: SignInOptions): Promise<void>;
  /** Asks for the purchase (again). */
  open(): Promise<void>;
  onboard(contact: ContactInput): Promise<void>;
  activate(): Promise<void>;
  /** Opens the part that changes or cancels the subscription, or closes it. */
  manage(isOpen: boolean): Promise<void>;
  /** For that part. */
  tools: Tools;
  /** The browser brought this page back as it was left. */
  returned(): void;
};

/**
 * A part of the page that is loaded when it is needed, with its words.
 * @throws when they cannot be had
 */
const loadPart = async <Part>(loading: Promise<{ load: () => Promise<Part> }>): Promise<Part> => (await loading).load();

/** Refusals after which the form or the button makes no sense any more: they get a page of their own. */
const FINAL: Problem['code'][] = ['not-a-party', 'subscription-not-found', 'subscription-cancelled', 'unauthenticated'];

/** The buyer's way from the Marketplace to a running subscription; `show` is told each thing to be seen. */
export const createJourney = (config: PagesConfig, memory: Memory, show: (screen: Screen) => void): Journey => {
  const app = signInApp(config);
  const api = createApi(config.apiUrl, accessTokens(app, memory));
  const publisher = config.brand.publisherName;
  let shown: Screen = { at: 'working', on: 'open' };
  let stopLooking = (): void => {};

  const put = (screen: Screen): void => {
    shown = screen;
    show(screen);
  };
  const withoutPurchase = (): void => put({ at: 'no-purchase' });
  const stop = async (why: Stop): Promise<void> =>
    put({ at: 'stopped', part: await loadPart(import('./stopped/stopped.tsx')), app, stop: why });

  const fail = (problem: Problem): void => {
    stopLooking();
    if (problem.code === 'purchase-token-missing') return withoutPurchase();
    if (problem.code === 'unauthenticated') return put({ at: 'sign-in', why: 'expired' });
    const account = keptTokens(memory)?.account;
    return put({ at: 'problem', problem, ...(account ? { account } : {}) });
  };

  const failed = (problem: Problem): boolean => {
    const isFinal = FINAL.includes(problem.code);
    if (isFinal) fail(problem);
    return isFinal;
  };

  const update = (view: View, also: Partial<PurchaseScreen> = {}): void => {
    if (shown.at !== 'purchase') return;
    const announcement = progressMade(shown.view, view, publisher);
    const { busy: _busy, problem: _problem, outcome: last, manage, ...screen } = shown;
    const situation = situationOf(view, Date.now());
    const isStill = situation === shown.situation;
    put({
      ...screen,
      isOffline: false,
      ...also,
      view,
      situation,
      announcement: announcement || shown.announcement,
      outcome: outcomeOf(shown.view, view) ?? (isStill ? last : undefined),
      // Elsewhere there are other things to do.
      manage: isStill ? manage : undefined,
    });
  };

  const look = async () => {
    if (shown.at !== 'purchase') return 'stop';
    if (shown.busy) return 'same';
    const before = shown.view;
    const answer = await api.get<View>(`/subscriptions/${before.id}`);
    if (shown.at !== 'purchase' || shown.busy) return 'same';
    if (!answer.ok) {
      if (failed(answer.problem)) return 'stop';
      if (!shown.isOffline) put({ ...shown, isOffline: true });
      return 'same';
    }
    const situation = situationOf(answer.value, Date.now());
    const pace = paceOf(shown.situation);
    const isSame = JSON.stringify(before) === JSON.stringify(answer.value) && situation === shown.situation;
    const { problem, isOffline } = shown;
    const isAsBefore = problem !== undefined && before.stage === answer.value.stage;
    if (!isSame || isOffline) update(answer.value, isAsBefore ? { problem } : {});
    if (paceOf(situation) !== pace) {
      watch();
      return 'stop';
    }
    if (!pace) return 'rest';
    return isSame ? 'same' : 'changed';
  };

  const watch = (): void => {
    stopLooking();
    if (shown.at !== 'purchase') return;
    const pace = paceOf(shown.situation);
    stopLooking = poll(look, { firstMs: 2000, mostMs: pace, isResting: !pace });
  };

  const load = async ({ purchaseToken, subscriptionId }: KeptPurchase): Promise<Answer<View>> => {
    const known = subscriptionId ? await api.get<View>(`/subscriptions/${subscriptionId}`) : undefined;
    if (known && (known.ok || known.problem.code !== 'subscription-not-found')) return known;
    return api.post<View>('/resolve', { purchaseToken });
  };

  const open = async (): Promise<void> => {
    stopLooking();
    const purchase = keptPurchase(memory);
    if (!purchase) return withoutPurchase();
    put({ at: 'working', on: 'open' });
    const [answer, profile] = await Promise.all([
      load(purchase),
      purchase.profile ?? profileOf(app, memory, config.graphUrl),
    ]);
    if (!answer.ok) return fail(answer.problem);
    const view = answer.value;
    const { contact } = purchase;
    keepPurchase(memory, { ...purchase, subscriptionId: view.id, profile });
    put({
      at: 'purchase',
      view,
      situation: situationOf(view, Date.now()),
      profile,
      ...(contact ? { contact } : {}),
      faults: [],
      announcement: '',
      isOffline: false,
    });
    return watch();
  };

  const signIn = async (options: SignInOptions = {}): Promise<void> => {
    const purchase = keptPurchase(memory);
    if (!purchase) return withoutPurchase();
    if (!remembers(memory)) return stop({ why: 'blocked' });
    stopLooking();
    forgetTokens(memory);
    put({ at: 'working', on: 'sign-in' });
    return beginSignIn(app, memory, { purchaseToken: purchase.purchaseToken }, options);
  };

  const signedIn = async (answer: URLSearchParams): Promise<void> => {
    put({ at: 'working', on: 'sign-in' });
    const result = await finishSignIn<{ purchaseToken: string }>(app, memory, answer);
    if (result.kind === 'unknown') {
      if (!keptPurchase(memory)) return stop({ why: remembers(memory) ? 'lost' : 'blocked' });
      return keptTokens(memory) ? open() : stop({ why: 'unknown' });
    }
    keepPurchase(memory, { purchaseToken: result.carried.purchaseToken });
    if (result.kind === 'signed-in') return open();
    const code = result.code === undefined ? {} : { code: result.code };
    if (result.why === 'approval') return stop({ why: 'approval', tenant: result.tenant, ...code });
    return stop({ why: result.why === 'cancelled' ? 'cancelled' : 'failed', ...code });
  };

  const ask: Tools['ask'] = async (busy, request, done) => {
    if (shown.at !== 'purchase' || shown.busy) return undefined;
    const { problem: _problem, ...screen } = shown;
    put({ ...screen, busy, faults: [] });
    const answer = await request(screen.view.id);
    if (answer.ok) {
      done(answer.value);
      watch();
      return undefined;
    }
    const { problem } = answer;
    if (failed(problem)) return undefined;
    const faults = busy === 'onboard' ? contactFaults(problem.errors) : [];
    put({ ...screen, faults, ...(faults.length > 0 || busy === 'change' ? {} : { problem }) });
    return problem;
  };

  return {
    open,
    signIn,
    async start(arrival) {
      if (arrival.from === 'marketplace') return signIn();
      if (arrival.from === 'sign-in') return signedIn(arrival.answer);
      if (arrival.from === 'approval') return stop({ why: 'approved' });
      if (!keptPurchase(memory)) return withoutPurchase();
      // No sign-in by itself here: the back button of Microsoft's page leads to this place, and must not lead on again.
      return keptTokens(memory) ? open() : put({ at: 'sign-in', why: 'interrupted' });
    },
    async onboard(contact) {
      await ask<{ subscription: View }>(
        'onboard',
        (subscriptionId) => {
          const { company, phone, ...needed } = contact;
          const body = { ...needed, ...(company ? { company } : {}), ...(phone ? { phone } : {}) };
          return api.post('/onboard', { subscriptionId, contact: body });
        },
        ({ subscription }) => {
          const purchase = keptPurchase(memory);
          if (purchase) keepPurchase(memory, { ...purchase, contact });
          update(subscription, { contact, done: formDone(shown, subscription) });
        },
      );
    },
    async activate() {
      await ask<View>(
        'activate',
        (id) => api.post(`/subscriptions/${id}/activate`, {}),
        (view) => update(view),
      );
    },
    async manage(isOpen) {
      if (shown.at !== 'purchase' || shown.busy) return;
      const { manage: _manage, problem: _problem, outcome: _outcome, ...screen } = shown;
      if (!isOpen) return put(screen);
      put({ ...screen, busy: 'manage' });
      const part = await loadPart(import('./manage/manage.tsx')).catch(() => undefined);
      return put({ ...screen, ...(part ? { manage: part } : { problem: problemOf('network') }) });
    },
    tools: { api, ask, failed, update },
    returned() {
      if (shown.at !== 'working' || shown.on !== 'sign-in') return;
      if (keptTokens(memory)) void open();
      else put({ at: 'sign-in', why: 'interrupted' });
    },
  };
};
