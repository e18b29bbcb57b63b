import type { Probes } from './probes.ts';
import type { PagesLook } from './site.ts';
import type { WebhookLook } from './webhook-calls.ts';

/** `warning`: it works, and somebody should look. `not-checked`: nothing was proved, `fix` says how to prove it. */
export type State = 'ok' | 'failed' | 'warning' | 'not-checked';

/** What one check came to. Ids, addresses and counts only: no token, no secret, nobody's name (P7). */
export type Finding = {
  state: State;
  found: string;
  /** Why it is so, as far as can be told from outside. */
  cause?: string;
  /** What to do, and where to click. */
  fix?: string;
  /** What has to be done or waited for before it is looked at again; in a result followed by how to look. */
  retest?: string;
};

/** What several checks look at is asked for once in a run. */
export type CheckNeeds = Probes & {
  pages: () => Promise<PagesLook>;
  /** `undefined`: nobody knows where it is. */
  webhook: () => Promise<WebhookLook | undefined>;
};

/** One question about the set-up. `proves`: what is known when it is ok. */
export type Check = {
  id: string;
  title: string;
  proves: string;
  /** What the command needs besides, to look at it. */
  option?: '--azure' | '--mail ADDRESS';
  run(needs: CheckNeeds): Promise<Finding>;
};

export type CheckResult = Pick<Check, 'id' | 'title' | 'proves'> & Finding;

type Remedy = Pick<Finding, 'cause' | 'fix' | 'retest'>;

export const ok = (found: string): Finding => ({ state: 'ok', found });
export const failed = (found: string, remedy: Required<Pick<Finding, 'cause' | 'fix'>> & Remedy): Finding => ({
  state: 'failed',
  found,
  ...remedy,
});
export const warning = (found: string, remedy: Remedy): Finding => ({ state: 'warning', found, ...remedy });
export const notChecked = (found: string, remedy: Remedy): Finding => ({ state: 'not-checked', found, ...remedy });
