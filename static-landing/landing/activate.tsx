import type { View } from '../../src/application/view.ts';
import type { Brand } from '../config.ts';
import { duration } from '../design/format.ts';
import { Button } from '../design/parts.tsx';
import { InlineProblem } from './problem.tsx';
import type { PurchaseScreen } from './screen.ts';
import { askable } from './stage-words.ts';
import { language, t } from './text.ts';

const termOf = ({ term }: View): string => (term?.termUnit ? duration(term.termUnit, language()) : '');

/** What is billed from the activation on. */
const billed = ({ planName, planId, quantity }: View): string =>
  [planName ?? planId, quantity === undefined ? '' : t('activate.quantity', { quantity })].filter(Boolean).join(', ');

type Activate = { screen: PurchaseScreen; brand: Brand; onPress: () => void };

/** What starts when, and the button that starts it. */
export const Activate = ({ screen, brand, onPress }: Activate) => {
  const { view, busy, problem } = screen;
  const term = termOf(view);
  return (
    <section class="card stack" aria-labelledby="activate">
      {problem && <InlineProblem problem={problem} brand={brand} />}
      <h2 id="activate">{t('activate.title')}</h2>
      <ul id="billing" class="numbered">
        <li>{t('activate.billing', { billed: billed(view) })}</li>
        {term && <li>{t('activate.term', { term })}</li>}
      </ul>
      <Button isBusy={busy === 'activate'} describedBy="billing" onPress={onPress}>
        {busy === 'activate' ? t('activate.busy') : t('activate.button')}
      </Button>
    </section>
  );
};

// No mailbox stands behind the user name of a guest account.
const isMailbox = (email: string): boolean => !email.includes('#EXT#');

/** For a colleague: whom to ask, one press away. */
export const Ask = ({ view }: { view: View }) => (
  <p class="hero row">
    {askable(view)
      .filter(isMailbox)
      .map((who) => (
        <a key={who} class="button second" href={`mailto:${who}`}>
          {t('ready.ask', { who })}
        </a>
      ))}
  </p>
);
