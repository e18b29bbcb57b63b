import type { CheckResult, Finding } from '../src/application/checks/check.ts';
import { IN_THE_APP } from '../src/application/checks/fulfilment-token.ts';
import type { Probes } from '../src/application/checks/probes.ts';
import type { Report } from '../src/application/checks/report.ts';
import { mailOf, reportOf, type Told, theApp } from './ask-the-app.ts';

const isForTheApp = ({ state, fix }: CheckResult): boolean => state === 'not-checked' && fix === IN_THE_APP.fix;

/** What the app found, under our own name for it and our own way to look again. */
const toldBy = ({ id, title, proves, retest }: CheckResult, theirs: Finding): CheckResult => ({
  ...theirs,
  id,
  title,
  proves,
  found: `The app says: ${theirs.found}`,
  ...(retest === undefined ? {} : { retest }),
});

const withReport = (own: CheckResult, answer: Told<Report>): CheckResult => {
  if (answer.kind === 'silent') return isForTheApp(own) ? { ...own, fix: answer.why } : own;
  const theirs = answer.value.checks.find(({ id }) => id === own.id);
  const isNews = own.state === 'not-checked' && theirs !== undefined && theirs.state !== 'not-checked';
  return isNews ? toldBy(own, theirs) : own;
};

const withMail = (own: CheckResult, answer: Told<Finding>): CheckResult =>
  answer.kind === 'silent' ? { ...own, fix: answer.why } : toldBy(own, answer.value);

/**
 * Our own findings first; where there is none, the app's; where the app tells nothing, why not. It is asked only for what is
 * still open, because it calls its own webhook when it looks.
 */
export const withTheApps = async (own: Report, probes: Probes): Promise<Report> => {
  const { mailTo } = probes.facts;
  const open = own.checks.find(({ id, state }) => id === 'test-mail' && state === 'not-checked');
  const wantsMail = open !== undefined && mailTo !== undefined;
  const wantsReport = own.checks.some(isForTheApp) || own.partnerCenter.length > 0;
  if (!wantsMail && !wantsReport) return own;
  const app = await theApp(probes);
  const report = wantsReport && app.kind === 'told' ? await reportOf(app.value) : app;
  const mail = wantsMail && app.kind === 'told' ? await mailOf(app.value, mailTo) : app;
  const checks = own.checks.map((one) => {
    if (one === open) return wantsMail ? withMail(one, mail as Told<Finding>) : one;
    return wantsReport ? withReport(one, report as Told<Report>) : one;
  });
  const theirs = wantsReport && report.kind === 'told' ? (report.value as Report).partnerCenter : [];
  const partnerCenter = own.partnerCenter.map((line) =>
    line.proof === 'proven' ? line : (theirs.find(({ field }) => field === line.field) ?? line),
  );
  return { ...own, ok: checks.every(({ state }) => state !== 'failed'), checks, partnerCenter };
};
