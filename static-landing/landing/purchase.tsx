import type { ComponentChildren } from 'preact';
import type { Brand } from '../config.ts';
import { Announcement, Notice, Title } from '../design/parts.tsx';
import { Steps } from '../design/steps.tsx';
import { Activate, Ask } from './activate.tsx';
import { ContactForm } from './contact-form.tsx';
import type { Journey } from './journey.ts';
import { Reopen } from './parts.tsx';
import { stepLines } from './progress.ts';
import { PurchaseFacts } from './purchase-facts.tsx';
import type { PurchaseScreen } from './screen.ts';
import { isColleague, isForAnother, mayActivate, stageWords } from './stage-words.ts';
import { t } from './text.ts';

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
    <p class="quiet small">{t('provisioning.leave')}</p>
  </section>
);

/** What there is to do or to follow in this situation; nothing in the quiet ones. */
const toDo = ({ screen, brand, journey }: PurchasePage): ComponentChildren => {
  switch (screen.situation) {
    case 'resolved':
      return (
        <>
          <ContactForm screen={screen} brand={brand} onSend={(contact) => void journey.onboard(contact)} />
          <NextSteps brand={brand} />
        </>
      );
    case 'provisioning':
    case 'delayed':
    case 'awaiting':
      return (
        <>
          <Progress screen={screen} brand={brand} />
          <NextSteps brand={brand} />
        </>
      );
    case 'ready':
    case 'activation-failed':
      return mayActivate(screen.view) ? (
        <Activate screen={screen} brand={brand} onPress={() => void journey.activate()} />
      ) : undefined;
    default:
      return undefined;
  }
};

const SETTING_UP = ['provisioning', 'delayed', 'awaiting'];

/** The purchase, where it stands, and the one thing to do next. */
export const PurchasePage = (page: PurchasePage) => {
  const { screen, brand } = page;
  const { view, situation, isOffline } = screen;
  const { workspaceUrl, next } = view;
  const { title, text } = stageWords(view, situation, brand);
  const doing = toDo(page);
  // What was bought is read before the form, and after everything else.
  const facts = <PurchaseFacts {...screen} />;
  return (
    <>
      <Announcement text={screen.announcement} />
      <div role="status" class="done">
        {screen.wasRequestedHere && SETTING_UP.includes(situation) && <Notice tone="good" title={t('onboard.done')} />}
      </div>
      <Title of={situation}>{title}</Title>
      <p class="lead">{text}</p>
      {situation === 'active' && workspaceUrl && /^https?:/.test(workspaceUrl) && (
        <p class="hero">
          <a class="button" href={workspaceUrl}>
            {t('active.open')}
          </a>
        </p>
      )}
      {situation === 'ready' && isColleague(view) && next.who === 'buyer' && <Ask view={view} />}
      {situation === 'suspended' && (
        <div class="hero">
          <Reopen />
        </div>
      )}
      <div role="status" class="hero">
        {isOffline && <Notice tone="wait">{t('steps.offline')}</Notice>}
      </div>
      {isForAnother(view) && (
        <div class="hero">
          <Notice
            tone="info"
            title={t('purchase.for-another', { purchaser: view.purchaserEmail, beneficiary: view.beneficiaryEmail })}
          >
            {t('purchase.for-another.text', { beneficiary: view.beneficiaryEmail })}
          </Notice>
        </div>
      )}
      <div class={doing ? 'columns' : 'columns alone'}>
        {situation === 'resolved' && facts}
        {doing && <div class="doing">{doing}</div>}
        {situation !== 'resolved' && facts}
      </div>
    </>
  );
};
