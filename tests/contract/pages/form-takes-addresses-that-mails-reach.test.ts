import { expect, test } from '@jest/globals';
import { emailFault } from '../../../static-landing/landing/email.ts';

test.each([
  'bea@contoso.example',
  'Bea.Buyer+azure@mail.contoso.example',
  "o'hara_1@contoso-2.example",
  'rita_home.example#EXT#@reseller.example',
  'bea@xn--mnchen-3ya.example',
])('%s is taken', (email) => {
  expect(emailFault(email)).toBeUndefined();
});

test.each(['béa@contoso.example', 'bea@münchen.example', 'bea@contoso.рф', 'jürgen'])(
  '%s, with a letter that mails do not get through with, is answered with what to use instead',
  (email) => {
    expect(emailFault(email)).toBe('form.email.letters');
  },
);

test.each([
  'bea',
  'bea@contoso',
  'bea@contoso..example',
  'bea@contoso.example.',
  'bea buyer@contoso.example',
  'Bea <bea@contoso.example>',
  'bea@contoso.example, carl@contoso.example',
  'bea@contoso_qms.example',
])('%s is answered with the form of an address', (email) => {
  expect(emailFault(email)).toBe('form.email.wrong');
});
