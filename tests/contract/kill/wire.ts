import { setTimeout as sleep } from 'node:timers/promises';
import type { Notice } from '../../../src/domain/notice.ts';
import type { Subscription } from '../../../src/domain/subscription.ts';
import type { Answered, Outbound } from '../../support/killing-proxy.ts';
import { ownIdOf } from './operation-id.ts';
import { claimsOf, commitOf, guidsOf, isOfApp, mailOf, nameOf, noticeOf } from './requests.ts';

/** An effect outside, and what the record must say before it is tried. */
const claimNeeded = (name: string): string | undefined => {
  if (name === 'Marketplace activate') return 'activation';
  if (name === 'Marketplace change' || name === 'Marketplace cancel') return 'change';
  if (name === 'tell workspace') return 'workspace';
  const [, made] = /^create (organization|admin-user)$/.exec(name) ?? [];
  const [, kind] = /^send (.*)$/.exec(name) ?? [];
  return made ?? (kind && `mail ${kind}`);
};

/** What the record says against billing now (P1; the policy is `buyer`). */
const whyNotToBill = (record: Subscription | undefined): string | undefined => {
  const { confirmation, activation, steps } = record ?? {};
  if (!confirmation) return 'not confirmed';
  if (activation?.actor.kind !== 'buyer' && activation?.actor.kind !== 'operator') return 'nobody asked for it';
  const isReady = (name: 'organization' | 'admin-user') =>
    steps?.[name].state === 'done' || confirmation.over.includes(name);
  return isReady('organization') && isReady('admin-user') ? undefined : 'the set-up is not ready';
};

/** How long an effect of somebody who is `held` takes to begin. */
const HELD_MS = 400;

/**
 * Watches what the app sends, and knows of each subscription the record that was last committed: `faults` is what it saw
 * leave against the promises. `life` numbers the processes; `sent` names all that left, in its order.
 */
export const watch = (life: () => number) => {
  const records = new Map<string, Subscription>();
  const notices = new Map<string, Notice>();
  const claimedIn = new Map<string, number>();
  const names = new WeakMap<Outbound, string>();
  const accepted: { operationId: unknown; life: number }[] = [];
  const sent: string[] = [];
  const effects: { id: string | undefined; name: string }[] = [];
  const held = new Set<string>();
  const faults: string[] = [];

  const recordFor = (request: Outbound): Subscription | undefined =>
    guidsOf(request)
      .map((guid) => records.get(guid))
      .find((record) => record !== undefined);

  /** Our word on an operation is given by whoever holds the notice of it. */
  const checkAcknowledgement = (request: Outbound): void => {
    const spoken = guidsOf(request);
    const about = spoken.join(', ');
    const notice = [...notices.values()].find(({ operationId = '' }) => spoken.includes(operationId));
    const by = notice?.claim?.by;
    if (by === undefined) faults.push(`P3: tried without a claim on the notice: acknowledgement in ${about}`);
    else if (claimedIn.get(by) !== life()) faults.push(`P3: tried under the claim of another process: ${about}`);
  };

  const noteNotice = (notice: Notice): void => {
    const before = notices.get(notice.key)?.claim?.by;
    const by = notice.claim?.by;
    if (by !== undefined && !claimedIn.has(by)) claimedIn.set(by, life());
    if (before !== undefined && by !== undefined && by !== before && claimedIn.get(before) === life())
      faults.push(`P3: claimed twice at once: a notice of ${notice.subscriptionId}`);
    notices.set(notice.key, notice);
  };

  const checkMail = (record: Subscription | undefined, request: Outbound, fault: (what: string) => void): void => {
    const mail = mailOf(record, request);
    const operationId = request.headers['operation-id'];
    const isOwn = record && mail && ownIdOf(record.id, mail) === operationId;
    if (!isOwn) fault('P3: sent under an Operation-Id that is not its own');
    if (mail?.state === 'sent') fault('P3: sent again although the record says sent');
    if (accepted.some((one) => one.operationId === operationId && one.life === life())) {
      fault('P3: sent twice by one process');
    }
  };

  const checkEffect = (needed: string, name: string, record: Subscription | undefined, request: Outbound): void => {
    const fault = (what: string) => faults.push(`${what}: ${name} of ${record?.id}`);
    const by = record && claimsOf(record)[needed];
    if (by === undefined) fault('P3: tried without a claim on the record');
    else if (claimedIn.get(by) !== life()) fault('P3: tried under the claim of another process');
    const against = name === 'Marketplace activate' ? whyNotToBill(record) : undefined;
    if (against !== undefined) fault(`P1: ${against}`);
    if (request.to === 'mail') checkMail(record, request, fault);
  };

  /** Notes who holds which claim; a claim that a living process holds is nobody else's. */
  const noteClaims = (record: Subscription): void => {
    const before = records.get(record.id);
    const claimsBefore = before ? claimsOf(before) : {};
    for (const [work, by] of Object.entries(claimsOf(record))) {
      if (!claimedIn.has(by)) claimedIn.set(by, life());
      const other = claimsBefore[work] ?? by;
      if (other !== by && claimedIn.get(other) === life())
        faults.push(`P3: claimed twice at once: ${work} of ${record.id}`);
    }
  };

  return {
    faults: () => faults,
    sent: () => sent,
    /** The record that was last committed. */
    record: (id: string): Subscription | undefined => records.get(id),
    /** What Microsoft told of a subscription, as it was last committed. */
    notices: (id: string): Notice[] => [...notices.values()].filter(({ subscriptionId }) => subscriptionId === id),
    /** The effects outside that were tried for a subscription, in their order. */
    effects: (id: string): string[] => effects.filter((one) => one.id === id).map(({ name }) => name),
    /** From now on each effect for this subscription takes a while, so that others can come in between. */
    hold: (id: string): void => {
      held.add(id);
    },
    nameOf: (request: Outbound): string => names.get(request) ?? '',
    arrived: async (request: Outbound): Promise<void> => {
      if (!isOfApp(request)) return;
      const record = recordFor(request);
      const name = nameOf(request, record);
      names.set(request, name);
      sent.push(name);
      if (name === 'Marketplace acknowledge') checkAcknowledgement(request);
      const needed = claimNeeded(name);
      if (needed === undefined) return;
      effects.push({ id: record?.id, name });
      checkEffect(needed, name, record, request);
      if (record && held.has(record.id)) await sleep(HELD_MS);
    },
    answered: (request: Outbound, { status, body }: Answered): void => {
      if (request.to === 'mail' && status < 300) {
        accepted.push({ operationId: request.headers['operation-id'], life: life() });
      }
      // A transaction that was refused is answered 202 all the same, with the refusal inside.
      if (status >= 300 || /HTTP\/1\.1 [45]/.test(body)) return;
      const notice = noticeOf(request);
      if (notice) noteNotice(notice);
      const commit = commitOf(request);
      if (!commit) return;
      noteClaims(commit.record);
      records.set(commit.record.id, commit.record);
    },
  };
};
