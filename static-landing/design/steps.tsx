import type { Tone } from './parts.tsx';

export type StepLine = {
  name: string;
  label: string;
  text: string;
  mark: 'done' | 'busy' | 'waiting' | 'held' | 'failed';
};

const MARKS: Record<Exclude<StepLine['mark'], 'busy'>, { sign: string; tone: Tone | '' }> = {
  done: { sign: '✓', tone: 'good' },
  waiting: { sign: '', tone: '' },
  held: { sign: 'Ⅱ', tone: 'wait' },
  failed: { sign: '!', tone: 'bad' },
};

const Mark = ({ mark }: { mark: StepLine['mark'] }) => {
  if (mark === 'busy') return <span class="dot spin" aria-hidden="true" />;
  const { sign, tone } = MARKS[mark];
  return (
    <span class={`dot ${tone}`} aria-hidden="true">
      {sign}
    </span>
  );
};

/** The steps of the set-up, each with its state in words: colour and sign only repeat them. */
export const Steps = ({ steps }: { steps: StepLine[] }) => (
  <ol class="steps">
    {steps.map(({ name, label, text, mark }) => (
      <li key={name}>
        <Mark mark={mark} />
        <span class="step-text">
          <strong>{label}</strong>
          <span class="quiet small">{text}</span>
        </span>
      </li>
    ))}
  </ol>
);
