import type { View } from '../../src/application/view.ts';
import { type Answer, createApi } from '../api/client.ts';
import { poll } from '../api/poll.ts';
import type { Problem } from '../api/problem.ts';
import { beginSignIn, type SignInOptions } from '../auth/begin.ts';
import type { SignInApp } from '../auth/entra.ts';
import { finishSignIn } from '../auth/finish.ts';
import { profileOf } from '../auth/profile.ts';
import type { Memory } from '../auth/session.ts';
import { accessTokens, forgetTokens, keptTokens } from '../auth/tokens.ts';
import type { PagesConfig } from '../config.ts';
import type { Arrival, KeptPurchase } from './arrival.ts';
import { contactFaults } from './contact.ts';
import { isMoving, progressMade } from './progress.ts';
import type { ContactInput, PurchaseScreen, Screen } from './screen.ts';

export type Journey = {
  start(arrival: Arrival): Promise<void>;
  signIn(options?: SignInOptions): Promise<void>;
  /** Asks for the purchase (again). */
  open(): Promise<void>;
  onboard(contact: ContactInput): Promise<void>;
  activate(): Promise<void>;
  /** The browser brought this page back as it was left: on the way to the sign-in. */
  returned(): void;
};

/** Refusals after which the form or the button makes no sense any more: they get a page of their own. */
const FINAL: Problem['code'][] = ['not-a-party', 'subscription-not-found', 'subscription-cancelled'];

const signInApp = (config: PagesConfig): SignInApp => {
  const apiScope = `api://${config.landingClientId}/access_as_user`;
  return {
    authority: config.authority,
    tenant: 'common',
    clientId: config.landingClientId,
    scope: `openid profile email offline_access ${apiScope} https://graph.microsoft.com/User.Read`,
    apiScope,
    redirectUri: location.origin + location.pathname,
  };
};

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
  const kept = (): KeptPurchase | undefined => memory.read('purchase') as KeptPurchase | undefined;

  const fail = (problem: Problem): void => {
    stopLooking();
    if (problem.code === 'purchase-token-missing') return put({ at: 'no-purchase' });
    if (problem.code === 'unauthenticated') return put({ at: 'sign-in', why: 'expired' });
    const account = keptTokens(memory)?.account;
    return put({ at: 'problem', problem, ...(account ? { account } : {}) });
  };

  /** Shows the newest view, keeping what the page knows besides. */
  const update = (view: View, also: Partial<PurchaseScreen> = {}): void => {
    if (shown.at !== 'purchase') return;
    const announcement = progressMade(shown.view, view, publisher);
    const { busy: _busy, problem: _problem, ...screen } = shown;
    put({ ...screen, isOffline: false, ...also, view, ...(announcement ? { announcement } : {}) });
  };

  const look = async () => {
    if (shown.at !== 'purchase') return 'stop';
    if (shown.busy) return 'same';
    const before = shown.view;
    const answer = await api.get<View>(`/subscriptions/${before.id}`);
    if (shown.at !== 'purchase' || shown.busy) return 'same';
    if (!answer.ok) {
      if (answer.problem.code === 'unauthenticated' || FINAL.includes(answer.problem.code)) {
        fail(answer.problem);
        return 'stop';
      }
      put({ ...shown, isOffline: true });
      return 'same';
    }
    const isSame = JSON.stringify(before) === JSON.stringify(answer.value);
    const { problem, isOffline } = shown;
    if (!isSame || isOffline) update(answer.value, problem && before.stage === answer.value.stage ? { problem } : {});
    if (!isMoving(answer.value)) return 'stop';
    return isSame ? 'same' : 'changed';
  };

  const watch = (): void => {
    stopLooking();
    if (shown.at === 'purchase' && isMoving(shown.view)) stopLooking = poll(look, { firstMs: 2000, mostMs: 10_000 });
  };

  const load = async ({ purchaseToken, subscriptionId }: KeptPurchase): Promise<Answer<View>> => {
    const known = subscriptionId ? await api.get<View>(`/subscriptions/${subscriptionId}`) : undefined;
    if (known && (known.ok || known.problem.code !== 'subscription-not-found')) return known;
    return api.post<View>('/resolve', { purchaseToken });
  };

  const open = async (): Promise<void> => {
    stopLooking();
    const purchase = kept();
    if (!purchase) return put({ at: 'no-purchase' });
    put({ at: 'working', on: 'open' });
    const [answer, profile] = await Promise.all([
      load(purchase),
      purchase.profile ?? profileOf(app, memory, config.graphUrl),
    ]);
    if (!answer.ok) return fail(answer.problem);
    const { contact } = purchase;
    memory.write('purchase', { ...purchase, subscriptionId: answer.value.id, profile } satisfies KeptPurchase);
    put({
      at: 'purchase',
      view: answer.value,
      profile,
      ...(contact ? { contact } : {}),
      faults: [],
      wasRequestedHere: false,
      announcement: '',
      isOffline: false,
    });
    return watch();
  };

  const signIn = async (options: SignInOptions = {}): Promise<void> => {
    const purchase = kept();
    if (!purchase) return put({ at: 'no-purchase' });
    stopLooking();
    forgetTokens(memory);
    put({ at: 'working', on: 'sign-in' });
    return beginSignIn(app, memory, { purchaseToken: purchase.purchaseToken }, options);
  };

  const signedIn = async (answer: URLSearchParams): Promise<void> => {
    put({ at: 'working', on: 'sign-in' });
    const result = await finishSignIn<{ purchaseToken: string }>(app, memory, answer);
    if (result.kind === 'unknown') {
      if (keptTokens(memory)) return open();
      return put(kept() ? { at: 'sign-in', why: 'unknown' } : { at: 'no-purchase' });
    }
    memory.write('purchase', { purchaseToken: result.carried.purchaseToken } satisfies KeptPurchase);
    if (result.kind === 'signed-in') return open();
    return put({ at: 'sign-in', why: 'failed', ...(result.code === undefined ? {} : { code: result.code }) });
  };

  /** Does what a button asks for; a refusal is said beside the button, unless nothing is left to press. */
  const ask = async <Value>(
    busy: 'onboard' | 'activate',
    request: (id: string) => Promise<Answer<Value>>,
    done: (value: Value) => void,
  ): Promise<void> => {
    if (shown.at !== 'purchase' || shown.busy) return;
    const { problem: _problem, ...screen } = shown;
    put({ ...screen, busy, faults: [] });
    const answer = await request(screen.view.id);
    if (answer.ok) {
      done(answer.value);
      return watch();
    }
    const { problem } = answer;
    if (problem.code === 'unauthenticated' || FINAL.includes(problem.code)) return fail(problem);
    const faults = busy === 'onboard' ? contactFaults(problem.errors) : [];
    return put({ ...screen, faults, ...(faults.length > 0 ? {} : { problem }) });
  };

  return {
    open,
    signIn,
    async start(arrival) {
      if (arrival.from === 'marketplace') return signIn();
      if (arrival.from === 'sign-in') return signedIn(arrival.answer);
      if (!kept()) return put({ at: 'no-purchase' });
      // No sign-in by itself here: the back button of Microsoft's page leads to this place, and must not lead on again.
      return keptTokens(memory) ? open() : put({ at: 'sign-in', why: 'interrupted' });
    },
    onboard(contact) {
      return ask<{ subscription: View }>(
        'onboard',
        (subscriptionId) => {
          const { company, phone, ...needed } = contact;
          const body = { ...needed, ...(company ? { company } : {}), ...(phone ? { phone } : {}) };
          return api.post('/onboard', { subscriptionId, contact: body });
        },
        ({ subscription }) => {
          const purchase = kept();
          if (purchase) memory.write('purchase', { ...purchase, contact } satisfies KeptPurchase);
          update(subscription, { contact, wasRequestedHere: true });
        },
      );
    },
    activate() {
      return ask<View>(
        'activate',
        (id) => api.post(`/subscriptions/${id}/activate`, {}),
        (view) => update(view),
      );
    },
    returned() {
      if (shown.at === 'working' && shown.on === 'sign-in') put({ at: 'sign-in', why: 'interrupted' });
    },
  };
};
