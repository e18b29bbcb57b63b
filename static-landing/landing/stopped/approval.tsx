import { useState } from 'preact/hooks';
import { isTenantId, type SignInApp } from '../../auth/entra.ts';
import { Announcement, Button, Title } from '../../design/parts.tsx';
import { Support } from '../parts.tsx';
import type { StoppedPart } from '../screen.ts';
import { t } from '../text.ts';

/** Where an administrator approves this page for the whole organization; `tenant`: the one of the sign-in. */
const approvalLink = ({ authority, clientId, redirectUri }: SignInApp, tenant: string): string => {
  const organization = isTenantId(tenant) ? tenant : 'organizations';
  return `${authority}/${organization}/adminconsent?${new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri })}`;
};

type Request = Omit<StoppedPart, 'screen'> & { app: SignInApp; tenant: string; code: string | undefined };

/** The organization's administrator comes first: a request to them, ready to be sent. */
export const ApprovalRequest = ({ app, tenant, code, brand, onSignIn }: Request) => {
  const [isCopied, setCopied] = useState(false);
  const values = { product: brand.productName, publisher: brand.publisherName, link: approvalLink(app, tenant) };
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
        <Button isSecond onPress={() => onSignIn()}>
          {t('sign-in.button')}
        </Button>
      </p>
      <Support brand={brand} />
      {code && <p class="small">{t('sign-in.code', { code })}</p>}
    </div>
  );
};
