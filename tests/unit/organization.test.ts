import { describe, expect, test } from '@jest/globals';
import {
  chooseAdmin,
  isAdminNamed,
  isBoughtForOthers,
  organizationId,
  organizationName,
} from '../../src/domain/organization.ts';
import { type Party, PERSONAL_TENANT } from '../../src/domain/party.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { buyer, contact, reseller, seenFirst } from './support/records.ts';

const bea = buyer;
const beaWithoutMail: Party = { ...bea, email: '' };
const boss: Party = { ...bea, objectId: '22222222-0000-4000-8000-000000000009', email: 'boss@contoso.example' };
const guest: Party = { ...bea, email: 'bea_partner.example#EXT#@contoso.example' };
const lowGuest: Party = { ...bea, email: 'bea_partner.example#ext#@contoso.example' };
const noAddress: Party = { ...bea, email: 'not an address' };
const pia: Party = { tenantId: PERSONAL_TENANT, objectId: 'pia', email: 'pia@outlook.example' };
const paul: Party = { tenantId: PERSONAL_TENANT, objectId: 'paul', email: 'paul@outlook.example' };

const unnamed: Party = { tenantId: '', objectId: '', email: '' };
const nobody: Party = { ...bea, objectId: '' };

const CONTACT = contact.email;
const GUEST_CONTACT = 'x_y.example#EXT#@contoso.example';

const purchase = (purchaser: Party, beneficiary: Party, contactEmail?: string): Subscription => ({
  ...seenFirst({ purchaser, beneficiary }),
  ...(contactEmail === undefined ? {} : { contact: { ...contact, email: contactEmail } }),
});

type Row = [string, Party, Party, string | undefined, { who: Party; email: string; source: string } | undefined];

describe('the administrator', () => {
  test.each<Row>([
    ['who buys for themselves', bea, bea, CONTACT, { who: bea, email: bea.email, source: 'purchaser' }],
    [
      'who buys for a colleague is the purchaser',
      bea,
      boss,
      CONTACT,
      { who: bea, email: bea.email, source: 'purchaser' },
    ],
    [
      'of a reseller purchase is the beneficiary',
      reseller,
      bea,
      CONTACT,
      { who: bea, email: bea.email, source: 'beneficiary' },
    ],
    [
      'without an e-mail is reached at the contact',
      beaWithoutMail,
      bea,
      CONTACT,
      { who: bea, email: CONTACT, source: 'contact' },
    ],
    [
      'whose user name is a guest account is reached at the contact',
      guest,
      guest,
      CONTACT,
      { who: bea, email: CONTACT, source: 'contact' },
    ],
    [
      'whose guest account is spelled small, too',
      lowGuest,
      lowGuest,
      CONTACT,
      { who: bea, email: CONTACT, source: 'contact' },
    ],
    [
      'whose e-mail is no address is reached at the contact',
      noAddress,
      noAddress,
      CONTACT,
      { who: bea, email: CONTACT, source: 'contact' },
    ],
    [
      'of a reseller purchase without an e-mail is the beneficiary, at the contact',
      reseller,
      beaWithoutMail,
      CONTACT,
      { who: bea, email: CONTACT, source: 'contact' },
    ],
    ['is nobody when neither has an address', beaWithoutMail, beaWithoutMail, '', undefined],
    ['is nobody when the contact is a guest account', guest, guest, GUEST_CONTACT, undefined],
    ['is nobody without an address and without a contact', beaWithoutMail, beaWithoutMail, undefined, undefined],
    ['of a personal account is the person', pia, pia, CONTACT, { who: pia, email: pia.email, source: 'purchaser' }],
    [
      'of a purchase by one personal account for another is the beneficiary',
      paul,
      pia,
      CONTACT,
      { who: pia, email: pia.email, source: 'beneficiary' },
    ],
    [
      'of a purchase by a company for a personal account is the beneficiary',
      bea,
      pia,
      CONTACT,
      { who: pia, email: pia.email, source: 'beneficiary' },
    ],
    [
      'where Microsoft leaves the beneficiary out is the purchaser',
      bea,
      unnamed,
      CONTACT,
      { who: bea, email: bea.email, source: 'purchaser' },
    ],
    [
      'where Microsoft leaves the purchaser out is the beneficiary',
      unnamed,
      bea,
      CONTACT,
      { who: bea, email: bea.email, source: 'purchaser' },
    ],
    ['is nobody where Microsoft names nobody', unnamed, unnamed, CONTACT, undefined],
    ['is nobody where Microsoft names no person', nobody, nobody, CONTACT, undefined],
  ])('%s', (_name, purchaser, beneficiary, contactEmail, chosen) => {
    expect(chooseAdmin(purchase(purchaser, beneficiary, contactEmail))).toEqual(
      chosen && {
        tenantId: chosen.who.tenantId,
        objectId: chosen.who.objectId,
        email: chosen.email,
        source: chosen.source,
      },
    );
  });
});

test.each<[string, Party, Party, boolean]>([
  ['with an address', bea, bea, true],
  ['without an address', beaWithoutMail, guest, true],
  ['by the tenant alone', nobody, nobody, false],
  ['for nobody', unnamed, unnamed, false],
  ['by a reseller for a tenant alone', reseller, nobody, false],
])('named %s: a person who can become administrator, or not', (_, purchaser, beneficiary, isNamed) => {
  expect(isAdminNamed(purchase(purchaser, beneficiary, CONTACT))).toBe(isNamed);
});

describe('the organization', () => {
  test('is the tenant of the beneficiary, whoever buys', () => {
    expect(organizationId(purchase(bea, bea))).toBe(bea.tenantId);
    expect(organizationId(purchase(reseller, bea))).toBe(bea.tenantId);
  });

  test('of a personal account is the person: the shared tenant would make all of them one', () => {
    expect(organizationId(purchase(pia, pia))).toBe('pia');
    expect(organizationId(purchase(pia, paul))).toBe('paul');
  });

  test('is the one of the party that Microsoft names, where it leaves the other out', () => {
    expect(organizationId(purchase(unnamed, bea))).toBe(bea.tenantId);
    expect(organizationId(purchase(bea, unnamed))).toBe(bea.tenantId);
    expect(organizationId(purchase(pia, unnamed))).toBe('pia');
  });

  test('is none where Microsoft names nobody: strangers would meet in it', () => {
    expect(organizationId(purchase(unnamed, unnamed))).toBeUndefined();
    expect(organizationId(purchase(pia, { ...pia, objectId: '' }))).toBeUndefined();
  });

  test('has the name of the company in the contact, else of the subscription', () => {
    expect(organizationName(purchase(bea, bea, CONTACT))).toBe('Contoso Ltd');
    expect(organizationName(purchase(bea, bea))).toBe('Contoso quality');
  });
});

test.each<[string, Party, Party, boolean]>([
  ['by the customer', bea, boss, false],
  ['by a reseller', reseller, bea, true],
  ['by nobody that Microsoft names', unnamed, bea, false],
  ['for nobody that Microsoft names', bea, unnamed, false],
  ['by a personal account for itself', pia, pia, false],
  ['by a personal account for another one', pia, paul, true],
])('bought %s: for others, or not', (_, purchaser, beneficiary, isForOthers) => {
  expect(isBoughtForOthers(purchase(purchaser, beneficiary))).toBe(isForOthers);
});
