import type { Visitor } from '../domain/party.ts';
import type { Contact, TimelineEntry } from '../domain/subscription.ts';
import { loadForParty, notFound } from './access.ts';
import { type Needs, rulesOf } from './needs.ts';
import { toView, type View } from './view.ts';

type ReadNeeds = Pick<Needs, 'store' | 'clock' | 'rules'>;

/** @throws `subscription-not-found` for foreign and unknown alike */
export const getForParty = async (needs: ReadNeeds, id: string, visitor: Visitor): Promise<View> => {
  const { record } = await loadForParty(needs.store, id, visitor, needs.clock());
  return toView(record, { kind: 'party', visitor }, rulesOf(needs));
};

/** @throws `subscription-not-found` */
export const getForOperator = async (needs: ReadNeeds, id: string, mayAct: boolean): Promise<View> => {
  const stored = await needs.store.load(id);
  if (!stored) throw notFound();
  return toView(stored.record, { kind: 'operator', mayAct }, rulesOf(needs));
};

export type OperatorView = {
  subscription: View;
  contact: Contact | null;
  timeline: { at: string; what: string; actor: string; detail?: string }[];
};

const actorName = ({ actor }: TimelineEntry): string => {
  // Erased with the rest, the name is an empty one.
  if (actor.kind === 'operator') return actor.name || 'operator';
  if (actor.kind === 'buyer') return actor.roles.length > 0 ? actor.roles.join(' and ') : 'colleague of the buyer';
  return actor.kind;
};

/** The subscription with its contact and whole history, oldest entry first. @throws `subscription-not-found` */
export const getWithTimeline = async (needs: ReadNeeds, id: string, mayAct: boolean): Promise<OperatorView> => {
  const [stored, timeline] = await Promise.all([needs.store.load(id), needs.store.timeline(id)]);
  if (!stored) throw notFound();
  return {
    subscription: toView(stored.record, { kind: 'operator', mayAct }, rulesOf(needs)),
    contact: stored.record.contact ?? null,
    timeline: timeline.map((entry) => ({
      at: entry.at,
      what: entry.what,
      actor: actorName(entry),
      ...(entry.detail === undefined ? {} : { detail: entry.detail }),
    })),
  };
};
