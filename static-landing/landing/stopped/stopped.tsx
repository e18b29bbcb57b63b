import { Button, Title } from '../../design/parts.tsx';
import { loadWords } from '../languages.ts';
import { ReopenAdvice, Support } from '../parts.tsx';
import type { Stop, StoppedPart } from '../screen.ts';
import { type MessageKey, t } from '../text.ts';
import { ApprovalRequest } from './approval.tsx';
import { catalogue } from './catalogues.ts';

type Why = Exclude<Stop['why'], 'approval'>;

const WORDS: Record<Why, { title: MessageKey; text: MessageKey }> = {
  approved: { title: 'approved.title', text: 'approved.text' },
  cancelled: { title: 'sign-in.cancelled.title', text: 'sign-in.cancelled.text' },
  failed: { title: 'sign-in.failed.title', text: 'sign-in.failed.text' },
  unknown: { title: 'sign-in.unknown.title', text: 'sign-in.unknown.text' },
  lost: { title: 'lost.title', text: 'lost.text' },
  blocked: { title: 'blocked.title', text: 'blocked.text' },
};

/** The tab has no purchase: a new sign-in would lead nowhere. */
const WITHOUT_PURCHASE: Why[] = ['lost', 'blocked'];
/** Another account may do better. */
const REFUSED: Why[] = ['cancelled', 'failed'];

/** The way in stopped: why, and how one goes on. */
const Stopped = ({ screen: { app, stop }, brand, onSignIn }: StoppedPart) => {
  if (stop.why === 'approval') {
    const { tenant, code } = stop;
    return <ApprovalRequest app={app} tenant={tenant} code={code} brand={brand} onSignIn={onSignIn} />;
  }
  const { why } = stop;
  const { title, text } = WORDS[why];
  const values = { product: brand.productName, host: location.host };
  const isRefused = REFUSED.includes(why);
  return (
    <div class="card narrow stack">
      <Title of={why}>{t(title, values)}</Title>
      <p>{t(text, values)}</p>
      {WITHOUT_PURCHASE.includes(why) && <ReopenAdvice />}
      {(isRefused || why === 'unknown') && (
        <p>
          <Button onPress={() => onSignIn(isRefused ? { chooseAccount: true } : {})}>{t('sign-in.button')}</Button>
        </p>
      )}
      {why !== 'unknown' && <Support brand={brand} />}
      {'code' in stop && <p class="small">{t('sign-in.code', { code: stop.code })}</p>}
    </div>
  );
};

/** This part, when its words are there. */
export const load = async (): Promise<typeof Stopped> => {
  await loadWords(catalogue);
  return Stopped;
};
