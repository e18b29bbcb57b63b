import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { View } from '../../src/application/view.ts';
import type { Api } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import { Field } from '../design/form.tsx';
import { Button } from '../design/parts.tsx';
import type { Action } from './actions.ts';
import { ProblemNotice } from './problem.tsx';
import { PROBLEMS } from './words.ts';

type ActionDialog = {
  action: Action;
  id: string;
  api: Api;
  onDone: (view: View) => void;
  onClose: () => void;
};

/** Says what will happen before it is asked for, and asks why where that has to be known. */
export const ActionDialog = ({ action, id, api, onDone, onClose }: ActionDialog) => {
  const { label, missing } = action.asksFor ?? { label: 'Reason', missing: PROBLEMS['reason-required'] ?? '' };
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const [isWanted, setWanted] = useState(action.reasonBecause !== undefined);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    // Not the button: Enter must not confirm what nobody has read.
    heading.current?.focus();
  }, []);

  const send = async (): Promise<void> => {
    const given = reason.trim();
    if (isWanted && given === '') return setProblem({ code: 'reason-required', errors: [], signInTenants: [] });
    setBusy(true);
    setProblem(undefined);
    const answer = await api.post<{ subscription: View }>(
      `/operator/subscriptions/${id}/${action.name}`,
      given === '' ? {} : { reason: given },
    );
    setBusy(false);
    if (answer.ok) return onDone(answer.value.subscription);
    if (answer.problem.code === 'reason-required') setWanted(true);
    return setProblem(answer.problem);
  };

  const isReasonMissing = problem?.code === 'reason-required';
  useEffect(() => {
    if (isReasonMissing) document.getElementById('reason')?.focus();
  }, [problem]);

  return (
    <dialog ref={dialog} aria-labelledby="action" onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void send();
        }}
      >
        <h2 id="action" ref={heading} tabIndex={-1}>
          {action.label}?
        </h2>
        {action.effects.map((effect) => (
          <p key={effect}>{effect}</p>
        ))}
        {isWanted && (
          <Field
            name="reason"
            label={label}
            hint={action.reasonBecause}
            value={reason}
            onChange={setReason}
            isRequired
            fault={isReasonMissing ? { before: 'Error:', text: missing } : undefined}
          />
        )}
        {problem && !isReasonMissing && <ProblemNotice problem={problem} />}
        <div class="row">
          <Button isBusy={isBusy}>{isBusy ? 'Working…' : action.label}</Button>
          <Button isSecond onPress={() => dialog.current?.close()}>
            Cancel
          </Button>
        </div>
      </form>
    </dialog>
  );
};
