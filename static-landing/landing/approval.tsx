import { useState } from 'preact/hooks';
import type { Brand } from '../config.ts';
import { Announcement, Button, Title } from '../design/parts.tsx';
import { Support } from './parts.tsx';
import { t } from './text.ts';

type ApprovalPage = { link: string; code: string | undefined; brand: Brand; onSignIn: () => void };

/** The organization's administrator comes first: a request to them, ready to be sent. */
export const ApprovalPage = ({ link, code, brand, onSignIn }: ApprovalPage) => {
  const [isCopied, setCopied] = useState(false);
  const values = { product: brand.productName, publisher: brand.publisherName, link };
  const request = t('approval.request', values);
  const mail = { subject: t('approval.subject', values), body: request };
  const query = Object.entries(mail).map(([name, text]) => `${name}=${encodeURIComponent(text)}`);

  const copy = async (): Promise<void> => {
    const box = document.getElementById('request') as HTMLTextAreaElement;
    box.select();
    await navigator.clipboard.writeText(request);
    setCopied(true);
  };

  return (
    <div class="card narrow stack">
      <Title of="approval">{t('approval.title', values)}</Title>
      <p>{t('approval.text')}</p>
      <div class="field whole">
        <label for="request">{t('approval.label')}</label>
        <textarea id="request" class="input" readOnly rows={14} value={request} />
      </div>
      <p class="row">
        {/* A browser without a clipboard leaves the request selected. */}
        <Button onPress={() => void copy().catch(() => undefined)}>{t('approval.copy')}</Button>
        <a class="button second" href={`mailto:?${query.join('&')}`}>
          {t('approval.mail')}
        </a>
        {isCopied && <span class="quiet">{t('approval.copied')}</span>}
      </p>
      <Announcement text={isCopied ? t('approval.copied') : ''} />
      <p>
        <Button isSecond onPress={onSignIn}>
          {t('sign-in.button')}
        </Button>
      </p>
      <Support brand={brand} />
      {code && <p class="small">{t('sign-in.code', { code })}</p>}
    </div>
  );
};
