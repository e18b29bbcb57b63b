/** The cast of the one-machine world: tenants and people that the stand-ins for Entra and the Marketplace share. */

export const PUBLISHER_TENANT = '11111111-1111-4111-8111-111111111111';
export const CONTOSO_TENANT = '22222222-2222-4222-8222-222222222222';
export const FABRIKAM_TENANT = '33333333-3333-4333-8333-333333333333';
export const RESELLER_TENANT = '44444444-4444-4444-8444-444444444444';
export const PERSONAL_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** Application ids of the registrations that a real deployment has (infra.md 7.2). */
export const LANDING_CLIENT_ID = 'aaaaaaaa-0000-4000-8000-000000000001';
export const CONSOLE_CLIENT_ID = 'aaaaaaaa-0000-4000-8000-000000000002';
export const PUBLISHER_CLIENT_ID = 'aaaaaaaa-0000-4000-8000-000000000003';

export type Person = {
  key: string;
  name: string;
  /** What they type to sign in (`preferred_username`, `userPrincipalName`). */
  username: string;
  /** The tenant the token is issued for; a guest signs in to another tenant than their home. */
  tenantId: string;
  objectId: string;
  /** Graph `mail`; absent like for many real accounts. */
  mail?: string;
  /** Whether tokens carry the optional `email` claim. */
  emailClaim?: string;
  /** App roles in the publisher's tenant. */
  roles?: string[];
  /** Of another organization: signs in here only where the sign-in names this tenant. */
  isGuest?: true;
  about: string;
};

export const PEOPLE: Person[] = [
  {
    key: 'buyer',
    name: 'Bea Buyer',
    username: 'bea@contoso.example',
    tenantId: CONTOSO_TENANT,
    objectId: '22222222-0000-4000-8000-000000000001',
    mail: 'bea.buyer@contoso.example',
    emailClaim: 'bea.buyer@contoso.example',
    about: 'buys for Contoso',
  },
  {
    key: 'colleague',
    name: 'Carl Colleague',
    username: 'carl@contoso.example',
    tenantId: CONTOSO_TENANT,
    objectId: '22222222-0000-4000-8000-000000000002',
    mail: 'carl@contoso.example',
    about: 'works at Contoso too',
  },
  {
    key: 'buyer-without-mail',
    name: 'Nils Nomail',
    username: 'nils@contoso.example',
    tenantId: CONTOSO_TENANT,
    objectId: '22222222-0000-4000-8000-000000000003',
    about: 'works at Contoso, has no mailbox',
  },
  {
    key: 'guest',
    name: 'Gus Guest',
    username: 'gus_partner.example#EXT#@contoso.example',
    tenantId: FABRIKAM_TENANT,
    objectId: '33333333-0000-4000-8000-000000000002',
    mail: 'gus@partner.example',
    about: 'a guest at Contoso, signs in at home',
  },
  {
    key: 'guest-inside',
    name: 'Gus Guest',
    username: 'gus_partner.example#EXT#@contoso.example',
    tenantId: CONTOSO_TENANT,
    objectId: '22222222-0000-4000-8000-000000000004',
    mail: 'gus@partner.example',
    isGuest: true,
    about: 'the guest, signed in to Contoso',
  },
  {
    key: 'stranger',
    name: 'Sam Stranger',
    username: 'sam@fabrikam.example',
    tenantId: FABRIKAM_TENANT,
    objectId: '33333333-0000-4000-8000-000000000001',
    mail: 'sam@fabrikam.example',
    about: 'of another company',
  },
  {
    key: 'reseller',
    name: 'Rita Reseller',
    username: 'rita@reseller.example',
    tenantId: RESELLER_TENANT,
    objectId: '44444444-0000-4000-8000-000000000001',
    mail: 'rita@reseller.example',
    about: 'buys for her customers',
  },
  {
    key: 'personal',
    name: 'Pia Personal',
    username: 'pia@outlook.example',
    tenantId: PERSONAL_TENANT,
    objectId: '00000000-0000-0000-1111-000000000001',
    emailClaim: 'pia@outlook.example',
    about: 'a personal account',
  },
  {
    key: 'personal-other',
    name: 'Paul Private',
    username: 'paul@outlook.example',
    tenantId: PERSONAL_TENANT,
    objectId: '00000000-0000-0000-2222-000000000002',
    emailClaim: 'paul@outlook.example',
    about: 'another personal account',
  },
  {
    key: 'operator',
    name: 'Olivia Operator',
    username: 'olivia@publisher.example',
    tenantId: PUBLISHER_TENANT,
    objectId: '11111111-0000-4000-8000-000000000001',
    mail: 'olivia@publisher.example',
    roles: ['Operator'],
    about: 'customer success, may act',
  },
  {
    key: 'reader',
    name: 'Ralf Reader',
    username: 'ralf@publisher.example',
    tenantId: PUBLISHER_TENANT,
    objectId: '11111111-0000-4000-8000-000000000002',
    mail: 'ralf@publisher.example',
    roles: ['Reader'],
    about: 'customer success, may look',
  },
];

export const person = (key: string): Person => {
  const found = PEOPLE.find((one) => one.key === key);
  if (!found) throw new Error(`Nobody is called ${key}. Known: ${PEOPLE.map((one) => one.key).join(', ')}`);
  return found;
};
