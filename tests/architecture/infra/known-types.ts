import { readText } from '../../support/source-files.ts';
import type { Snapshot } from './types.ts';

const read = (name: string): Snapshot => JSON.parse(readText(`tests/architecture/infra/${name}`)) as Snapshot;

/** Types that the program of snapshot.ts does not bring along, copied from Azure/bicep-types-az and msgraph-bicep-types. */
export const byHand = read('types-by-hand.json');

/** Everything that is known about the types that `infra/` uses. */
export const knownTypes = (): Snapshot => ({ ...read('types.json'), ...byHand });
