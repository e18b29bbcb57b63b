import { useEffect, useState } from 'preact/hooks';
import type { PlansAnswer } from '../../../src/application/list-plans.ts';
import type { Asked } from '../../../src/domain/transitions/changes.ts';
import type { Answer } from '../../api/client.ts';
import type { Problem } from '../../api/problem.ts';
import { Button, Spinner, Title } from '../../design/parts.tsx';
import { loadWords } from '../languages.ts';
import type { ManagePart } from '../screen.ts';
import { t } from '../text.ts';
import { catalogue } from './catalogues.ts';
import { ChoosePlan, ChooseUsers } from './choose.tsx';
import { Cancel, Check } from './confirm.tsx';
import { askForChange, askForPlans } from './desk.ts';
import styles from './manage.css';
import { Menu } from './menu.tsx';
import { Back, Refusal, type StepPage } from './parts.tsx';
import { useSteps } from './steps.ts';

/** Plan or number of users, as far as chosen: at most one of the two. */
type Wish = { planId?: string; typed?: string };

const Waiting = ({ problem, part, onRetry }: { problem?: Problem; part: ManagePart; onRetry: () => void }) => (
  <>
    <Title of="menu">{t('manage.title')}</Title>
    {problem ? (
      <div class="card stack">
        <Refusal problem={problem} brand={part.brand} />
        <div class="row">
          <Button onPress={onRetry}>{t('problem.retry')}</Button>
          <Back />
        </div>
      </div>
    ) : (
      <p class="lead row">
        <Spinner />
        <span>{t('manage.loading')}</span>
      </p>
    )}
  </>
);

/** Changes plan or number of users, or cancels: each in steps of its own, with what it means before it is asked for. */
const Manage = (part: ManagePart) => {
  const { screen, brand, journey } = part;
  const { view, busy } = screen;
  const { step, go } = useSteps(() => void journey.manage(false));
  const [answer, setAnswer] = useState<Answer<PlansAnswer>>();
  const [wish, setWish] = useState<Wish>({});
  const [problem, setProblem] = useState<Problem>();
  const load = (): void => {
    setAnswer(undefined);
    void askForPlans(journey.tools, view).then(setAnswer);
  };
  useEffect(load, [view.planId, view.quantity]);
  useEffect(() => setProblem(undefined), [step]);
  const send = async (asked: Asked): Promise<void> => {
    setProblem(undefined);
    const plans = answer?.ok ? answer.value.plans : [];
    const names = Object.fromEntries(plans.map(({ planId, name }) => [planId, name]));
    setProblem(await askForChange(journey.tools, asked, names));
  };
  const content = () => {
    if (!answer?.ok) return <Waiting {...(answer ? { problem: answer.problem } : {})} part={part} onRetry={load} />;
    const page: StepPage = {
      answer: { ...answer.value, subscription: view },
      brand,
      isBusy: busy === 'change',
      problem,
      go,
    };
    const plan = page.answer.plans.find((one) => (wish.planId ? one.planId === wish.planId : one.isCurrent));
    if (step === 'plan')
      return <ChoosePlan {...page} chosen={wish.planId} onChoose={(planId) => setWish({ planId })} />;
    if (step === 'users')
      return <ChooseUsers {...page} typed={wish.typed ?? ''} onType={(typed) => setWish({ typed })} />;
    if (step === 'cancel') return <Cancel {...page} onConfirm={() => void send('cancel')} />;
    if (step === 'check' && plan) {
      const { planId, typed = '' } = wish;
      const quantity = planId ? view.quantity : Number(typed);
      const confirm = (): void => void send(planId ? { planId } : { quantity: Number(typed) });
      return <Check {...page} plan={plan} quantity={quantity} onConfirm={confirm} />;
    }
    return <Menu {...page} />;
  };
  return <div class="part">{content()}</div>;
};

/** This part with its styles, when its words are there. */
export const load = async (): Promise<typeof Manage> => {
  await loadWords(catalogue);
  // The policy admits what a script of ours makes, and no `style` element.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets = [sheet];
  return Manage;
};
