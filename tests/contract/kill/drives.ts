import { ACTS, type Act, type Kind } from './kinds.ts';
import { atRest } from './rest.ts';
import { buy } from './subject.ts';
import type { MortalWorld } from './world.ts';

/**
 * A request of a person with all that it sets off, as the app's outbound requests in their order, each with the part of the
 * journey to which it belongs. Without a part it is like one of another drive, and killed there.
 */
export type Drive = { act: Act; kind: Kind; requests: { name: string; phase?: string }[] };

const mailIn = (name: string): string | undefined =>
  /^(?:send|commit claim mail|commit mail-sent) (\S+)/.exec(name)?.[1];

/** To which part of the journey each request belongs: the person's own request, the work behind it, each mail. */
const phaseOf = (act: Act, names: string[], index: number): string => {
  const handedOn = names.findIndex((name) => name.startsWith('enqueue'));
  const toMails = names.lastIndexOf('enqueue notifications');
  if (handedOn === -1 || index <= handedOn) return act;
  if (index <= toMails) return act === 'activate' ? 'activation' : 'provisioning';
  // The worker reads the record before it is seen for which mail.
  return `mail ${names.slice(index).flatMap((name) => mailIn(name) ?? [])[0]}`;
};

/** What happens on no other way, at its first time: the part's name, and its first and last request. */
type Own = { phase: string; from: RegExp; to: RegExp };

type Journey = { kind: Kind; acts: Act[]; own?: Partial<Record<Act, Own[]>> };

const JOURNEYS: Journey[] = [
  { kind: 'plain', acts: [...ACTS] },
  {
    kind: 'auto',
    acts: ['resolve'],
    own: {
      resolve: [
        { phase: 'mail already-billed', from: /^enqueue notifications/, to: /^commit mail-sent already-billed/ },
      ],
    },
  },
  {
    kind: 'second',
    acts: ['resolve', 'onboard', 'confirm'],
    own: {
      onboard: [{ phase: 'organization exists', from: /^create organization/, to: /^commit organization-created/ }],
      confirm: [{ phase: 'held admin user', from: /^commit claim admin-user/, to: /^commit admin-user-created/ }],
    },
  },
  {
    kind: 'no-admin',
    acts: ['resolve', 'onboard'],
    own: {
      onboard: [
        { phase: 'failed step', from: /^commit step-failed/, to: /^enqueue notifications/ },
        { phase: 'mail step-failed', from: /^commit claim mail step-failed/, to: /^commit mail-sent step-failed/ },
      ],
    },
  },
  {
    kind: 'ended',
    acts: [...ACTS],
    own: {
      activate: [
        { phase: 'failed activation', from: /^commit .*, activation-failed$/, to: /^enqueue notifications/ },
        {
          phase: 'mail activation-failed',
          from: /^commit claim mail activation-failed/,
          to: /^commit mail-sent activation-failed/,
        },
      ],
    },
  },
  {
    kind: 'slow',
    acts: [...ACTS],
    own: { activate: [{ phase: 'not active yet', from: /^commit nothing new/, to: /^enqueue provisioning/ }] },
  },
];

const ownPhases = (own: Own[], names: string[]): (string | undefined)[] => {
  const left = new Set(own);
  let current: Own | undefined;
  return names.map((name) => {
    current ??= [...left].find(({ from }) => from.test(name));
    const phase = current?.phase;
    if (current) left.delete(current);
    if (current?.to.test(name)) current = undefined;
    return phase;
  });
};

const phased = (act: Act, names: string[], own: Own[] | undefined): Drive['requests'] => {
  const phases = own ? ownPhases(own, names) : names.map((_, index) => phaseOf(act, names, index));
  return names.map((name, index) => {
    const phase = phases[index];
    return phase === undefined ? { name } : { name, phase };
  });
};

/** A first purchase, after which all tables and queues are there. */
export const goFirst = async (world: MortalWorld): Promise<void> => {
  const subject = await buy(world);
  for (const act of ['resolve', 'onboard'] as const) {
    await subject.ask(act);
    await atRest(world, [{ subject, act }]);
  }
  // Ended in good order, it leaves its compiled code to those after it.
  await world.host().stop();
  await world.restart();
};

/** Walks each journey unharmed and notes what leaves. */
export const rehearse = async (world: MortalWorld): Promise<Drive[]> => {
  await goFirst(world);
  const drives: Drive[] = [];
  for (const { kind, acts, own } of JOURNEYS) {
    const subject = await buy(world, kind);
    for (const act of acts) {
      const isNoted = !own || own[act] !== undefined;
      // What a process remembers it does not ask for again, and those that will be killed are new, too.
      if (isNoted) await world.restart();
      const before = world.wire.sent().length;
      await subject.ask(act);
      await atRest(world, [{ subject, act }]);
      if (isNoted) drives.push({ act, kind, requests: phased(act, world.wire.sent().slice(before), own?.[act]) });
    }
  }
  return drives;
};
