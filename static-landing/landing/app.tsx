import { useEffect } from 'preact/hooks';
import type { Brand } from '../config.ts';
import { Button, Spinner, Title } from '../design/parts.tsx';
import { Shell } from '../design/shell.tsx';
import type { Journey } from './journey.ts';
import { ReopenAdvice, Support } from './parts.tsx';
import { ProblemPage } from './problem.tsx';
import { PurchasePage } from './purchase.tsx';
import type { DeadEnd, Screen, SignInReason } from './screen.ts';
import { type MessageKey, t } from './text.ts';

const WORKING: Record<'sign-in' | 'open', { title: MessageKey; note: MessageKey }> = {
  'sign-in': { title: 'working.sign-in', note: 'working.sign-in.note' },
  open: { title: 'working.open', note: 'working.open.note' },
};

const SIGN_IN: Record<SignInReason, { title: MessageKey; text: MessageKey }> = {
  interrupted: { title: 'sign-in.interrupted.title', text: 'sign-in.interrupted.text' },
  expired: { title: 'sign-in.expired.title', text: 'sign-in.expired.text' },
  cancelled: { title: 'sign-in.cancelled.title', text: 'sign-in.cancelled.text' },
  failed: { title: 'sign-in.failed.title', text: 'sign-in.failed.text' },
  unknown: { title: 'sign-in.unknown.title', text: 'sign-in.unknown.text' },
};

const ENDS: Record<Exclude<DeadEnd, 'no-purchase'>, { title: MessageKey; text: MessageKey }> = {
  lost: { title: 'lost.title', text: 'lost.text' },
  blocked: { title: 'blocked.title', text: 'blocked.text' },
};

const Working = ({ on }: { on: 'sign-in' | 'open' }) => (
  <div class="card narrow">
    <div class="row">
      <Spinner />
      <Title of={on}>
        <span class="working">{t(WORKING[on].title)}</span>
      </Title>
    </div>
    <p class="lead quiet">{t(WORKING[on].note)}</p>
  </div>
);

const End = ({ what, brand }: { what: DeadEnd; brand: Brand }) => {
  if (what === 'no-purchase') {
    return (
      <div class="card narrow">
        <Title of={what}>{t('no-purchase.title')}</Title>
      </div>
    );
  }
  const { title, text } = ENDS[what];
  const values = { product: brand.productName, host: location.host };
  return (
    <div class="card narrow stack">
      <Title of={what}>{t(title, values)}</Title>
      <p>{t(text, values)}</p>
      <ReopenAdvice />
      <Support brand={brand} />
    </div>
  );
};

type SignInPage = { screen: Extract<Screen, { at: 'sign-in' }>; brand: Brand; journey: Journey };

const SignInPage = ({ screen, brand, journey }: SignInPage) => {
  const { why, code } = screen;
  const { title, text } = SIGN_IN[why];
  const isRefused = why === 'failed' || why === 'cancelled';
  return (
    <div class="card narrow stack">
      <Title of={why}>{t(title)}</Title>
      <p>{t(text)}</p>
      <p>
        <Button onPress={() => void journey.signIn(isRefused ? { chooseAccount: true } : {})}>
          {t('sign-in.button')}
        </Button>
      </p>
      {isRefused && <Support brand={brand} />}
      {code && <p class="small">{t('sign-in.code', { code })}</p>}
    </div>
  );
};

const Content = ({ screen, brand, journey }: { screen: Screen; brand: Brand; journey: Journey }) => {
  switch (screen.at) {
    case 'working':
      return <Working on={screen.on} />;
    case 'end':
      return <End what={screen.what} brand={brand} />;
    case 'sign-in':
      return <SignInPage screen={screen} brand={brand} journey={journey} />;
    case 'approval':
      return <screen.part screen={screen} brand={brand} onSignIn={() => void journey.signIn()} />;
    case 'problem':
      return (
        <ProblemPage
          problem={screen.problem}
          account={screen.account}
          brand={brand}
          onRetry={() => void journey.open()}
          onSignIn={(options) => void journey.signIn(options)}
        />
      );
    case 'purchase':
      return <PurchasePage screen={screen} brand={brand} journey={journey} />;
    default:
      return screen satisfies never;
  }
};

const Foot = ({ brand }: { brand: Brand }) => (
  <>
    <span>{brand.publisherName}</span>
    <a href={`mailto:${brand.supportEmail}`}>{brand.supportEmail}</a>
    {brand.supportUrl && <a href={brand.supportUrl}>{t('footer.support')}</a>}
    <a href={brand.privacyUrl}>{t('footer.privacy')}</a>
    <a href={brand.termsUrl}>{t('footer.terms')}</a>
  </>
);

/** The whole page for one screen. Without a purchase there is nothing but the sentence that says so. */
export const App = ({ screen, brand, journey }: { screen: Screen; brand: Brand; journey: Journey }) => {
  useEffect(() => {
    const returned = (event: PageTransitionEvent): void => {
      if (event.persisted) journey.returned();
    };
    addEventListener('pageshow', returned);
    return () => removeEventListener('pageshow', returned);
  }, [journey]);
  const isWithoutPurchase = screen.at === 'end' && screen.what === 'no-purchase';
  return (
    <Shell brand={brand} root="./" foot={isWithoutPurchase ? undefined : <Foot brand={brand} />}>
      <Content screen={screen} brand={brand} journey={journey} />
    </Shell>
  );
};
