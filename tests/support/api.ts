import type { entraControl } from '../../local/entra/control.ts';
import { CONSOLE_CLIENT_ID, LANDING_CLIENT_ID } from '../../local/people.ts';
import type { ChangeResult } from '../../src/application/change-subscription.ts';
import type { PlansAnswer } from '../../src/application/list-plans.ts';
import type { View } from '../../src/application/view.ts';

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  errors?: { pointer: string; detail: string }[];
  signInTenants?: string[];
  reason?: string;
};

export type Answer<T = unknown> = { status: number; headers: Headers; body: T; problem: Problem };

type Timeline = { at: string; what: string; actor: string; detail?: string }[];
export type OperatorAnswer = { subscription: View; contact: Record<string, string> | null; timeline: Timeline };

const CONTACT = { name: 'Bea Buyer', email: 'bea.buyer@contoso.example', company: 'Contoso', phone: '+49 30 1234' };

/** The public interface of design 7, as a script would call it. */
export const apiClient = (base: () => string, entra: ReturnType<typeof entraControl>) => {
  const send = async <T>(
    method: string,
    path: string,
    token: string | undefined,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> => {
    const response = await fetch(`${base()}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = (text === '' ? undefined : JSON.parse(text)) as T & Problem;
    return { status: response.status, headers: response.headers, body: json, problem: json };
  };
  const landingToken = (person: string) => entra.token({ person, clientId: LANDING_CLIENT_ID });
  const consoleToken = (person: string) => entra.token({ person, clientId: CONSOLE_CLIENT_ID });
  const badges = new Map<string, { token: Promise<string>; until: number }>();
  /**
   * For those who look again and again: the token of the last minute is good enough. It lives as long as Entra ever lets one
   * live (90 minutes), as a host may be more than an hour ahead (later.ts).
   */
  const badgeOf = (person: string): Promise<string> => {
    const found = badges.get(person);
    if (found && Date.now() < found.until) return found.token;
    const token = entra.token({ person, clientId: CONSOLE_CLIENT_ID, expiresInSeconds: 90 * 60 });
    badges.set(person, { token, until: Date.now() + 60_000 });
    return token;
  };
  return {
    base,
    send,
    landingToken,
    consoleToken,
    resolve: async (person: string, purchaseToken: unknown) =>
      send<View>('POST', '/resolve', await landingToken(person), { purchaseToken }),
    onboard: async (person: string, subscriptionId: string, contact: Record<string, unknown> = CONTACT) =>
      send<{ message: string; subscription: View }>('POST', '/onboard', await landingToken(person), {
        subscriptionId,
        contact,
      }),
    get: async (person: string, id: string) => send<View>('GET', `/subscriptions/${id}`, await landingToken(person)),
    activate: async (person: string, id: string) =>
      send<View>('POST', `/subscriptions/${id}/activate`, await landingToken(person)),
    plans: async (person: string, id: string) =>
      send<PlansAnswer>('GET', `/subscriptions/${id}/plans`, await landingToken(person)),
    change: async (person: string, id: string, wanted: unknown) =>
      send<ChangeResult>('PATCH', `/subscriptions/${id}`, await landingToken(person), wanted),
    cancel: async (person: string, id: string) =>
      send<ChangeResult>('DELETE', `/subscriptions/${id}`, await landingToken(person)),
    list: async (person: string, query = '') =>
      send<{ items: View[]; cursor?: string }>('GET', `/operator/subscriptions${query}`, await consoleToken(person)),
    look: async (person: string, id: string) =>
      send<OperatorAnswer>('GET', `/operator/subscriptions/${id}`, await badgeOf(person)),
    operate: async (person: string, id: string, act: string, body: unknown = {}) =>
      send<{ subscription: View }>('POST', `/operator/subscriptions/${id}/${act}`, await consoleToken(person), body),
  };
};
