import type { ComponentChildren } from 'preact';
import type { View } from '../../src/application/view.ts';
import type { Brand } from '../config.ts';
import { duration } from '../design/format.ts';
import { Announcement, Button, Notice, Title } from '../design/parts.tsx';
import { Steps } from '../design/steps.tsx';
import { ContactForm } from './contact-form.tsx';
import type { Journey } from './journey.ts';
import { InlineProblem } from './problem.tsx';
import { stepLines } from './progress.ts';
import { PurchaseFacts } from './purchase-facts.tsx';
import type { PurchaseScreen } from './screen.ts';
import { mayActivate, stageWords } from './stage-words.ts';
import { LANGUAGE, t } from './text.ts';

type PurchasePage = { screen: PurchaseScreen; brand: Brand; journey: Journey };

const NextSteps = ({ brand }: { brand: Brand }) => (
  <section class="card stack">
    <h2>{t('next.title')}</h2>
    <ol class="numbered">
      {brand.nextSteps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  </section>
);

const Progress = ({ screen, brand }: { screen: PurchaseScreen; brand: Brand }) => (
  <section class="card stack">
    <h2>{t('steps.title')}</h2>
    <Steps steps={stepLines(screen.view, brand.publisherName)} />
    {screen.isOffline && <Notice tone="wait">{t('steps.offline')}</Notice>}
    <p class="quiet small">{t('provisioning.leave')}</p>
  </section>
);

/** What is billed from the activation on. */
const billed = ({ planName, planId, quantity, term }: View): string =>
  [
    planName ?? planId,
    quantity === undefined ? '' : t('activate.quantity', { quantity }),
    term?.termUnit ? t('activate.term', { term: duration(term.termUnit, LANGUAGE) }) : '',
  ]
    .filter(Boolean)
    .join(', ');

const Activate = ({ screen, brand, journey }: PurchasePage) => {
  const { view, busy, problem } = screen;
  return (
    <section class="card stack">
      {problem && <InlineProblem problem={problem} brand={brand} />}
      <p id="billing">{t('activate.what', { billed: billed(view) })}</p>
      <Button isBusy={busy === 'activate'} describedBy="billing" onPress={() => void journey.activate()}>
        {busy === 'activate' ? t('activate.busy') : t('activate.button')}
      </Button>
    </section>
  );
};

/** What there is to do or to follow in this stage; nothing in the quiet ones. */
const toDo = (page: PurchasePage): ComponentChildren => {
  const { screen, brand, journey } = page;
  switch (screen.view.stage) {
    case 'resolved':
      return (
        <>
          <ContactForm screen={screen} brand={brand} onSend={(contact) => void journey.onboard(contact)} />
          <NextSteps brand={brand} />
        </>
      );
    case 'provisioning':
    case 'awaiting-confirmation':
      return (
        <>
          <Progress screen={screen} brand={brand} />
          <NextSteps brand={brand} />
        </>
      );
    default:
      return mayActivate(screen.view) ? <Activate {...page} /> : undefined;
  }
};

/** The purchase, where it stands, and the one thing to do next. */
export const PurchasePage = (page: PurchasePage) => {
  const { screen, brand } = page;
  const { stage, workspaceUrl } = screen.view;
  const { title, text } = stageWords(screen.view, brand);
  const isWaiting = stage === 'provisioning' || stage === 'awaiting-confirmation';
  const doing = toDo(page);
  return (
    <>
      <Announcement text={screen.announcement} />
      {screen.wasRequestedHere && isWaiting && (
        <div class="done">
          <Notice tone="good" title={t('onboard.done')} />
        </div>
      )}
      <Title of={stage}>{title}</Title>
      <p class="lead">{text}</p>
      {stage === 'active' && workspaceUrl && /^https?:/.test(workspaceUrl) && (
        <p class="hero">
          <a class="button" href={workspaceUrl}>
            {t('active.open')}
          </a>
        </p>
      )}
      <div class={doing ? 'columns' : 'columns alone'}>
        <PurchaseFacts {...screen} />
        {doing && <div class="doing">{doing}</div>}
      </div>
    </>
  );
};
