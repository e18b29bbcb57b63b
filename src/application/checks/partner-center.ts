import type { CheckNeeds, CheckResult } from './check.ts';
import type { Facts } from './probes.ts';

/** `how-to-prove`: it can be proved, by doing what `how` says. `not-provable`: not from here, and `how` says where. */
export type Proof = 'proven' | 'how-to-prove' | 'not-provable';

/** A line of the offer's technical configuration, or a call that Microsoft wants to see working before it certifies. */
export type PartnerCenterLine = { field: string; value?: string; proof: Proof; how: string };

const LOOKED_AT = 50;

/** What the newest purchases and Microsoft's own calls show to have worked. `isVisible`: storage could be asked. */
export type Evidence = {
  isVisible: boolean;
  resolved: boolean;
  activated: boolean;
  saw: (...actions: string[]) => boolean;
  anything: boolean;
};

export const NOTHING_SEEN: Evidence = {
  isVisible: false,
  resolved: false,
  activated: false,
  saw: () => false,
  anything: false,
};

export const evidence = async ({
  records,
  sightings,
}: Pick<CheckNeeds, 'records' | 'sightings'>): Promise<Evidence> => {
  // Where storage is down, nothing is seen; the checks of storage say so.
  const [found, news] = await Promise.all([
    records?.list({ limit: LOOKED_AT }).catch(() => undefined),
    sightings?.all().catch(() => undefined),
  ]);
  const newest = found?.records ?? [];
  const seen = new Set((news ?? []).map(({ what }) => what));
  return {
    isVisible: found !== undefined && news !== undefined,
    resolved: newest.some(({ visits }) => visits.length > 0),
    activated: newest.some(({ activation, activatedAt }) => activation !== undefined && activatedAt !== undefined),
    saw: (...actions) => actions.some((action) => seen.has(action)),
    anything: seen.size > 0,
  };
};

const IN_THE_CONSOLE = 'The app sees it: open Set-up in the console.';

/** What was looked at. `api`: where the API is, where that is known. */
type Known = { facts: Facts; checks: CheckResult[]; shown: Evidence; api: string | undefined };

/** What Partner Center's technical configuration asks for, and how each is known to be right. */
export const partnerCenter = ({ facts, checks, shown, api }: Known): PartnerCenterLine[] => {
  const isOk = (...ids: string[]): boolean =>
    ids.every((id) => checks.some((one) => one.id === id && one.state === 'ok'));
  const line = (
    field: string,
    value: string | undefined,
    isProven: boolean,
    proof: string,
    how: string,
  ): PartnerCenterLine => ({
    field,
    ...(value === undefined ? {} : { value }),
    proof: isProven ? 'proven' : 'how-to-prove',
    how: isProven ? proof : how,
  });
  const act = (field: string, isProven: boolean, how: string): PartnerCenterLine =>
    shown.isVisible
      ? line(field, undefined, isProven, 'Seen to work with a purchase.', how)
      : { field, proof: 'not-provable', how: IN_THE_CONSOLE };
  const pair = isOk('list-subscriptions') && !facts.isLocal;
  const HOW_PAIR = facts.isLocal
    ? 'The stand-in asks nobody who they are. Run this against the deployed app.'
    : 'Mend list-subscriptions: Microsoft takes our calls only when both are those of the offer.';
  return [
    line(
      'Landing page URL',
      facts.landingUrl,
      isOk('landing-page', 'pages-config'),
      'The page is there and calls this app.',
      'Mend landing-page and pages-config.',
    ),
    line(
      'Connection webhook',
      api === undefined ? undefined : `${api}/webhook`,
      isOk('webhook-reachable', 'webhook-refuses-strangers', 'webhook-refuses-forgeries', 'webhook-in-time'),
      shown.anything
        ? 'It stands, and Microsoft has called it.'
        : 'It stands. That Microsoft gets in is seen with the first change of a test purchase.',
      'Mend the checks of the webhook.',
    ),
    line('Microsoft Entra tenant ID', facts.tenantId, pair, 'Microsoft takes our calls with it.', HOW_PAIR),
    line(
      'Microsoft Entra application ID',
      facts.publisherClientId,
      pair,
      'Microsoft takes our calls with it.',
      HOW_PAIR,
    ),
    act(
      'Resolve',
      shown.resolved,
      'Buy a plan of the preview and press Configure account now: the landing page shows the purchase.',
    ),
    act(
      'Activate',
      shown.activated,
      'Onboard that purchase, confirm the set-up in the console, activate: portal.azure.com > SaaS shows Subscribed.',
    ),
    act(
      'Update',
      shown.saw('ChangePlan', 'ChangeQuantity'),
      'Change plan or seats of that purchase in portal.azure.com > SaaS.',
    ),
    shown.saw('Suspend', 'Reinstate')
      ? act('Suspend', true, '')
      : {
          field: 'Suspend',
          proof: 'not-provable',
          how: 'Microsoft suspends when a payment fails; nobody can ask for it. Against the stand-ins: docs/simulator.md.',
        },
    act(
      'Delete',
      shown.saw('Unsubscribe'),
      'Cancel that purchase in portal.azure.com > SaaS: within minutes the console shows Unsubscribed.',
    ),
  ];
};
