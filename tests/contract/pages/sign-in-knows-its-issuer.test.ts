import { expect, test } from '@jest/globals';
import { isLoopback, issuedBy } from '../../../static-landing/auth/entra.ts';

const AUTHORITY = 'https://login.example';
const CONTOSO = '22222222-2222-4222-8222-222222222222';
const FABRIKAM = '33333333-3333-4333-8333-333333333333';

const issuer = (tenant: string, stated: string | undefined): string => issuedBy(AUTHORITY, tenant, stated).issuer;

test('on common, every tenant may answer', () => {
  expect(issuer('common', `${AUTHORITY}/${CONTOSO}/v2.0`)).toBe(`${AUTHORITY}/${CONTOSO}/v2.0`);
});

test('in one organization, only that one may answer', () => {
  expect(issuer(CONTOSO, `${AUTHORITY}/${CONTOSO}/v2.0`)).toBe(`${AUTHORITY}/${CONTOSO}/v2.0`);
  expect(issuer(CONTOSO, `${AUTHORITY}/${FABRIKAM}/v2.0`)).toBe(`${AUTHORITY}/${CONTOSO}/v2.0`);
});

test.each([
  undefined,
  `https://other.example/${CONTOSO}/v2.0`,
  `${AUTHORITY}.other.example/${CONTOSO}/v2.0`,
  `${AUTHORITY}/common/v2.0`,
  `${AUTHORITY}/{tenantid}/v2.0`,
  `${AUTHORITY}/${CONTOSO}`,
  `${AUTHORITY}/${CONTOSO}/v2.0/`,
])('%s is no issuer to be expected', (stated) => {
  expect(issuer('common', stated)).toBe(`${AUTHORITY}/common/v2.0`);
});

test('plain http is for this machine only', () => {
  expect(['http://127.0.0.1:1', 'http://localhost:1', 'http://[::1]:1'].map(isLoopback)).toEqual([true, true, true]);
  expect(['https://login.example', 'http://127.0.0.1.example', 'http://localhost.example'].map(isLoopback)).toEqual([
    false,
    false,
    false,
  ]);
});
