import type { CheckResult } from '../../src/application/checks/check.ts';
import type { Tone } from '../design/parts.tsx';

export const STATES: Record<CheckResult['state'], [string, Tone]> = {
  ok: ['OK', 'good'],
  failed: ['Failed', 'bad'],
  warning: ['Warning', 'wait'],
  'not-checked': ['Not checked', 'info'],
};

export const Mark = ({ of: [text, tone] }: { of: [string, Tone] }) => <span class={`badge ${tone}`}>{text}</span>;

const isWrong = ({ state }: CheckResult): boolean => state === 'failed' || state === 'warning';

/** What a check came to: why, what to do, and how to see that it is mended. */
export const Findings = ({ check }: { check: CheckResult }) => (
  <>
    <p>{check.found}</p>
    {check.cause && <p>Why: {check.cause}</p>}
    {check.fix && <p>What to do: {check.fix}</p>}
    {isWrong(check) && check.retest && <p>Then: {check.retest}</p>}
  </>
);

export const Result = ({ check }: { check: CheckResult }) => (
  <li class="card stack">
    <h2 class="row">
      {check.title} <Mark of={STATES[check.state]} />
    </h2>
    <Findings check={check} />
    <p class="small">When it is OK: {check.proves}</p>
  </li>
);
