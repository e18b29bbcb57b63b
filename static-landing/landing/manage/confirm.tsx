import type { PlanView } from '../../../src/application/list-plans.ts';
import { day, moment } from '../../design/format.ts';
import { Button, Facts, Title } from '../../design/parts.tsx';
import { language, t } from '../text.ts';
import { holding } from './holding.ts';
import { Back, Refusal, type StepPage } from './parts.tsx';

type Check = StepPage & { plan: PlanView; quantity: number | undefined; onConfirm: () => void };

/** What is, what will be, and what that means, side by side, before anything is asked for. */
export const Check = ({ answer, brand, isBusy, problem, plan, quantity, onConfirm }: Check) => {
  const [current] = answer.plans;
  if (!current) return null;
  return (
    <>
      <Title of="check">{t('manage.check.title')}</Title>
      <div class="pair">
        <section class="card" aria-labelledby="now">
          <h2 id="now">{t('manage.now')}</h2>
          <Facts facts={holding(current, answer.subscription.quantity, answer)} />
        </section>
        <section class="card" aria-labelledby="new">
          <h2 id="new">{t('manage.new')}</h2>
          <Facts facts={holding(plan, quantity, answer)} />
        </section>
      </div>
      <section class="card stack" aria-labelledby="bill">
        <h2 id="bill">{t('manage.check.billing')}</h2>
        <ul id="means" class="numbered">
          <li>{t('manage.check.prorated')}</li>
          {!plan.isCurrent && <li>{t('manage.check.usage')}</li>}
          <li>{t('manage.check.when')}</li>
        </ul>
        <Refusal problem={problem} brand={brand} />
        <div class="row">
          <Button isBusy={isBusy} describedBy="means" onPress={onConfirm}>
            {isBusy ? t('onboard.busy') : t('manage.check.button')}
          </Button>
          <Back />
        </div>
      </section>
    </>
  );
};

/** What the end of the subscription means, and the button that ends it. */
export const Cancel = ({ answer, brand, isBusy, problem, onConfirm }: StepPage & { onConfirm: () => void }) => {
  const { freeUntil, keptUntil } = answer;
  return (
    <>
      <Title of="cancel">{t('manage.cancel.title')}</Title>
      <section class="card stack ending">
        <p>{t('manage.cancel.lead')}</p>
        <ul id="means" class="numbered">
          <li>{t('manage.cancel.access', { product: brand.productName })}</li>
          <li>
            {t('manage.cancel.billing')}{' '}
            {freeUntil && t('manage.cancel.free', { moment: moment(freeUntil, language()) })}
          </li>
          <li>{t('manage.cancel.usage')}</li>
          <li>{t('manage.cancel.kept', { date: day(keptUntil, language()) })}</li>
          <li>{t('manage.cancel.final')}</li>
        </ul>
        <Refusal problem={problem} brand={brand} />
        <div class="row">
          <Button isBusy={isBusy} describedBy="means" onPress={onConfirm}>
            {isBusy ? t('onboard.busy') : t('manage.cancel.button')}
          </Button>
          <Button isSecond onPress={() => history.back()}>
            {t('manage.cancel.keep')}
          </Button>
        </div>
      </section>
    </>
  );
};
