import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export type Tone = 'good' | 'wait' | 'bad' | 'info';

/** The page's only h1. It takes the focus whenever `of` changes, so that a screen reader says where one is now. */
export const Title = ({ of, children }: { of: string; children: ComponentChildren }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [of]);
  // Another element each time: focusing the one that has the focus already says nothing.
  return (
    <h1 key={of} ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
};

/** Says `text` to screen readers, once for each change, without moving the focus. */
export const Announcement = ({ text }: { text: string }) => (
  <div role="status" class="unseen">
    {text}
  </div>
);

/** A boxed message. `takesFocus`: it answers something the person just did. */
export const Notice = ({
  tone,
  title,
  takesFocus,
  children,
}: {
  tone: Tone;
  title?: string;
  takesFocus?: boolean;
  children?: ComponentChildren;
}) => {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) box.current?.focus();
  }, [takesFocus]);
  return (
    <div ref={box} class={`notice ${tone}`} {...(takesFocus ? { tabIndex: -1 } : {})}>
      {title && <strong>{title}</strong>}
      {children}
    </div>
  );
};

const TONES: Record<string, Tone> = {
  resolved: 'wait',
  provisioning: 'wait',
  'awaiting-confirmation': 'wait',
  confirmed: 'wait',
  activating: 'info',
  'activation-failed': 'bad',
  active: 'good',
  suspended: 'bad',
};

/** The state in Microsoft's words and ours (design 4). */
export const Badge = ({ stage, children }: { stage: string; children: ComponentChildren }) => (
  <span class={`badge ${TONES[stage] ?? ''}`}>{children}</span>
);

export type Fact = { label: string; value: ComponentChildren; isCode?: boolean };

/** Labelled values. `isLive`: they may change while they are looked at, and are then said to screen readers. */
export const Facts = ({ facts, isLive }: { facts: Fact[]; isLive?: boolean }) => (
  <dl class="facts">
    {facts.map(({ label, value, isCode }) => (
      <div key={label} {...(isLive ? { 'aria-live': 'polite', 'aria-atomic': true } : {})}>
        <dt>{label}</dt>
        <dd>{isCode ? <span class="code">{value}</span> : value}</dd>
      </div>
    ))}
  </dl>
);

/** A button that keeps its place and its focus while the answer is awaited. */
export const Button = ({
  children,
  onPress,
  isBusy = false,
  isSecond = false,
  describedBy,
}: {
  children: ComponentChildren;
  /** Absent: the button sends its form. */
  onPress?: () => void;
  isBusy?: boolean;
  isSecond?: boolean;
  describedBy?: string;
}) => (
  <button
    type={onPress ? 'button' : 'submit'}
    class={isSecond ? 'button second' : 'button'}
    aria-disabled={isBusy}
    {...(describedBy ? { 'aria-describedby': describedBy } : {})}
    onClick={(event) => {
      if (isBusy) event.preventDefault();
      else onPress?.();
    }}
  >
    {children}
  </button>
);

/** Something is under way; the words beside it say what. */
export const Spinner = () => <span class="spin" aria-hidden="true" />;
