import { atRest } from './rest.ts';
import { ACTS, type Act, buy } from './subject.ts';
import type { MortalWorld } from './world.ts';

/** A request of a person with all that it sets off, as the app's outbound requests in their order. */
export type Drive = { act: Act; planId: string; requests: { name: string; phase: string }[] };

const mailIn = (name: string): string | undefined =>
  /^(?:send|commit claim mail|commit mail-sent) (\S+)/.exec(name)?.[1];

/** To which part of the journey each request belongs: the person's own request, the work behind it, each mail. */
const phased = (act: Act, names: string[]): Drive['requests'] => {
  const handedOn = names.findIndex((name) => name.startsWith('enqueue'));
  const toMails = names.lastIndexOf('enqueue notifications');
  const phaseAt = (index: number): string => {
    if (handedOn === -1 || index <= handedOn) return act;
    if (index <= toMails) return act === 'activate' ? 'activation' : 'provisioning';
    // The worker reads the record before it is seen for which mail.
    return `mail ${names.slice(index).flatMap((name) => mailIn(name) ?? [])[0]}`;
  };
  return names.map((name, index) => ({ name, phase: phaseAt(index) }));
};

const JOURNEYS: [string, Act[]][] = [
  ['starter', [...ACTS]],
  ['growth-auto', ['resolve']],
];

const walk = async (world: MortalWorld): Promise<Drive[]> => {
  const drives: Drive[] = [];
  for (const [planId, acts] of JOURNEYS) {
    const subject = await buy(world, planId);
    for (const act of acts) {
      // What a process remembers it does not ask for again, and those that will be killed are new, too.
      await world.restart();
      const before = world.wire.sent().length;
      await subject.ask(act);
      await atRest(world, [{ subject, act }]);
      drives.push({ act, planId, requests: phased(act, world.wire.sent().slice(before)) });
    }
  }
  return drives;
};

/** Walks each journey unharmed and notes what leaves, after a first walk that made the tables and queues. */
export const rehearse = async (world: MortalWorld): Promise<Drive[]> => {
  await walk(world);
  return walk(world);
};
