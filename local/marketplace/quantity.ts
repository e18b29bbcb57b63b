import type { World } from './world.ts';

/** The quantity as the switch wants it in answers (contract 2.2). What the control API has put there stays as it is. */
export const shown = <Wire extends { quantity?: number }>(
  { switches }: World,
  wire: Wire,
): Omit<Wire, 'quantity'> & { quantity?: unknown } => {
  const { quantity, ...rest } = wire;
  const isFlat = quantity === undefined;
  if (switches.quantityForm === 'string') return { ...rest, quantity: isFlat ? '' : String(quantity) };
  if (switches.quantityForm === 'null') return { ...rest, quantity: isFlat ? null : quantity };
  return wire;
};
