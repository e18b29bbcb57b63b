import type { Brand } from '../config.ts';
import { t } from './text.ts';

/** Whom to ask. */
export const Support = ({ brand }: { brand: Brand }) => (
  <p>
    {t('footer.help')} <a href={`mailto:${brand.supportEmail}`}>{brand.supportEmail}</a>
  </p>
);

/** Where every subscription is found again. */
export const Reopen = () => (
  <p>
    <a class="button second" href="https://portal.azure.com/">
      {t('reopen.link')}
    </a>
  </p>
);

/** Microsoft's advice where a new purchase token is needed (contract 2.3). */
export const ReopenAdvice = () => (
  <>
    <p>{t('reopen.text')}</p>
    <Reopen />
  </>
);
