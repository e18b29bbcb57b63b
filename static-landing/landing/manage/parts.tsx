import type { PlansAnswer } from '../../../src/application/list-plans.ts';
import type { Problem } from '../../api/problem.ts';
import type { Brand } from '../../config.ts';
import { Button } from '../../design/parts.tsx';
import { InlineProblem } from '../problem.tsx';
import { t } from '../text.ts';
import type { Step } from './steps.ts';
import { refusalWords } from './why.ts';

/** What each step knows, and where it may lead. */
export type StepPage = {
  answer: PlansAnswer;
  brand: Brand;
  isBusy: boolean;
  /** Why what was just asked for did not happen. */
  problem: Problem | undefined;
  go: (step: Step) => void;
};

/** Why the change did not happen, in the words for it. */
export const Refusal = ({ problem, brand }: Pick<StepPage, 'problem' | 'brand'>) =>
  problem ? <InlineProblem problem={problem} brand={brand} words={refusalWords(problem)} /> : null;

/** One step back. */
export const Back = () => (
  <Button isSecond onPress={() => history.back()}>
    {t('manage.back')}
  </Button>
);
