import type { ComponentChildren } from 'preact';
import type { View } from '../../src/application/view.ts';
import type { Brand } from '../config.ts';
import { day, daysAway } from '../design/format.ts';
import { Announcement, Button, Notice, Title } from '../design/parts.tsx';
import { Steps } from '../design/steps.tsx';
import { Activate, Ask } from './activate.tsx';
import { ContactForm } from './contact-form.tsx';
import type { Journey } from './journey.ts';
import { Reopen } from './parts.tsx';
import { InlineProblem } from './problem.tsx';
import { stepLines } from './progress.ts';
import { PurchaseFacts } from './purchase-facts.tsx';
import type { PurchaseScreen } from './screen.ts';
import { allows } from './situation.ts';
import { isBilled, isColleague, isForAnother, mayActivate, stageWords } from './stage-words.ts';
import { language, t } from './text.ts';

type PurchasePage = { screen: PurchaseScreen; brand: Brand; journey: Journey };

/** The publisher's own steps, and when billing starts where that is the buyer's to decide. */
const NextSteps = ({ view, brand }: { view: View; brand: Brand }) => (
  <section class="card stack">
    <h2>{t('next.title')}</h2>
    <ol class="numbered">
      {brand.nextSteps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
    {view.activationPolicy === 'buyer' && !isBilled(view) && !isColleague(view) && <p>{t('next.activate')}</p>}
  </section>
);

const Progress = ({ screen, brand }: { screen: PurchaseScreen; brand: Brand }) => (
  <section class="card stack">
    <h2>{t('steps.title')}</h2>
    <Steps steps={stepLines(screen.view, brand.publisherName)} />
    <p class="quiet small">{t('provisioning.leave')}</p>
  </section>
);

/** The contact form for those who mistyped; closed, also again when it has done what it is for. */
const Correction = ({ screen, brand, journey }: PurchasePage) => (
  <details key={JSON.stringify(screen.contact)} class="card">
    <summary id="details">{t('contact.title')}</summary>
    <ContactForm screen={screen} brand={brand} isCorrection onSend={(contact) => void journey.onboard(contact)} />
  </details>
);

/** What there is to do or to follow in this situation; nothing in the quiet ones. */
const toDo = (page: PurchasePage): ComponentChildren => {
  const { screen, brand, journey } = page;
  switch (screen.situation) {
    case 'resolved':
    case 'unreachable':
      return (
        <>
          <ContactForm screen={screen} brand={brand} onSend={(contact) => void journey.onboard(contact)} />
          <NextSteps view={screen.view} brand={brand} />
        </>
      );
    case 'provisioning':
    case 'delayed':
    case 'awaiting':
      return (
        <>
          <Progress screen={screen} brand={brand} />
          <NextSteps view={screen.view} brand={brand} />
          {allows(screen.view, 'correct-contact') && <Correction {...page} />}
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

const BEGUN = ['active', 'changing', 'suspended'];

/** Where one goes from a subscription that has begun. */
const Ways = ({ screen, brand, journey }: PurchasePage) => {
  const { view, situation, problem } = screen;
  const { workspaceUrl } = view;
  return (
    <div class="hero stack">
      {problem && <InlineProblem problem={problem} brand={brand} />}
      <div class="row">
        {situation !== 'suspended' && workspaceUrl && /^https?:/.test(workspaceUrl) && (
          <a class="button" href={workspaceUrl}>
            {t('active.open')}
          </a>
        )}
        {situation === 'suspended' && <Reopen />}
        {situation !== 'changing' && !isColleague(view) && (
          <Button isSecond isBusy={screen.busy === 'manage'} onPress={() => void journey.manage(true)}>
            {t('active.manage')}
          </Button>
        )}
      </div>
    </div>
  );
};

/** The purchase, where it stands, and the one thing to do next. */
export const PurchasePage = (page: PurchasePage) => {
  const { screen, brand } = page;
  const { view, situation, isOffline, outcome, done, manage: Manage } = screen;
  const { pendingUntil } = view.deadlines;
  if (Manage) return <Manage {...page} />;
  const { title, text } = stageWords(screen, brand);
  const doing = toDo(page);
  // What was bought is read before the form, and after everything else.
  const facts = <PurchaseFacts {...screen} />;
  return (
    <>
      <Announcement text={screen.announcement} />
      <div role="status" class="done">
        {done && SETTING_UP.includes(situation) && (
          <Notice
            key={JSON.stringify(screen.contact)}
            tone="good"
            title={t(done)}
            takesFocus={done === 'contact.done'}
          />
        )}
        {situation === 'active' && outcome && (
          <Notice
            tone={outcome === 'done' ? 'good' : 'bad'}
            title={t(outcome === 'done' ? 'changed.done' : 'changed.refused')}
          />
        )}
      </div>
      <Title of={situation}>{title}</Title>
      <p class="lead">{text}</p>
      {pendingUntil && situation !== 'lapsed' && situation !== 'activating' && (
        <p class="lead quiet">
          {t('pending.until', {
            when: daysAway(pendingUntil, Date.now(), language()),
            date: day(pendingUntil, language()),
          })}
        </p>
      )}
      {BEGUN.includes(situation) && <Ways {...page} />}
      {isColleague(view) && (situation === 'active' || (situation === 'ready' && view.next.who === 'buyer')) && (
        <Ask view={view} />
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
