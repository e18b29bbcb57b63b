import type { World } from '../world.ts';
import { isOpen } from './operation.ts';
import { goOn } from './partner.ts';
import { sendNotification, showInTime, waitForSilence, watch } from './run.ts';

/** After a restart: goes on with all that was under way. */
export const resume = (world: World): void => {
  for (const purchase of world.purchases.all()) {
    for (const operation of purchase.operations) {
      sendNotification(world, purchase, operation);
      showInTime(world, purchase, operation);
      if (!isOpen(operation)) continue;
      if (operation.wire.operationRequestSource === 'Partner') goOn(world, purchase, operation);
      else waitForSilence(world, purchase, operation);
    }
    watch(world, purchase);
  }
};
