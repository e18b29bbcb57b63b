import { ARRIVING } from './arriving.ts';
import { BILLED } from './billed.ts';
import type { State } from './driver.ts';
import { MANAGED } from './managed.ts';
import { PURCHASED } from './purchased.ts';
import { REFUSED } from './refused.ts';

/** Everything that a buyer can meet. */
export const STATES: State[] = [...ARRIVING, ...REFUSED, ...PURCHASED, ...BILLED, ...MANAGED];
