import { Button, Facts, Title } from '../../design/parts.tsx';
import { Reopen } from '../parts.tsx';
import { t } from '../text.ts';
import { holding } from './holding.ts';
import { Back, type StepPage } from './parts.tsx';
import type { Step } from './steps.ts';
import { reasonOf, whyNot } from './why.ts';

type Way = { label: string; why: string | undefined; to: Step };

/** What the subscription is now, and what may be done with it. */
export const Menu = ({ answer, brand, go }: StepPage) => {
  const { plans, subscription: view } = answer;
  const [current] = plans;
  const because = (name: string): string | undefined => {
    const code = reasonOf(view, name);
    return code && t(whyNot(code), { publisher: brand.publisherName });
  };
  const whyNoPlan = because('change-plan') ?? (plans.length > 1 ? undefined : t('manage.why.no-plan'));
  const ways: Way[] = [
    { label: t('manage.change-plan'), why: whyNoPlan, to: 'plan' },
    ...(current?.isPricePerSeat
      ? [{ label: t('manage.change-users'), why: because('change-quantity'), to: 'users' as const }]
      : []),
  ];
  const whyNoEnd = because('cancel');
  const whys = new Set(ways.flatMap(({ why }) => why ?? []));
  const isElsewhere = [...whys, whyNoEnd].includes(t('manage.why.elsewhere'));
  return (
    <>
      <Title of="menu">{t('manage.title')}</Title>
      <section class="card stack" aria-labelledby="holding">
        <h2 id="holding">{t('manage.now')}</h2>
        {current && <Facts facts={holding(current, view.quantity, answer)} />}
        <div class="row">
          {ways.map(({ label, why, to }) =>
            why ? null : (
              <Button key={to} isSecond onPress={() => go(to)}>
                {label}
              </Button>
            ),
          )}
        </div>
        {[...whys].map((why) => (
          <p key={why} class="quiet">
            {why}
          </p>
        ))}
      </section>
      <section class="card stack" aria-labelledby="end">
        <h2 id="end">{t('manage.cancel')}</h2>
        <p class="quiet">{whyNoEnd ?? t('manage.cancel.text')}</p>
        {!whyNoEnd && (
          <Button isSecond onPress={() => go('cancel')}>
            {t('manage.cancel')}
          </Button>
        )}
      </section>
      {isElsewhere && <Reopen />}
      <p class="hero">
        <Back />
      </p>
    </>
  );
};
