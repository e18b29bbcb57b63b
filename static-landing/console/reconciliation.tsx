import { useEffect, useState } from 'preact/hooks';
import type { PassView, ReconciliationView } from '../../src/application/ask-to-reconcile.ts';
import type { Api } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import { Field } from '../design/form.tsx';
import { Button, Notice } from '../design/parts.tsx';
import { ProblemNotice } from './problem.tsx';
import { PROBLEMS, when } from './words.ts';

type Props = { api: Api; onProblem: (problem: Problem) => boolean };
type Answer = { reconciliation: ReconciliationView };

const PATH = '/operator/reconcile';
const POLL_MS = 5000;

/** What became of the rows, the ones that say nothing left out. */
const counted = ({ kind, counts }: PassView): string => {
  const would = kind === 'preview' ? 'would be ' : '';
  const parts: [number, string][] = [
    [counts.repaired, `${would}repaired`],
    [counts.adopted, `${would}taken over`],
    [counts.found, `${would}found`],
    [counts.failed, 'failed'],
    [counts.foreign, 'of other offers'],
  ];
  const told = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return [`${counts.compared} compared`, ...(told.length > 0 ? told : ['nothing to repair'])].join(', ');
};

const sentence = ({ pass, nextAt }: ReconciliationView): string => {
  if (!pass) return 'has not run yet. The first pass only counts what it would do.';
  const { state, kind, startedAt, endedAt = startedAt, stoppedAt = startedAt } = pass;
  const what = kind === 'preview' ? 'preview' : 'last pass';
  if (state === 'running') return `under way since ${when(startedAt)}: ${counted(pass)} so far.`;
  if (state === 'stopped') return `stopped ${when(stoppedAt)}: ${counted(pass)}.`;
  return `${what} ${when(endedAt)}: ${counted(pass)}.${nextAt === undefined ? '' : ` Next ${when(nextAt)}.`}`;
};

/** The brake has stopped a pass: an operator says how it goes on. */
const Stopped = ({ isBusy, send }: { isBusy: boolean; send: (body: object) => void }) => {
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  return (
    <Notice tone="bad" title="Stopped">
      <p>
        Microsoft’s list would suspend or end unusually many subscriptions. Look at Microsoft’s side before you let it
        go on.
      </p>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const given = reason.trim();
          setMissing(given === '');
          if (given !== '') send({ continue: true, reason: given });
        }}
      >
        <Field
          name="brake"
          label="Reason"
          hint="Why it is to go on without the brake"
          value={reason}
          onChange={setReason}
          isRequired
          fault={isMissing ? { before: 'Error:', text: PROBLEMS['reason-required'] ?? '' } : undefined}
        />
        <div class="row">
          <Button isBusy={isBusy}>Go on without the brake</Button>
          <Button isSecond isBusy={isBusy} onPress={() => send({ continue: false })}>
            Begin again
          </Button>
        </div>
      </form>
    </Notice>
  );
};

/** How the comparison of all records with Microsoft stands, in a line, and a button to ask for it. */
export const Reconciliation = ({ api, onProblem }: Props) => {
  const [shown, setShown] = useState<ReconciliationView>();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);

  const take = async (asking: ReturnType<typeof api.get<Answer>>): Promise<void> => {
    const answer = await asking;
    if (answer.ok) setShown(answer.value.reconciliation);
    setProblem(answer.ok || onProblem(answer.problem) ? undefined : answer.problem);
  };
  const send = (body: object): void => {
    setBusy(true);
    void take(api.post<Answer>(PATH, body)).then(() => setBusy(false));
  };
  useEffect(() => void take(api.get<Answer>(PATH)), []);
  useEffect(() => {
    if (shown?.pass?.state !== 'running') return undefined;
    const timer = setTimeout(() => void take(api.get<Answer>(PATH)), POLL_MS);
    return () => clearTimeout(timer);
  }, [shown]);

  if (!shown) return problem ? <ProblemNotice problem={problem} /> : null;
  const isStopped = shown.pass?.state === 'stopped';
  return (
    <section class="more" aria-label="Reconciliation">
      <p class="row small">
        <span>Reconciliation: {sentence(shown)}</span>
        {!isStopped && (
          <button type="button" class="textual" aria-disabled={isBusy} onClick={() => !isBusy && send({})}>
            {isBusy ? 'Comparing…' : 'Compare now'}
          </button>
        )}
      </p>
      {isStopped && <Stopped isBusy={isBusy} send={send} />}
      {problem && <ProblemNotice problem={problem} />}
    </section>
  );
};
