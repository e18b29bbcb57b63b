import { type Check, notChecked, ok, warning } from './check.ts';
import { IN_THE_APP } from './fulfilment-token.ts';

/** With monthly terms each subscription brings a Renew at least so often. */
const QUIET_DAYS = 45;
const DAY_MS = 86_400_000;

export const lastWebhook: Check = {
  id: 'last-webhook',
  title: 'News from Microsoft',
  proves: "Microsoft's own calls of the webhook come through.",
  run: async ({ sightings, clock }) => {
    if (!sightings) return notChecked('It was not looked at.', IN_THE_APP);
    const newest = (await sightings.all()).toSorted((one, other) => other.at.localeCompare(one.at))[0];
    if (!newest)
      return notChecked('Microsoft has not called yet.', {
        cause: 'Nothing was changed or ended so far, or Microsoft has another address.',
        fix: 'Buy a plan of the preview, then change its seats in portal.azure.com > SaaS. Partner Center > the offer > Technical configuration > Connection webhook must be the address of the check webhook-reachable.',
      });
    const found = `${newest.what}, ${newest.at}.`;
    if (clock().getTime() - Date.parse(newest.at) < QUIET_DAYS * DAY_MS) return ok(found);
    return warning(found, {
      cause: `Nothing for ${QUIET_DAYS} days. With monthly terms that is too long; with yearly ones it may be right.`,
      fix: 'Partner Center > the offer > Technical configuration > Connection webhook: compare the address. Application Insights > Logs: PEG_WEBHOOK_REFUSED.',
    });
  },
};
