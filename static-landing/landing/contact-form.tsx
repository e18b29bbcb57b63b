import { useEffect, useState } from 'preact/hooks';
import type { View } from '../../src/application/view.ts';
import type { Brand } from '../config.ts';
import { ErrorSummary, type Fault, Field } from '../design/form.tsx';
import { Button } from '../design/parts.tsx';
import { checkContact } from './contact.ts';
import { InlineProblem } from './problem.tsx';
import type { ContactInput, PurchaseScreen } from './screen.ts';
import { isBilled, isColleague, whoDecides } from './stage-words.ts';
import { t } from './text.ts';

/** When billing begins, as far as pressing Onboard decides it; nothing where it runs already. */
const billingNote = (view: View): string => {
  if (isBilled(view)) return '';
  if (view.activationPolicy === 'buyer' && isColleague(view)) return t('onboard.colleague', { who: whoDecides(view) });
  return view.activationPolicy === 'buyer' ? t('onboard.not-billed') : t('onboard.billing-follows');
};

/** `most`: characters, as the service takes them. */
const LINES = [
  { name: 'name', label: 'form.name', autocomplete: 'name', isRequired: true, most: 200 },
  { name: 'email', label: 'form.email', autocomplete: 'email', isRequired: true, type: 'email', most: 254 },
  { name: 'company', label: 'form.company', autocomplete: 'organization', most: 200 },
  { name: 'phone', label: 'form.phone', autocomplete: 'tel', type: 'tel', most: 50 },
] as const;

type ContactForm = {
  screen: PurchaseScreen;
  brand: Brand;
  isCorrection?: boolean;
  onSend: (contact: ContactInput) => void;
};

/** The buyer checks their details and asks for the set-up, or corrects them afterwards. */
export const ContactForm = ({ screen, brand, isCorrection, onSend }: ContactForm) => {
  const { view, profile, busy } = screen;
  const [contact, setContact] = useState<ContactInput>(
    screen.contact ?? { name: profile.name, email: profile.email, company: '', phone: '' },
  );
  const [faults, setFaults] = useState<Fault[]>([]);
  useEffect(() => setFaults(screen.faults), [screen.faults]);
  useEffect(() => {
    if (faults.length > 0) document.title = t('page.error-prefix', { title: document.title });
    return () => {
      document.title = t('page.title', { product: brand.productName });
    };
  }, [faults]);

  const send = (): void => {
    const { name, email, company, phone } = contact;
    const trimmed = { name: name.trim(), email: email.trim(), company: company.trim(), phone: phone.trim() };
    const found = checkContact(trimmed);
    setFaults(found);
    if (found.length === 0) onSend(trimmed);
  };

  const note = isCorrection ? '' : billingNote(view);
  return (
    <form
      class={isCorrection ? 'stack' : 'card stack'}
      noValidate
      aria-labelledby="details"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) send();
      }}
    >
      {faults.length > 0 && <ErrorSummary title={t('form.faults')} faults={faults} />}
      {!isCorrection && <h2 id="details">{t('form.title')}</h2>}
      <p class="quiet">{t(isCorrection ? 'contact.text' : 'form.text', { publisher: brand.publisherName })}</p>
      {LINES.map(({ name, label, ...line }) => {
        const fault = faults.find(({ field }) => field === name);
        return (
          <Field
            key={name}
            name={name}
            label={t(label)}
            {...line}
            value={contact[name]}
            onChange={(value) => setContact({ ...contact, [name]: value })}
            fault={fault && { before: t('form.fault'), text: fault.text }}
          />
        );
      })}
      {!isCorrection && (
        <p class="small quiet">
          {t('onboard.terms')} <a href={brand.privacyUrl}>{t('footer.privacy')}</a>,{' '}
          <a href={brand.termsUrl}>{t('footer.terms')}</a>
        </p>
      )}
      {screen.problem && <InlineProblem problem={screen.problem} brand={brand} />}
      <div class="row">
        <Button isBusy={busy === 'onboard'} {...(note ? { describedBy: 'billing' } : {})}>
          {t(busy === 'onboard' ? 'onboard.busy' : isCorrection ? 'contact.button' : 'onboard.button')}
        </Button>
        {note && (
          <span id="billing" class="billing">
            {note}
          </span>
        )}
      </div>
    </form>
  );
};
