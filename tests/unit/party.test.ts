import { describe, expect, test } from '@jest/globals';
import {
  belongsToPurchase,
  bindPersonalAccounts,
  hasVisited,
  type Parties,
  type Party,
  PERSONAL_TENANT,
  type Role,
  rolesOf,
  signInTenants,
  type Visit,
  type Visitor,
  withVisit,
} from '../../src/domain/party.ts';
import { after, buyer, colleague, reseller } from './support/records.ts';

const CONTOSO = buyer.tenantId;
const FABRIKAM = '33333333-3333-4333-8333-333333333333';
const pia: Party = { tenantId: PERSONAL_TENANT, objectId: 'pia-at-purchase', email: 'pia@outlook.example' };
const boss: Party = { ...buyer, objectId: '22222222-0000-4000-8000-000000000009', email: 'boss@contoso.example' };

const parties = (purchaser: Party, beneficiary: Party, bound: Parties['bound'] = {}): Parties => ({
  purchaser,
  beneficiary,
  bound,
});

const own = parties(buyer, buyer);
const forColleague = parties(buyer, boss);
const resold = parties(reseller, buyer);
const personal = parties(pia, pia);
const boundPersonal = parties(pia, pia, { purchaser: 'pia-token', beneficiary: 'pia-token' });
const personalForCompany = parties(pia, buyer);

const personalVisitor = (objectId: string, email?: string): Visitor => ({
  tenantId: PERSONAL_TENANT,
  objectId,
  ...(email === undefined ? {} : { email }),
});

const BOTH: Role[] = ['purchaser', 'beneficiary'];
type Row = [string, Parties, Visitor, Role[], boolean];

describe('P6: who has part in a purchase', () => {
  test.each<Row>([
    ['the buyer', own, { tenantId: CONTOSO, objectId: buyer.objectId }, BOTH, true],
    ['the buyer, ids in capitals', own, { tenantId: CONTOSO, objectId: buyer.objectId.toUpperCase() }, BOTH, true],
    ['the buyer, tenant in capitals', own, { tenantId: CONTOSO.toUpperCase(), objectId: buyer.objectId }, BOTH, true],
    ['a colleague may look, and decides on no money', own, colleague, [], true],
    ['a colleague with the e-mail of the buyer', own, { ...colleague, email: buyer.email }, [], true],
    ['the purchaser who is not the beneficiary', forColleague, buyer, ['purchaser'], true],
    ['the beneficiary who is not the purchaser', forColleague, boss, ['beneficiary'], true],
    ['the reseller', resold, reseller, ['purchaser'], true],
    ['a colleague of the reseller', resold, { ...reseller, objectId: 'other' }, [], true],
    ['the customer of the reseller', resold, buyer, ['beneficiary'], true],
    ['a colleague of the customer of the reseller', resold, colleague, [], true],
    ['a stranger', own, { tenantId: FABRIKAM, objectId: 'sam' }, [], false],
    [
      'a stranger with the e-mail of the buyer',
      own,
      { tenantId: FABRIKAM, objectId: 's', email: buyer.email },
      [],
      false,
    ],
    ['a guest who signed in at home', own, { tenantId: FABRIKAM, objectId: 'gus', email: 'gus@x.example' }, [], false],
    ['the object id of the buyer in another tenant', own, { tenantId: FABRIKAM, objectId: buyer.objectId }, [], false],
    [
      'nobody in no tenant, where Microsoft names none',
      parties({ ...buyer, tenantId: '' }, { ...buyer, tenantId: '' }),
      { tenantId: '', objectId: buyer.objectId },
      [],
      false,
    ],
    [
      'nobody by no object id, where Microsoft names none',
      parties({ ...buyer, objectId: '' }, boss),
      { tenantId: CONTOSO, objectId: '' },
      [],
      true,
    ],

    ['a personal account by its object id', personal, personalVisitor('pia-at-purchase'), BOTH, true],
    ['a personal account by its e-mail', personal, personalVisitor('pia-token', 'pia@outlook.example'), BOTH, true],
    [
      'a personal account by its e-mail in capitals',
      personal,
      personalVisitor('pia-token', 'PIA@OUTLOOK.EXAMPLE'),
      BOTH,
      true,
    ],
    [
      'a personal account without an email claim, its name only typed',
      personal,
      { ...personalVisitor('pia-token'), name: 'pia@outlook.example' },
      [],
      false,
    ],
    [
      'another personal account: the shared tenant proves nothing',
      personal,
      personalVisitor('paul', 'paul@outlook.example'),
      [],
      false,
    ],
    [
      'a personal account with an empty e-mail, where Microsoft names none',
      parties({ ...pia, email: '' }, { ...pia, email: '' }),
      personalVisitor('paul', ''),
      [],
      false,
    ],
    ['the bound personal account', boundPersonal, personalVisitor('pia-token'), BOTH, true],
    [
      'the bound personal account with another e-mail by now',
      boundPersonal,
      personalVisitor('pia-token', 'new@x.example'),
      BOTH,
      true,
    ],
    [
      'another personal account with the same e-mail after the binding',
      boundPersonal,
      personalVisitor('thief', 'pia@outlook.example'),
      [],
      false,
    ],
    [
      'the object id of the purchase, after another was bound',
      boundPersonal,
      personalVisitor('pia-at-purchase'),
      BOTH,
      true,
    ],
    [
      'another personal account in a purchase for a company',
      personalForCompany,
      personalVisitor('paul', 'paul@x.example'),
      [],
      false,
    ],
    ['a company colleague in a purchase by a personal account', personalForCompany, colleague, [], true],
    [
      'the e-mail of the personal purchaser from a company',
      personalForCompany,
      { tenantId: FABRIKAM, objectId: 'x', email: pia.email },
      [],
      false,
    ],
  ])('%s', (_name, purchase, visitor, roles, belongs) => {
    expect({ roles: rolesOf(purchase, visitor), belongs: belongsToPurchase(purchase, visitor) }).toEqual({
      roles,
      belongs,
    });
  });
});

describe('binding a personal account', () => {
  test('keeps the object id that the address first matched', () => {
    const first = bindPersonalAccounts(personal, personalVisitor('pia-token', 'Pia@Outlook.example'));

    expect(first).toEqual({ purchaser: 'pia-token', beneficiary: 'pia-token' });
  });

  test('binds to the object id itself where that matched: the address alone never matches from then on', () => {
    const bound = bindPersonalAccounts(personal, personalVisitor('pia-at-purchase'));

    const later = personalVisitor('thief', 'pia@outlook.example');
    expect(belongsToPurchase(parties(pia, pia, bound), later)).toBe(false);
  });

  test('is never done anew', () => {
    const again = bindPersonalAccounts(boundPersonal, personalVisitor('pia-at-purchase'));

    expect(again).toEqual(boundPersonal.bound);
  });

  test('binds the part that this account has, and no other', () => {
    const two = parties(pia, { ...pia, objectId: 'paul', email: 'paul@outlook.example' });

    expect(bindPersonalAccounts(two, personalVisitor('pia-token', 'pia@outlook.example'))).toEqual({
      purchaser: 'pia-token',
    });
  });

  test('binds nobody of a company, and nobody without a part', () => {
    expect(bindPersonalAccounts(own, buyer)).toEqual({});
    expect(bindPersonalAccounts(personal, personalVisitor('paul', 'paul@outlook.example'))).toEqual({});
  });
});

describe('where a guest should sign in instead', () => {
  test('is the tenant of the beneficiary, then of the purchaser, each once', () => {
    expect(signInTenants(resold)).toEqual([CONTOSO, reseller.tenantId]);
    expect(signInTenants(own)).toEqual([CONTOSO]);
  });

  test('is nowhere for personal accounts and where Microsoft names no tenant', () => {
    expect(signInTenants(personal)).toEqual([]);
    expect(
      signInTenants(parties({ ...pia, tenantId: PERSONAL_TENANT.toUpperCase() }, { ...buyer, tenantId: '' })),
    ).toEqual([]);
  });
});

describe('P6: a visit', () => {
  const visitor: Visitor = { tenantId: CONTOSO, objectId: buyer.objectId };
  const DAY = 86_400;
  const visits = withVisit([], visitor, after(0));

  test('opens the subscription for 24 hours', () => {
    expect(hasVisited(visits, visitor, after(0))).toBe(true);
    expect(hasVisited(visits, visitor, after(DAY - 0.001))).toBe(true);
    expect(hasVisited(visits, visitor, after(DAY))).toBe(false);
  });

  test('opens it for that person only, of that tenant', () => {
    expect(hasVisited(visits, colleague, after(1))).toBe(false);
    expect(hasVisited(visits, { ...visitor, tenantId: FABRIKAM }, after(1))).toBe(false);
    expect(hasVisited([], visitor, after(1))).toBe(false);
  });

  test('made again opens it for 24 hours from then, and is kept once', () => {
    const again = withVisit(visits, visitor, after(DAY - 1));

    expect(again).toEqual([{ ...visitor, at: after(DAY - 1).toISOString() }]);
    expect(hasVisited(again, visitor, after(2 * DAY - 2))).toBe(true);
  });

  test('that is over is forgotten when another comes', () => {
    expect(withVisit(visits, colleague, after(DAY)).map(({ objectId }) => objectId)).toEqual([colleague.objectId]);
  });

  test('holds neither name nor e-mail', () => {
    const named = { ...visitor, email: buyer.email, name: 'Bea Buyer' };

    expect(withVisit([], named, after(0))).toEqual([{ ...visitor, at: after(0).toISOString() }]);
  });

  test('of the newest fifty people is kept', () => {
    let many: Visit[] = [];
    for (let index = 0; index < 60; index += 1) {
      many = withVisit(many, { tenantId: CONTOSO, objectId: `person-${index}` }, after(index));
    }

    expect(many).toHaveLength(50);
    expect(many[0]?.objectId).toBe('person-59');
    expect(many.at(-1)?.objectId).toBe('person-10');
  });
});
