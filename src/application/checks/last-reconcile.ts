import { type Check, failed, notChecked, ok } from './check.ts';
import { IN_THE_APP } from './fulfilment-token.ts';

/** A pass begins 6 hours after the one before it; the alert on its silence waits as long as this. */
const LATE_HOURS = 24;
const HOUR_MS = 3_600_000;

export const lastReconcile: Check = {
  id: 'last-reconcile',
  title: 'Comparison with Microsoft',
  proves: `All records were compared with what Microsoft says, within ${LATE_HOURS} hours.`,
  run: async ({ passes, clock }) => {
    if (!passes) return notChecked('It was not looked at.', IN_THE_APP);
    const known = (await passes.load())?.known;
    if (!known)
      return notChecked('It has not run yet.', {
        cause: 'Its timer runs every 5 minutes.',
        fix: 'Wait for it, or ask for it in the console. If it does not come: portal.azure.com > the function app > Functions > reconcile must be enabled.',
      });
    if (known.pass.state === 'stopped')
      return failed('It waits for an operator.', {
        cause: 'It would end or suspend unusually many subscriptions.',
        fix: 'Look in the console at what it found, and let it go on or begin again (docs/runbook.md#reconcile-stopped).',
      });
    const at = known.pass.endedAt ?? known.previous?.endedAt ?? '';
    const late = { from: Date.parse(at || known.pass.startedAt), hours: LATE_HOURS };
    if (clock().getTime() - late.from < late.hours * HOUR_MS)
      return ok(at ? `Ended ${at}.` : 'The first one is under way.');
    return failed(at ? `Ended ${at}.` : `Begun ${known.pass.startedAt}, not ended.`, {
      cause: 'Its timer does not run, or Microsoft cannot be asked.',
      fix: 'Application Insights > Logs: PEG_RECONCILE_FAULT; portal.azure.com > the function app > Functions > reconcile must be enabled. See also the check list-subscriptions.',
    });
  },
};
