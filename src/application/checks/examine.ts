import { CATALOGUE } from './catalogue.ts';
import { type Check, type CheckNeeds, type CheckResult, type Finding, failed, notChecked } from './check.ts';
import { partnerCenter } from './partner-center.ts';
import type { Probes } from './probes.ts';
import type { Report } from './report.ts';
import { apiUrlOf, readPages } from './site.ts';
import { callWebhook } from './webhook-calls.ts';

const once = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
};

const needsOf = (probes: Probes): CheckNeeds => {
  const pages = once(() => readPages(probes));
  const webhook = once(async () => {
    const apiUrl = await apiUrlOf({ facts: probes.facts, pages });
    return apiUrl === undefined ? undefined : callWebhook(probes, apiUrl);
  });
  return { ...probes, token: once(probes.token), list: once(probes.list), pages, webhook };
};

const BROKEN = {
  cause: 'Something that the check needs is down: storage, most of the time.',
  fix: 'Mend the other checks first.',
};

const HOW_TO_RETEST = (id: string): string => `npm run doctor -- --only ${id}; or Set-up in the console.`;

const resultOf = ({ id, title, proves }: Check, finding: Finding): CheckResult => ({
  id,
  title,
  proves,
  ...finding,
  ...(finding.state === 'ok' ? {} : { retest: finding.retest ?? HOW_TO_RETEST(id) }),
});

/** Longer than any call that a check makes by itself; who waits for the report waits no longer. */
const LIMIT_MS = 25_000;

const within = async <T>(work: Promise<T>, late: () => T): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late()), LIMIT_MS);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
};

/** A check that throws, or does not end, has proved nothing; its error may quote anything (P7). */
const carriedOut = async (check: Check, needs: CheckNeeds): Promise<CheckResult> => {
  const finding = await within(
    check.run(needs).catch(() => failed('The check itself met an error.', BROKEN)),
    () => failed(`The check took longer than ${LIMIT_MS / 1000} s.`, BROKEN),
  );
  return resultOf(check, finding);
};

/** Carries out the checks, all at once. `only`: the ids of those that are wanted. */
export const examine = async (probes: Probes, only?: string[]): Promise<Report> => {
  const needs = needsOf(probes);
  const wanted = only ? CATALOGUE.filter(({ id }) => only.includes(id)) : CATALOGUE;
  const checks = await Promise.all(wanted.map((check) => carriedOut(check, needs)));
  return {
    ok: checks.every(({ state }) => state !== 'failed'),
    checkedAt: probes.clock().toISOString(),
    checks,
    partnerCenter: only ? [] : await within(partnerCenter(needs, checks), () => []),
  };
};

/** The report where the settings are not right: nothing else can be looked at. `faults`: names and rules, never values. */
export const reportOnFaults = (faults: string[], now: Date): Report => ({
  ok: false,
  checkedAt: now.toISOString(),
  checks: CATALOGUE.map((check) =>
    resultOf(
      check,
      check.id === 'settings'
        ? failed(faults.join(' '), {
            cause: 'The app does not start with these settings.',
            fix: 'portal.azure.com > the function app > Settings > Environment variables; README lists all settings. On this machine: the environment, or the file given with --settings.',
          })
        : notChecked('Not looked at.', { cause: 'The settings are not right.', fix: 'Mend the check settings first.' }),
    ),
  ),
  partnerCenter: [],
});
