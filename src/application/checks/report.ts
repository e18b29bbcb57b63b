import type { CheckResult } from './check.ts';
import type { PartnerCenterLine } from './partner-center.ts';

/** What a run of the checks came to. `ok`: nothing failed. */
export type Report = { ok: boolean; checkedAt: string; checks: CheckResult[]; partnerCenter: PartnerCenterLine[] };

/** As an operator is shown it. `mayAct`: may send a test mail. */
export type ShownReport = Report & { mayAct: boolean };
