import { useState } from 'preact/hooks';
import type { CheckResult } from '../../src/application/checks/check.ts';
import type { Api } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import { Announcement, Button } from '../design/parts.tsx';
import { ProblemNotice } from './problem.tsx';
import { Findings, Mark, STATES } from './set-up-check.tsx';

type TestMail = { api: Api; onProblem: (problem: Problem) => boolean };

/** Has the app send a mail to the first of the operators: the one thing that no check may do by itself. */
export const TestMail = ({ api, onProblem }: TestMail) => {
  const [result, setResult] = useState<CheckResult>();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);

  const send = async (): Promise<void> => {
    setBusy(true);
    const answer = await api.post<CheckResult>('/operator/set-up/test-mail', {});
    setBusy(false);
    setResult(answer.ok ? answer.value : undefined);
    setProblem(answer.ok || onProblem(answer.problem) ? undefined : answer.problem);
  };

  return (
    <section class="card stack">
      <h2 class="row">Test mail {result && <Mark of={STATES[result.state]} />}</h2>
      <p>It goes to the first address of OPERATOR_EMAILS.</p>
      {result && <Findings check={result} />}
      {problem && <ProblemNotice problem={problem} />}
      <Announcement text={result?.found ?? ''} />
      <div>
        <Button isSecond isBusy={isBusy} onPress={() => void send()}>
          Send a test mail
        </Button>
      </div>
    </section>
  );
};
