import type { Purchase } from '../purchases.ts';
import type { World } from '../world.ts';
import { isOpen, type Operation } from './operation.ts';
import { refuse, succeed } from './run.ts';

/** What a PATCH of an operation comes to (contract 3). */
export type PatchAnswer = 'done' | 'closed' | 'not-yours' | 'no-such-status';

/** The publisher's word on an operation: Success or Failure. */
export const answerOperation = (
  world: World,
  purchase: Purchase,
  operation: Operation,
  status: unknown,
): PatchAnswer => {
  const { switches, clock } = world;
  if (operation.wire.operationRequestSource === 'Partner' && switches.patchPartnerOperation === 500) return 'not-yours';
  if (status !== 'Success' && status !== 'Failure')
    return switches.patchOtherStatus === 200 ? 'done' : 'no-such-status';
  if (!isOpen(operation)) return switches.patchClosedOperation === 200 ? 'done' : 'closed';
  // An operation of the publisher's own ends by itself, also where its PATCH is answered 200.
  if (operation.wire.operationRequestSource === 'Partner') return 'done';
  if (status === 'Success') succeed(world, purchase, operation, clock.now());
  else if (switches.patchFailure === 'fails') refuse(world, purchase, operation, clock.now());
  return 'done';
};
