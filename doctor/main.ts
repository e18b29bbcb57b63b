// Tells whether the service can sell, and what to mend: docs/doctor.md.
import { parseArgs } from 'node:util';
import { CATALOGUE } from '../src/application/checks/catalogue.ts';
import { examine, reportOnFaults } from '../src/application/checks/examine.ts';
import type { Report } from '../src/application/checks/report.ts';
import { probesOf } from '../src/composition.ts';
import { type Config, parseConfig } from '../src/config.ts';
import { az } from './az.ts';
import { toText } from './print.ts';
import { retestOf } from './retest.ts';
import { givenSettings } from './settings.ts';
import { withTheApps } from './with-the-apps.ts';

const OPTIONS = {
  settings: { type: 'string' },
  api: { type: 'string' },
  only: { type: 'string' },
  mail: { type: 'string' },
  azure: { type: 'boolean', default: false },
  strict: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

const [WELL, ILL, WRONG_USE] = [0, 1, 2];

const wantedChecks = (only: string | undefined): string[] | undefined => {
  const ids = only?.split(',').map((id) => id.trim());
  const unknown = ids?.filter((id) => !CATALOGUE.some((check) => check.id === id)) ?? [];
  if (unknown.length > 0) throw new Error(`There is no check ${unknown.join(', ')}: docs/doctor.md has them all.`);
  return ids;
};

const faultsOf = (error: unknown): string[] =>
  (error as Error).message
    .split('\n')
    .filter((line) => line.startsWith('  '))
    .map((line) => line.trim());

const toConfig = (given: Record<string, string | undefined>): Config | string[] => {
  try {
    return parseConfig(given);
  } catch (error) {
    return faultsOf(error);
  }
};

/** `strict`: what was not looked at is not well either, for pipelines that must not go on without it. */
const judged = (report: Report, isStrict: boolean): Report =>
  isStrict && report.checks.some(({ state }) => state === 'not-checked') ? { ...report, ok: false } : report;

const run = async (): Promise<{ report: Report; text: string }> => {
  const { values } = parseArgs({ options: OPTIONS });
  const only = wantedChecks(values.only);
  const config = toConfig(await givenSettings(values.settings));
  const retest = retestOf(values);
  const wanted = { retest, ...(only === undefined ? {} : { only }) };
  const print = (found: Report) => {
    const report = judged(found, values.strict);
    return { report, text: values.json ? `${JSON.stringify(report)}\n` : toText(report) };
  };
  if (Array.isArray(config))
    return print(reportOnFaults(config, new Date(), { ...wanted, isFile: values.settings !== undefined }));
  const probes = await probesOf(config, {
    // Other machines of Azure have an identity too, and not the app's. (On Flex there is no WEBSITE_INSTANCE_ID.)
    hasIdentity: process.env['IDENTITY_ENDPOINT'] !== undefined && process.env['WEBSITE_SITE_NAME'] !== undefined,
    ...(values.api === undefined ? {} : { apiUrl: values.api }),
    ...(values.mail === undefined ? {} : { mailTo: values.mail }),
    ...(values.azure ? { az } : {}),
  });
  const own = await examine(probes, wanted);
  return print(values.azure ? await withTheApps(own, probes) : own);
};

run().then(
  ({ report, text }) => process.stdout.write(text, () => process.exit(report.ok ? WELL : ILL)),
  (error: unknown) =>
    process.stderr.write(`${error instanceof Error ? error.message : 'It did not work.'}\n`, () =>
      process.exit(WRONG_USE),
    ),
);
