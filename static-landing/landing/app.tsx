import { useEffect } from 'preact/hooks';
import type { Brand } from '../config.ts';
import { Button, Spinner, Title } from '../design/parts.tsx';
import { Shell } from '../design/shell.tsx';
import type { Journey } from './journey.ts';
import { ProblemPage } from './problem.tsx';
import { PurchasePage } from './purchase.tsx';
import type { Screen, SignInReason } from './screen.ts';
import { type MessageKey, t } from './text.ts';

const WORKING: Record<'sign-in' | 'open', { title: MessageKey; note: MessageKey }> = {
  'sign-in': { title: 'working.sign-in', note: 'working.sign-in.note' },
  open: { title: 'working.open', note: 'working.open.note' },
};

const SIGN_IN: Record<SignInReason, { title: MessageKey; text: MessageKey }> = {
  interrupted: { title: 'sign-in.interrupted.title', text: 'sign-in.interrupted.text' },
  expired: { title: 'sign-in.expired.title', text: 'sign-in.expired.text' },
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

const SignInPage = ({ why, onSignIn }: { why: SignInReason; onSignIn: () => void }) => (
  <div class="card narrow stack">
    <Title of={why}>{t(SIGN_IN[why].title)}</Title>
    <p>{t(SIGN_IN[why].text)}</p>
    <p>
      <Button onPress={onSignIn}>{t('sign-in.button')}</Button>
    </p>
  </div>
);

const Content = ({ screen, brand, journey }: { screen: Screen; brand: Brand; journey: Journey }) => {
  switch (screen.at) {
    case 'working':
      return <Working on={screen.on} />;
    case 'no-purchase':
      return (
        <div class="card narrow">
          <Title of={screen.at}>{t('no-purchase.title')}</Title>
        </div>
      );
    case 'sign-in':
      return <SignInPage why={screen.why} onSignIn={() => void journey.signIn()} />;
    case 'stopped':
      return <screen.part screen={screen} brand={brand} onSignIn={(options) => void journey.signIn(options)} />;
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
