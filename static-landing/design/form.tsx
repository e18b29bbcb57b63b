import { useEffect, useRef } from 'preact/hooks';

export type Fault = { field: string; text: string };

/** What is wrong with a form, above it, each fault leading to its field. It takes the focus whenever it says something new. */
export const ErrorSummary = ({ title, faults }: { title: string; faults: Fault[] }) => {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, [faults]);
  return (
    <div ref={box} class="summary" tabIndex={-1} role="alert" aria-labelledby="summary-title">
      <h2 id="summary-title">{title}</h2>
      <ul>
        {faults.map(({ field, text }) => (
          <li key={field + text}>
            <a
              href={`#${field}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(field)?.focus();
              }}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
};

type Field = {
  name: string;
  label: string;
  hint?: string | undefined;
  /** With the words that a screen reader puts before it. */
  fault?: { before: string; text: string } | undefined;
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'email' | 'tel';
  isNumber?: boolean;
  autocomplete?: string;
  isRequired?: boolean;
  /** Characters. */
  most?: number;
};

/** One labelled line of a form. */
export const Field = ({
  name,
  label,
  hint,
  fault,
  value,
  onChange,
  type,
  isNumber,
  autocomplete,
  isRequired,
  most,
}: Field) => {
  const about = [hint && `${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(' ');
  return (
    <div class={fault ? 'field wrong' : 'field'}>
      <label for={name}>{label}</label>
      {hint && (
        <span id={`${name}-hint`} class="hint">
          {hint}
        </span>
      )}
      {fault && (
        <span id={`${name}-fault`} class="fault">
          <span class="unseen">{fault.before} </span>
          {fault.text}
        </span>
      )}
      <input
        id={name}
        name={name}
        class="input"
        type={type ?? 'text'}
        // Only with `list` do preact's types take a `type` that is not a literal.
        list={undefined}
        inputMode={isNumber ? 'numeric' : undefined}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
        autocomplete={autocomplete ?? 'off'}
        spellcheck={false}
        maxLength={most}
        aria-required={isRequired ?? false}
        aria-invalid={fault !== undefined}
        {...(about ? { 'aria-describedby': about } : {})}
      />
    </div>
  );
};
