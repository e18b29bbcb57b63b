import { useEffect, useState } from 'preact/hooks';
import type { CheckResult } from '../../src/application/checks/check.ts';
import type { PartnerCenterLine } from '../../src/application/checks/partner-center.ts';
import type { Report, ShownReport } from '../../src/application/checks/report.ts';
import type { Api } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import { Announcement, Button, Spinner, Title, type Tone } from '../design/parts.tsx';
import { ProblemNotice } from './problem.tsx';
import { Mark, Result, STATES } from './set-up-check.tsx';
import { TestMail } from './set-up-mail.tsx';
import { toTheSecond } from './words.ts';

const PROOFS: Record<PartnerCenterLine['proof'], [string, Tone]> = {
  proven: ['Proven', 'good'],
  'how-to-prove': ['How to prove', 'wait'],
  'not-provable': ['Not from here', 'info'],
};

const Line = ({ line }: { line: PartnerCenterLine }) => (
  <li class="stack">
    <p class="row">
      <strong>{line.field}</strong> <Mark of={PROOFS[line.proof]} />
    </p>
    {line.value && <p class="code">{line.value}</p>}
    <p class="small">{line.how}</p>
  </li>
);

const WORST_FIRST: CheckResult['state'][] = ['failed', 'warning', 'not-checked', 'ok'];

const summary = ({ checks }: Report): string =>
  WORST_FIRST.map((state) => `${STATES[state][0]}: ${checks.filter((one) => one.state === state).length}`).join(', ');

type SetUpPage = { api: Api; onProblem: (problem: Problem) => boolean };

/** How the service is set up, checked by the app when the page is opened (docs/doctor.md). */
export const SetUpPage = ({ api, onProblem }: SetUpPage) => {
  const [report, setReport] = useState<ShownReport>();
  const [isAgain, setAgain] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(true);

  const load = async (): Promise<void> => {
    setBusy(true);
    const answer = await api.get<ShownReport>('/operator/set-up');
    setBusy(false);
    setProblem(answer.ok || onProblem(answer.problem) ? undefined : answer.problem);
    if (!answer.ok) return;
    setAgain(answer.value.checkedAt === report?.checkedAt);
    setReport(answer.value);
  };
  useEffect(() => void load(), []);

  return (
    <>
      <Title of="set-up">Set-up</Title>
      <div class="row head">
        <p>
          {isBusy && <Spinner />}{' '}
          {report ? `${summary(report)}. Checked ${toTheSecond(report.checkedAt)}.` : 'Checking…'}
          {isAgain && ' The app looks every 20 seconds: this is what it saw then.'}
        </p>
        <Button isSecond isBusy={isBusy} onPress={() => void load()}>
          Check again
        </Button>
      </div>
      <Announcement text={report && !isBusy ? `${summary(report)}${isAgain ? ', as before' : ''}` : ''} />
      {problem && <ProblemNotice problem={problem} />}
      {report && (
        <div class="stack">
          {report.mayAct && <TestMail api={api} onProblem={onProblem} />}
          <ul class="plain stack" role="list" aria-label="Checks">
            {report.checks
              .toSorted((one, other) => WORST_FIRST.indexOf(one.state) - WORST_FIRST.indexOf(other.state))
              .map((check) => (
                <Result key={check.id} check={check} />
              ))}
          </ul>
          <section class="card stack">
            <h2>Partner Center, technical configuration</h2>
            <ul class="plain stack" role="list" aria-label="Partner Center">
              {report.partnerCenter.map((line) => (
                <Line key={line.field} line={line} />
              ))}
            </ul>
          </section>
        </div>
      )}
    </>
  );
};
