import type { CheckResult } from '../src/application/checks/check.ts';
import type { Probes } from '../src/application/checks/probes.ts';
import type { Report } from '../src/application/checks/report.ts';
import { apiUrlOf, readPages } from '../src/application/checks/site.ts';

/** It looks at everything itself before it answers. */
const LIMIT_MS = 60_000;

/** What the app says of itself, asked as the engineer who is signed in to az; `undefined`: it does not tell them. */
export const askTheApp = async (probes: Probes): Promise<Report | undefined> => {
  const { az, ask, facts } = probes;
  const apiUrl = await apiUrlOf({ facts, pages: () => readPages(probes) });
  if (!az || apiUrl === undefined) return undefined;
  const scope = `api://${facts.consoleClientId}/access_as_user`;
  const answer = (await az(['account', 'get-access-token', '--scope', scope, '--output', 'json'])) as
    | { accessToken?: string }
    | undefined;
  if (!answer?.accessToken) return undefined;
  const reply = await ask({
    url: `${apiUrl}/operator/set-up`,
    headers: { authorization: `Bearer ${answer.accessToken}` },
    limitMs: LIMIT_MS,
  });
  return reply.kind === 'answer' && reply.status === 200 ? (JSON.parse(reply.text) as Report) : undefined;
};

const told = (own: CheckResult, theirs: CheckResult | undefined): CheckResult =>
  own.state !== 'not-checked' || !theirs || theirs.state === 'not-checked'
    ? own
    : { ...theirs, found: `The app says: ${theirs.found}` };

/** Our own findings first; where there is none, the app's. */
export const withTheApps = (own: Report, theirs: Report): Report => {
  const checks = own.checks.map((one) =>
    told(
      one,
      theirs.checks.find(({ id }) => id === one.id),
    ),
  );
  const partnerCenter = own.partnerCenter.map((line) =>
    line.proof === 'proven' ? line : (theirs.partnerCenter.find(({ field }) => field === line.field) ?? line),
  );
  return { ...own, ok: checks.every(({ state }) => state !== 'failed'), checks, partnerCenter };
};
