import type { Finding } from '../src/application/checks/check.ts';
import type { Probes, Reply } from '../src/application/checks/probes.ts';
import type { Report } from '../src/application/checks/report.ts';
import { apiUrlOf, readPages, said } from '../src/application/checks/site.ts';

/** It looks at everything itself before it answers. */
const LIMIT_MS = 60_000;

/** What the app told, or why it told nothing, as something to do. */
export type Told<T> = { kind: 'told'; value: T } | { kind: 'silent'; why: string };
const silent = (why: string): { kind: 'silent'; why: string } => ({ kind: 'silent', why });

/** Asks the app under `/operator/set-up`, as whoever is signed in to az. */
export type AskApp = (path: string, body?: object) => Promise<Told<unknown>>;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const NOT_PEGASUS = 'What answered is not Pegasus: is --api right?';

const whyNot = (reply: Reply, tenantId: string): string => {
  if (reply.kind === 'silence') return `The app ${said(reply)}: mend the check webhook-reachable first.`;
  switch (reply.status) {
    case 200:
      return NOT_PEGASUS;
    case 400:
      return 'The app sends a test mail to an address of OPERATOR_EMAILS, and to no other.';
    case 401:
      return `The app answered 401: az is signed in to another tenant, or the app has another console registration. az login --tenant ${tenantId}`;
    case 403:
      return 'The app answered 403: you need the role Reader, for a test mail Operator. entra.microsoft.com > Enterprise applications > the console > Users and groups.';
    case 404:
      return 'The app answered 404: it is older than this command, or --api is wrong.';
    case 429:
      return 'The app sends one test mail a minute: wait for it.';
    default:
      return `The app ${said(reply)}: Application Insights > Logs, PEG_FAILED of function set-up.`;
  }
};

/** The app, asked as the engineer who is signed in to az. */
export const theApp = async (probes: Probes): Promise<Told<AskApp>> => {
  const { az, ask, facts } = probes;
  const apiUrl = await apiUrlOf({ facts, pages: () => readPages(probes) });
  if (apiUrl === undefined) return silent('Nobody knows where the app is: say so with --api.');
  const scope = `api://${facts.consoleClientId}/access_as_user`;
  const args = ['account', 'get-access-token', '--scope', scope, '--output', 'json'];
  const answer = (await az?.(args)) as { accessToken?: string } | undefined;
  const token = answer?.accessToken;
  if (!token) return silent(`az gave no token for the app: az login --tenant ${facts.tenantId} --scope ${scope}`);
  const askApp: AskApp = async (path, body) => {
    const reply = await ask({
      url: `${apiUrl}/operator/set-up${path}`,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
      limitMs: LIMIT_MS,
    });
    const value = reply.kind === 'answer' && reply.status === 200 ? parsed(reply.text) : undefined;
    return value === undefined ? silent(whyNot(reply, facts.tenantId)) : { kind: 'told', value };
  };
  return { kind: 'told', value: askApp };
};

export const reportOf = async (askApp: AskApp): Promise<Told<Report>> => {
  const answer = await askApp('');
  if (answer.kind === 'silent') return answer;
  const report = answer.value as Report | null;
  return report !== null && Array.isArray(report.checks) ? { kind: 'told', value: report } : silent(NOT_PEGASUS);
};

/** Has the app send a test mail; it does so to an address of its operators only. */
export const mailOf = async (askApp: AskApp, to: string): Promise<Told<Finding>> => {
  const answer = await askApp('/test-mail', { to });
  if (answer.kind === 'silent') return answer;
  const finding = answer.value as Finding | null;
  return typeof finding?.state === 'string' ? { kind: 'told', value: finding } : silent(NOT_PEGASUS);
};
