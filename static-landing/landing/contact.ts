import type { Fault } from '../design/form.tsx';
import { emailFault } from './email.ts';
import type { ContactInput } from './screen.ts';
import { t } from './text.ts';

/** What the buyer has to correct before the form is sent. */
export const checkContact = ({ name, email }: ContactInput): Fault[] => {
  const faults: Fault[] = [];
  if (name === '') faults.push({ field: 'name', text: t('form.name.missing') });
  const fault = emailFault(email);
  if (fault) faults.push({ field: 'email', text: t(fault) });
  return faults;
};

/** The faults that the API found, at the fields they are about, in the buyer's language. */
export const contactFaults = (errors: { pointer: string }[]): Fault[] =>
  errors.flatMap(({ pointer }) => {
    const field = /^\/contact\/(name|email|company|phone)$/.exec(pointer)?.[1];
    return field ? [{ field, text: t(field === 'email' ? 'form.email.wrong' : 'form.refused') }] : [];
  });
