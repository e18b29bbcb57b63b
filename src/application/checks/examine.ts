import { CATALOGUE } from './catalogue.ts';
import { type Check, type CheckNeeds, type CheckResult, type Finding, failed, notChecked } from './check.ts';
import { evidence, NOTHING_SEEN, partnerCenter } from './partner-center.ts';
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

/** `only`: ids of the checks that are wanted, all without it. `limitMs`: of the whole. `retest`: says how one is looked at again. */
export type Wanted = { only?: string[]; limitMs?: number; retest?: (check: Check) => string };

/** As it is said in the console. */
const HOW_TO_RETEST = ({ id, option }: Check): string =>
  `Check again on this page, or: npm run doctor -- --settings FILE --only ${id}${option === undefined ? '' : ` ${option}`}`;

const resultOf = (check: Check, finding: Finding, how: (check: Check) => string): CheckResult => {
  const { id, title, proves } = check;
  const { retest, ...rest } = finding;
  if (finding.state === 'ok') return { id, title, proves, ...rest };
  return { id, title, proves, ...rest, retest: [...(retest === undefined ? [] : [retest]), how(check)].join(' ') };
};

/** Longer than any call that a check makes by itself. The page that shows the report waits 30 s. */
const LIMIT_MS = 25_000;

const within = async <T>(work: Promise<T>, limitMs: number, late: () => T): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late()), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
};

/** A check that throws, or does not end, has proved nothing; its error may quote anything (P7). */
const carriedOut = (check: Check, needs: CheckNeeds, limitMs: number): Promise<Finding> =>
  within(
    check.run(needs).catch(() => failed('The check itself met an error.', BROKEN)),
    limitMs,
    () => failed(`The check took longer than ${limitMs / 1000} s.`, BROKEN),
  );

const wantedOf = (only: string[] | undefined): Check[] =>
  only ? CATALOGUE.filter(({ id }) => only.includes(id)) : CATALOGUE;

/** Carries out the checks, and looks for what Partner Center asks for, all at once: the whole takes no longer than the limit. */
export const examine = async (
  probes: Probes,
  { only, limitMs = LIMIT_MS, retest = HOW_TO_RETEST }: Wanted = {},
): Promise<Report> => {
  const needs = needsOf(probes);
  const [checks, shown, api] = await Promise.all([
    Promise.all(wantedOf(only).map(async (check) => resultOf(check, await carriedOut(check, needs, limitMs), retest))),
    only ? NOTHING_SEEN : within(evidence(needs), limitMs, () => NOTHING_SEEN),
    only ? undefined : within(apiUrlOf(needs), limitMs, () => undefined),
  ]);
  return {
    ok: checks.every(({ state }) => state !== 'failed'),
    checkedAt: probes.clock().toISOString(),
    checks,
    partnerCenter: only ? [] : partnerCenter({ facts: probes.facts, checks, shown, api }),
  };
};

/** Carries out one check. */
export const examineOne = async (id: string, probes: Probes): Promise<CheckResult> => {
  const { checks } = await examine(probes, { only: [id] });
  const [found] = checks;
  if (!found) throw new Error(`There is no check ${id}.`);
  return found;
};

const FROM_FILE = {
  cause: 'The app does not start with these settings.',
  fix: 'portal.azure.com > the function app > Settings > Environment variables; README lists all settings. Then make the file given with --settings anew.',
};
const FROM_SHELL = {
  cause: "These are the settings in this shell's environment. The app has its own.",
  fix: "Name the app's settings with --settings FILE (docs/doctor.md says how to get them), or correct the environment; README lists all settings.",
};

/** The report where the settings are not right: nothing else can be looked at. `faults`: names and rules, never values. */
export const reportOnFaults = (
  faults: string[],
  now: Date,
  { only, retest = HOW_TO_RETEST, isFile }: Wanted & { isFile: boolean },
): Report => ({
  ok: false,
  checkedAt: now.toISOString(),
  checks: wantedOf(only).map((check) =>
    resultOf(
      check,
      check.id === 'settings'
        ? failed(faults.join(' '), isFile ? FROM_FILE : FROM_SHELL)
        : notChecked('Not looked at.', {
            cause: `The settings are not right: ${faults.join(' ')}`,
            fix: 'Mend the check settings first.',
          }),
      retest,
    ),
  ),
  partnerCenter: [],
});
