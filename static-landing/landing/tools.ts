import type { View } from '../../src/application/view.ts';
import type { Answer, Api } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import type { PurchaseScreen } from './screen.ts';

/** What a part of the page needs to act by itself. */
export type Tools = {
  api: Api;
  /** Does what a button asks for; answers why it did not happen, when there is something left to press. */
  ask: <Value>(
    busy: NonNullable<PurchaseScreen['busy']>,
    request: (id: string) => Promise<Answer<Value>>,
    done: (value: Value) => void,
  ) => Promise<Problem | undefined>;
  /** Gives what went wrong a page of its own, where nothing is left to press; answers whether it did. */
  failed: (problem: Problem) => boolean;
  /** Shows the newest view, keeping what the page knows besides. */
  update: (view: View, also?: Partial<PurchaseScreen>) => void;
};
