import type { Problem } from '../api/problem.ts';
import type { Account } from '../auth/entra.ts';
import { Button, Notice, Title } from '../design/parts.tsx';
import { PROBLEMS } from './words.ts';

/** A refusal in place; `takesFocus` where it answers a press. */
export const ProblemNotice = ({ problem }: { problem: Problem }) => (
  <Notice tone="bad" takesFocus>
    <p>{PROBLEMS[problem.code] ?? problem.detail ?? 'Something went wrong in the service.'}</p>
    {problem.reference && <p class="small">Reference: {problem.reference}</p>}
  </Notice>
);

/** The sign-in did not end well, or the account is nobody here. */
export const NoEntry = ({
  title,
  text,
  account,
  code,
  onSignIn,
}: {
  title: string;
  text: string;
  account?: Account;
  code?: string | undefined;
  onSignIn: (chooseAccount: boolean) => void;
}) => (
  <div class="card narrow stack">
    <Title of={title}>{title}</Title>
    <p>{text}</p>
    {account && (
      <p>
        You are signed in as {account.name}, {account.username}.
      </p>
    )}
    {code && <p class="small">Microsoft’s error: {code}</p>}
    <Button onPress={() => onSignIn(account !== undefined)}>{account ? 'Use another account' : 'Sign in'}</Button>
  </div>
);
