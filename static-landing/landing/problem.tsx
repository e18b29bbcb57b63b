import type { Problem } from '../api/problem.ts';
import type { SignInOptions } from '../auth/begin.ts';
import { type Account, isTenantId } from '../auth/entra.ts';
import type { Brand } from '../config.ts';
import { Button, Notice, Title } from '../design/parts.tsx';
import { wordsOf } from './problem-words.ts';
import { t } from './text.ts';

const Support = ({ brand }: { brand: Brand }) => (
  <p>
    {t('footer.help')} <a href={`mailto:${brand.supportEmail}`}>{brand.supportEmail}</a>
  </p>
);

const Reference = ({ reference }: { reference: string | undefined }) =>
  reference ? <p class="small">{t('problem.reference', { reference })}</p> : null;

const Wait = ({ seconds }: { seconds: number | undefined }) =>
  seconds ? <p>{t('problem.retry-after', { seconds })}</p> : null;

/** A refusal of what was just asked for, beside the button: what was typed stays. */
export const InlineProblem = ({ problem, brand }: { problem: Problem; brand: Brand }) => {
  const { title, text } = wordsOf(problem);
  return (
    <Notice tone="bad" title={t(title)} takesFocus>
      <p>{t(text, { publisher: brand.publisherName, product: brand.productName })}</p>
      <Wait seconds={problem.retryAfterSeconds} />
      <Support brand={brand} />
      <Reference reference={problem.reference} />
    </Notice>
  );
};

const OtherAccount = ({ tenants, onSignIn }: { tenants: string[]; onSignIn: (options: SignInOptions) => void }) => (
  <>
    {tenants.map((tenant) => (
      <p key={tenant}>
        <Button onPress={() => onSignIn({ tenant, chooseAccount: true })}>
          {t('problem.purchasing-organization')}
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
  const tenants = problem.signInTenants.filter(isTenantId);
  return (
    <div class="card narrow stack">
      <Title of={problem.code}>{t(title)}</Title>
      <p>{t(text, { publisher: brand.publisherName, product: brand.productName })}</p>
      {account && remedy === 'other-account' && (
        <p>{t('problem.signed-in', { account: [account.name, account.username].filter(Boolean).join(', ') })}</p>
      )}
      <Wait seconds={problem.retryAfterSeconds} />
      {remedy === 'retry' && <Button onPress={onRetry}>{t('problem.retry')}</Button>}
      {remedy === 'other-account' && <OtherAccount tenants={tenants} onSignIn={onSignIn} />}
      <Support brand={brand} />
      <Reference reference={problem.reference} />
    </div>
  );
};
