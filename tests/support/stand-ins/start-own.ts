import { type Kind, type Kinds, start } from './kinds.ts';

export type StandIn<Which extends Kind> = Awaited<ReturnType<Kinds[Which]>>;

/**
 * A stand-in of one's own, empty: in the farm beside jest, or where there is none (bench, model, fixtures) in this process.
 * `options` are those of its `start` function, as JSON.
 */
export const startOwn = async <Which extends Kind>(
  kind: Which,
  ...[options]: Parameters<Kinds[Which]>
): Promise<StandIn<Which>> => {
  const farm = process.env['STAND_IN_FARM'];
  if (farm === undefined) return (await start(kind, options)) as StandIn<Which>;
  const response = await fetch(`${farm}/${kind}`, { method: 'POST', body: JSON.stringify(options ?? {}) });
  if (!response.ok) throw new Error(`The stand-in ${kind} did not start: ${await response.text()}`);
  const reached = (await response.json()) as StandIn<Which> & { id: string };
  return {
    ...reached,
    close: async () => {
      const closed = await fetch(`${farm}/${reached.id}`, { method: 'DELETE' });
      if (!closed.ok) throw new Error(`The stand-in ${kind} did not close: ${await closed.text()}`);
    },
  };
};
