import { useEffect } from 'preact/hooks';
import type { Brand } from '../config.ts';
import { Button, Spinner, Title } from '../design/parts.tsx';
import { Shell } from '../design/shell.tsx';
import type { Journey } from './journey.ts';
import { ProblemPage } from './problem.tsx';
import { PurchasePage } from './purchase.tsx';
import type { Screen } from './screen.ts';
import { type MessageKey, t } from './text.ts';

const WORKING: Record<'sign-in' | 'open', { title: MessageKey; note: MessageKey }> = {
  'sign-in': { title: 'working.sign-in', note: 'working.sign-in.note' },
  open: { title: 'working.open', note: 'working.open.note' },
};

const SIGN_IN: Record<Extract<Screen, { at: 'sign-in' }>['why'], { title: MessageKey; text: MessageKey }> = {
  interrupted: { title: 'sign-in.interrupted.title', text: 'sign-in.interrupted.text' },
  expired: { title: 'sign-in.expired.title', text: 'sign-in.expired.text' },
  failed: { title: 'sign-in.failed.title', text: 'sign-in.failed.text' },
  unknown: { title: 'sign-in.unknown.title', text: 'sign-in.unknown.text' },
};

const Working = ({ on }: { on: 'sign-in' | 'open' }) => (
  <div class="card narrow">
    <div class="row" role="status">
      <Spinner />
      <h1 class="working">{t(WORKING[on].title)}</h1>
    </div>
    <p class="lead quiet">{t(WORKING[on].note)}</p>
  </div>
);

type SignInPage = { screen: Extract<Screen, { at: 'sign-in' }>; brand: Brand; journey: Journey };

const SignInPage = ({ screen, brand, journey }: SignInPage) => {
  const { title, text } = SIGN_IN[screen.why];
  return (
    <div class="card narrow stack">
      <Title of={screen.why}>{t(title)}</Title>
      <p>{t(text, { product: brand.productName })}</p>
      <Button onPress={() => void journey.signIn(screen.why === 'failed' ? { chooseAccount: true } : {})}>
        {t('sign-in.button')}
      </Button>
      {screen.why === 'failed' && (
        <p>
          {t('footer.help')} <a href={`mailto:${brand.supportEmail}`}>{brand.supportEmail}</a>
        </p>
      )}
      {screen.code && <p class="small">{t('sign-in.failed.code', { code: screen.code })}</p>}
    </div>
  );
};

const Content = ({ screen, brand, journey }: { screen: Screen; brand: Brand; journey: Journey }) => {
  switch (screen.at) {
    case 'working':
      return <Working on={screen.on} />;
    case 'no-purchase':
      return (
        <div class="card narrow">
          <Title of="no-purchase">{t('no-purchase.title')}</Title>
        </div>
      );
    case 'sign-in':
      return <SignInPage screen={screen} brand={brand} journey={journey} />;
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
  return (
    <Shell brand={brand} root="./" foot={screen.at === 'no-purchase' ? undefined : <Foot brand={brand} />}>
      <Content screen={screen} brand={brand} journey={journey} />
    </Shell>
  );
};
