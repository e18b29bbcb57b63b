import { useState } from 'preact/hooks';
import type { Problem } from '../api/problem.ts';
import type { Account } from '../auth/entra.ts';
import type { Brand } from '../config.ts';
import { Shell } from '../design/shell.tsx';
import { DetailPage } from './detail.tsx';
import { List } from './list.tsx';
import { NoEntry } from './problem.tsx';
import { address, useRoute } from './route.ts';
import type { Session } from './session.ts';
import { SetUpPage } from './set-up.tsx';

const REFUSALS: Partial<Record<Problem['code'], { title: string; text: string }>> = {
  'not-an-operator': {
    title: 'This account is not an operator',
    text: 'Ask an administrator to give it the role Operator or Reader in the console’s enterprise application.',
  },
  unauthenticated: { title: 'Sign in again', text: 'Your sign-in has ended.' },
};

type App = { session: Session; account: Account; brand: Brand };

/** The console for somebody signed in: the list, or one subscription. */
export const App = ({ session, account, brand }: App) => {
  const [id, go] = useRoute();
  const [refusal, setRefusal] = useState<Problem['code']>();
  const onSignIn = (chooseAccount: boolean): void => void session.signIn(chooseAccount);
  const onProblem = ({ code }: Problem): boolean => {
    if (!REFUSALS[code]) return false;
    setRefusal(code);
    return true;
  };

  // Another page of its own: opened by its address only.
  const isSetUp = id === undefined && new URLSearchParams(location.search).has('set-up');
  const who = (
    <span class="row small">
      <a href={isSetUp ? location.pathname : '?set-up'}>{isSetUp ? 'Subscriptions' : 'Set-up'}</a>
      <span>{account.name || account.username}</span>
      <button type="button" class="textual" onClick={() => onSignIn(true)}>
        Use another account
      </button>
    </span>
  );
  const words = refusal && REFUSALS[refusal];
  const content = () => {
    if (words)
      return <NoEntry {...words} {...(refusal === 'unauthenticated' ? {} : { account })} onSignIn={onSignIn} />;
    if (isSetUp) return <SetUpPage api={session.api} onProblem={onProblem} />;
    if (id === undefined) return <List api={session.api} onOpen={go} onProblem={onProblem} />;
    return (
      <>
        <p>
          <a
            href={address()}
            onClick={(event) => {
              event.preventDefault();
              go();
            }}
          >
            All subscriptions
          </a>
        </p>
        <DetailPage key={id} id={id} api={session.api} onProblem={onProblem} />
      </>
    );
  };
  return (
    <Shell brand={brand} label="operator console" root="../" account={who}>
      {content()}
    </Shell>
  );
};
