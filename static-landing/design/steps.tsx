import type { Tone } from './parts.tsx';

export type StepLine = {
  name: string;
  label: string;
  text: string;
  mark: 'done' | 'busy' | 'waiting' | 'held' | 'failed';
};

/** A tick, two bars, an exclamation mark: drawn by the style, since a font may have none. */
const MARKS: Record<StepLine['mark'], Tone | 'spin' | ''> = {
  done: 'good',
  busy: 'spin',
  waiting: '',
  held: 'wait',
  failed: 'bad',
};

/** The steps of the set-up, each with its state in words: colour and sign only repeat them. */
export const Steps = ({ steps }: { steps: StepLine[] }) => (
  <ol class="steps">
    {steps.map(({ name, label, text, mark }) => (
      <li key={name}>
        <span class={`dot ${MARKS[mark]}`} aria-hidden="true" />
        <span class="step-text">
          <strong>{label}</strong>
          <span class="quiet small">{text}</span>
        </span>
      </li>
    ))}
  </ol>
);
