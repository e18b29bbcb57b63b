import { useEffect, useState } from 'preact/hooks';
import type { PlanView } from '../../../src/application/list-plans.ts';
import { ErrorSummary, type Fault, Field } from '../../design/form.tsx';
import { Button, Title } from '../../design/parts.tsx';
import { t } from '../text.ts';
import { priceWords, termWords } from './holding.ts';
import { Back, type StepPage } from './parts.tsx';
import { whyNot } from './why.ts';

const useFault = (brand: StepPage['brand']): [Fault[], (fault: Fault | undefined) => void] => {
  const [faults, setFaults] = useState<Fault[]>([]);
  useEffect(() => {
    if (faults.length > 0) document.title = t('page.error-prefix', { title: document.title });
    return () => {
      document.title = t('page.title', { product: brand.productName });
    };
  }, [faults]);
  return [faults, (fault) => setFaults(fault ? [fault] : [])];
};

type ChoosePlan = StepPage & { chosen: string | undefined; onChoose: (planId: string) => void };

const Choice = ({ plan, page, isChosen }: { plan: PlanView; page: ChoosePlan; isChosen: boolean }) => (
  <label class="choice">
    <input
      type="radio"
      name="plan"
      id={`plan-${plan.planId}`}
      disabled={!plan.allowed}
      checked={isChosen}
      onChange={() => page.onChoose(plan.planId)}
    />
    <span>
      <strong>{plan.name}</strong>
      {plan.description && <span class="quiet">{plan.description}</span>}
      <span>
        {plan.allowed ? `${priceWords(plan, page.answer)}, ${termWords(plan, page.answer)}` : whyNoPlan(plan, page)}
      </span>
    </span>
  </label>
);

const whyNoPlan = ({ reason = 'not-allowed' }: PlanView, { brand }: ChoosePlan): string =>
  t(whyNot(reason), { publisher: brand.publisherName });

/** Which of the plans it shall be. Those that are not sold say so. */
export const ChoosePlan = (page: ChoosePlan) => {
  const { answer, brand, chosen, go } = page;
  const [faults, setFault] = useFault(brand);
  const others = answer.plans.filter(({ isCurrent }) => !isCurrent);
  const [fault] = faults;
  const first = others.find(({ allowed }) => allowed) ?? others[0];
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) return go('check');
        return setFault({ field: `plan-${first?.planId ?? ''}`, text: t('manage.plan.none') });
      }}
    >
      {fault && <ErrorSummary title={t('form.faults')} faults={faults} />}
      <Title of="plan">{t('manage.plan.title')}</Title>
      <fieldset class={fault ? 'choices field whole wrong' : 'choices field whole'}>
        <legend class="unseen">{t('manage.plan.title')}</legend>
        {fault && (
          <p class="fault">
            <span class="unseen">{t('form.fault')} </span>
            {fault.text}
          </p>
        )}
        {others.map((plan) => (
          <Choice key={plan.planId} plan={plan} page={page} isChosen={plan.planId === chosen} />
        ))}
      </fieldset>
      <div class="row">
        <Button>{t('manage.continue')}</Button>
        <Back />
      </div>
    </form>
  );
};

/** More than these Microsoft sells to nobody (contract 2.8). */
const MOST = 1_000_000;

type ChooseUsers = StepPage & { typed: string; onType: (typed: string) => void };

/** How many users it shall be for. */
export const ChooseUsers = ({ answer, brand, typed, onType, go }: ChooseUsers) => {
  const [faults, setFault] = useFault(brand);
  const { quantity = 0 } = answer.subscription;
  const { minQuantity: min = 1, maxQuantity: max = MOST } = answer.plans[0] ?? {};
  const check = (): string | undefined => {
    const text = typed.trim();
    if (!/^\d{1,9}$/.test(text)) return t('manage.users.whole');
    if (Number(text) < min || Number(text) > max) return t('manage.users.range', { min, max });
    return Number(text) === quantity ? t('manage.users.same', { quantity }) : undefined;
  };
  const [fault] = faults;
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const text = check();
        setFault(text === undefined ? undefined : { field: 'users', text });
        if (text === undefined) go('check');
      }}
    >
      {fault && <ErrorSummary title={t('form.faults')} faults={faults} />}
      <Title of="users">{t('manage.users.title')}</Title>
      <Field
        name="users"
        label={t('manage.users.new')}
        hint={t('manage.users.hint', { min, max, quantity })}
        isNumber
        isRequired
        value={typed}
        onChange={onType}
        fault={fault && { before: t('form.fault'), text: fault.text }}
      />
      <div class="row">
        <Button>{t('manage.continue')}</Button>
        <Back />
      </div>
    </form>
  );
};
