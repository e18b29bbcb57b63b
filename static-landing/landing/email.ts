import type { MessageKey } from './text.ts';

/** As the service takes it: its mails reach only addresses of plain letters. */
const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(\.[a-z\d-]+)+$/i;

/** What to say of an address that cannot be taken. */
export const emailFault = (email: string): MessageKey | undefined => {
  if (email === '') return 'form.email.missing';
  if (/\P{ASCII}/u.test(email)) return 'form.email.letters';
  return EMAIL.test(email) ? undefined : 'form.email.wrong';
};
