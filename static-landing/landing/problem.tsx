import type { Problem } from '../api/problem.ts';
import type { SignInOptions } from '../auth/begin.ts';
import { type Account, isTenantId } from '../auth/entra.ts';
import type { Brand } from '../config.ts';
import { wait } from '../design/format.ts';
import { Button, Notice, Title } from '../design/parts.tsx';
import { ReopenAdvice, Support } from './parts.tsx';
import { type ProblemWords, wordsOf } from './problem-words.ts';
import { language, t } from './text.ts';

const Reference = ({ reference }: { reference: string | undefined }) =>
  reference ? <p class="small">{t('problem.reference', { reference })}</p> : null;

const Wait = ({ seconds }: { seconds: number | undefined }) =>
  seconds ? <p>{t('problem.retry-after', { time: wait(seconds, language()) })}</p> : null;

type InlineProblem = { problem: Problem; brand: Brand; words?: Omit<ProblemWords, 'remedy'> | undefined };

/** A refusal of what was just asked for, beside the button: what was typed stays. */
export const InlineProblem = ({ problem, brand, words }: InlineProblem) => {
  const { title, text } = words ?? wordsOf(problem);
  return (
    <Notice tone="bad" title={t(title)} takesFocus>
      <p>{t(text, { publisher: brand.publisherName, product: brand.productName, reason: problem.reason ?? '' })}</p>
      <Wait seconds={problem.retryAfterSeconds} />
      <Support brand={brand} />
      <Reference reference={problem.reference} />
    </Notice>
  );
};

type OtherAccount = { tenants: string[]; onSignIn: (options: SignInOptions) => void };

/** The service names the organization that uses the purchase before the one that made it. */
const OtherAccount = ({ tenants, onSignIn }: OtherAccount) => (
  <>
    {tenants.map((tenant, at) => (
      <p key={tenant}>
        <Button onPress={() => onSignIn({ tenant, chooseAccount: true })}>
          {t(at < tenants.length - 1 ? 'problem.using-organization' : 'problem.purchasing-organization')}
        </Button>
        <span class="quiet small tenant">{t('problem.tenant', { id: tenant })}</span>
      </p>
    ))}
    <p>
      <Button isSecond={tenants.length > 0} onPress={() => onSignIn({ chooseAccount: true })}>
        {t('problem.other-account')}
      </Button>
    </p>
  </>
);

type ProblemPage = {
  problem: Problem;
  account: Account | undefined;
  brand: Brand;
  onRetry: () => void;
  onSignIn: (options: SignInOptions) => void;
};

/** One clear page for each error of the API: what it is, what to do next, whom to ask. */
export const ProblemPage = ({ problem, account, brand, onRetry, onSignIn }: ProblemPage) => {
  const { title, text, remedy } = wordsOf(problem);
  const values = {
    publisher: brand.publisherName,
    product: brand.productName,
    account: account?.username || account?.name || '',
  };
  return (
    <div class="card narrow stack">
      <Title of={problem.code}>{t(title, values)}</Title>
      <p>{t(text, values)}</p>
      <Wait seconds={problem.retryAfterSeconds} />
      {remedy === 'retry' && (
        <p>
          <Button onPress={onRetry}>{t('problem.retry')}</Button>
        </p>
      )}
      {remedy === 'other-account' && (
        <OtherAccount tenants={problem.signInTenants.filter(isTenantId)} onSignIn={onSignIn} />
      )}
      {remedy === 'reopen' && <ReopenAdvice />}
      <Support brand={brand} />
      <Reference reference={problem.reference} />
    </div>
  );
};
