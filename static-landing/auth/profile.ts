import { PERSONAL_TENANT, type SignInApp } from './entra.ts';
import type { Memory } from './session.ts';
import { keepRefreshToken, keptTokens, refresh } from './tokens.ts';

/** Name and e-mail address to begin the contact form with; empty where only the person knows. */
export type Profile = { name: string; email: string };

const GRAPH_SCOPE = 'https://graph.microsoft.com/User.Read';
/** Graph is a courtesy: the form asks for what it did not say in time. */
const PATIENCE_MS = 2000;

type Me = { displayName?: string; mail?: string; userPrincipalName?: string };

const me = async (app: SignInApp, memory: Memory, graphUrl: string): Promise<Me> => {
  const tokens = keptTokens(memory);
  if (!tokens?.refreshToken) return {};
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const graph = await refresh(app, tokens, GRAPH_SCOPE, signal);
  if (graph.refresh_token) keepRefreshToken(memory, graph.refresh_token);
  const response = await fetch(`${graphUrl}/me`, {
    headers: { authorization: `Bearer ${graph.access_token}` },
    signal,
  });
  return response.ok ? ((await response.json()) as Me) : {};
};

/** The signed-in person as Graph and the ID token know them (contract 7). Never fails, takes at most 2 s. */
export const profileOf = async (app: SignInApp, memory: Memory, graphUrl: string): Promise<Profile> => {
  const account = keptTokens(memory)?.account;
  if (!account) return { name: '', email: '' };
  const known: Me = await me(app, memory, graphUrl).catch(() => ({}));
  const email = account.tenantId === PERSONAL_TENANT ? known.userPrincipalName || account.email : known.mail;
  return { name: account.name || known.displayName || '', email: email ?? '' };
};
