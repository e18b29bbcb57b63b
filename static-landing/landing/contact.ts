import type { Fault } from '../design/form.tsx';
import type { ContactInput } from './screen.ts';
import { t } from './text.ts';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What the buyer has to correct before the form is sent. */
export const checkContact = ({ name, email }: ContactInput): Fault[] => {
  const faults: Fault[] = [];
  if (name === '') faults.push({ field: 'name', text: t('form.name.missing') });
  if (email === '') faults.push({ field: 'email', text: t('form.email.missing') });
  else if (!EMAIL.test(email)) faults.push({ field: 'email', text: t('form.email.wrong') });
  return faults;
};

/** The faults that the API found, at the fields they are about. */
export const contactFaults = (errors: { pointer: string; detail: string }[]): Fault[] =>
  errors
    .filter(({ pointer }) => /^\/contact\/(name|email|company|phone)$/.test(pointer))
    .map(({ pointer, detail }) => ({ field: pointer.slice('/contact/'.length), text: detail }));
