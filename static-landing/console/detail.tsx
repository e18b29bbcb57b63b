import { useEffect, useState } from 'preact/hooks';
import type { OperatorView } from '../../src/application/get-subscription.ts';
import type { View } from '../../src/application/view.ts';
import type { Api } from '../api/client.ts';
import { type Look, poll } from '../api/poll.ts';
import type { Problem } from '../api/problem.ts';
import { Announcement, Badge, Button, Notice, Spinner, Title } from '../design/parts.tsx';
import { Steps } from '../design/steps.tsx';
import { ActionDialog } from './action-dialog.tsx';
import { type Action, actionsOf } from './actions.ts';
import { Contact, SubscriptionFacts, Timeline } from './detail-parts.tsx';
import { ProblemNotice } from './problem.tsx';
import { stepLines, turn } from './words.ts';

type DetailPage = { id: string; api: Api; onProblem: (problem: Problem) => boolean };

/** What leads on to a running subscription; all else is done by the way, also what is the buyer's to do. */
const leadsOn = ({ name }: Action, { next }: View): boolean =>
  name === 'activate' ? next.who !== 'buyer' : name === 'confirm' || name === 'start';

const POLL_MS = 3000;
/** Mails follow a change within seconds: so long it is worth looking although nothing is pending. */
const QUIET_AFTER_MS = 30_000;
/** Buyer and Microsoft may act at any time, and nobody waits for it at this page. */
const SLOW_MS = 30_000;

const isMoving = ({ stage, requestedAt, steps }: View): boolean =>
  ['provisioning', 'activating'].includes(stage) ||
  (requestedAt !== undefined && steps.some(({ state }) => state === 'pending'));

/** How soon to look again; a page that is seen anew looks in any case. */
const paceOf = (view: View, changedAtMs: number): Look => {
  if (isMoving(view) || Date.now() - changedAtMs < QUIET_AFTER_MS) return 'changed';
  return ['buyer', 'microsoft'].includes(view.next.who) ? 'same' : 'rest';
};

/** Loads the subscription and keeps looking while something is moving, has moved just now, or somebody else is to act. */
const useDetail = ({ id, api, onProblem }: DetailPage) => {
  const [detail, setDetail] = useState<OperatorView>();
  const [problem, setProblem] = useState<Problem>();
  const [round, setRound] = useState(0);

  useEffect(() => {
    let isLeft = false;
    let last = '';
    let changedAtMs = Date.now();
    const look = async (): Promise<Look> => {
      const answer = await api.get<OperatorView>(`/operator/subscriptions/${encodeURIComponent(id)}`);
      if (isLeft) return 'stop';
      if (!answer.ok) {
        if (onProblem(answer.problem)) return 'stop';
        setProblem(answer.problem);
        return answer.problem.code === 'subscription-not-found' ? 'stop' : 'same';
      }
      setProblem(undefined);
      const text = JSON.stringify(answer.value);
      if (text !== last) {
        last = text;
        changedAtMs = Date.now();
        setDetail(answer.value);
      }
      return paceOf(answer.value.subscription, changedAtMs);
    };
    let stop = (): void => {};
    void look().then((found) => {
      if (found !== 'stop' && !isLeft) stop = poll(look, { firstMs: POLL_MS, mostMs: SLOW_MS });
    });
    return () => {
      isLeft = true;
      stop();
    };
  }, [id, round]);

  return { detail, setDetail, problem, lookAgain: () => setRound(round + 1) };
};

/** One subscription: whose turn it is, what may be done, what happened. */
export const DetailPage = (page: DetailPage) => {
  const { detail, setDetail, problem, lookAgain } = useDetail(page);
  const [action, setAction] = useState<Action>();
  if (!detail) {
    return (
      <>
        <Title of={page.id}>Subscription</Title>
        {problem ? <ProblemNotice problem={problem} /> : <Spinner />}
      </>
    );
  }
  const view = detail.subscription;
  return (
    <>
      <Title of={page.id}>{view.name || view.id}</Title>
      <div class="row head">
        <span class="row">
          <Badge stage={view.stage}>{view.badge}</Badge>
          {view.isTest && <Badge stage="">Test purchase</Badge>}
          {view.isFreeTrial && <Badge stage="">Free trial</Badge>}
        </span>
        <span class="row">
          {actionsOf(view).map((one) => (
            <Button key={one.name} isSecond={!leadsOn(one, view)} onPress={() => setAction(one)}>
              {one.label}
            </Button>
          ))}
        </span>
      </div>
      <Announcement text={`${view.badge}. ${turn(view)}`} />
      <div class="turn">
        <Notice tone="info" title="Whose turn">
          {turn(view)}
        </Notice>
      </div>
      {problem && <ProblemNotice problem={problem} />}
      <div class="columns">
        <div>
          <section class="card">
            <h2>Set-up</h2>
            {view.requestedAt ? <Steps steps={stepLines(view)} /> : <p class="quiet">Not requested yet.</p>}
          </section>
          <section class="card">
            <h2>Timeline</h2>
            <Timeline lines={detail.timeline} />
          </section>
        </div>
        <div>
          <section class="card">
            <h2>Contact</h2>
            <Contact {...detail} />
          </section>
          <section class="card">
            <h2>Subscription</h2>
            <SubscriptionFacts view={view} />
          </section>
        </div>
      </div>
      {action && (
        <ActionDialog
          key={action.name}
          action={action}
          id={view.id}
          api={page.api}
          onClose={() => setAction(undefined)}
          onDone={(subscription) => {
            setAction(undefined);
            setDetail({ ...detail, subscription });
            lookAgain();
          }}
        />
      )}
    </>
  );
};
