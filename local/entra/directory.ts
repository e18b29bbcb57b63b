import {
  CONSOLE_CLIENT_ID,
  CONTOSO_TENANT,
  FABRIKAM_TENANT,
  LANDING_CLIENT_ID,
  PEOPLE,
  PERSONAL_TENANT,
  type Person,
  PUBLISHER_TENANT,
  RESELLER_TENANT,
} from '../people.ts';
import { EntraRefusal } from './refusal.ts';

/** Microsoft Graph's application id, the `aud` of its tokens. */
export const GRAPH_ID = '00000003-0000-0000-c000-000000000000';

/** The tenants that exist, by id. */
export const TENANTS: Readonly<Record<string, string>> = {
  [PUBLISHER_TENANT]: 'The publisher',
  [CONTOSO_TENANT]: 'Contoso',
  [FABRIKAM_TENANT]: 'Fabrikam',
  [RESELLER_TENANT]: 'The reseller',
  [PERSONAL_TENANT]: 'Personal accounts',
};

/** The registered applications that people sign in to, by client id. Each is also an API with the scope `access_as_user`. */
export const APPLICATIONS: Readonly<Record<string, string>> = {
  [LANDING_CLIENT_ID]: 'the landing page',
  [CONSOLE_CLIENT_ID]: 'the operator console',
};

/** What the first path segment of an Entra address stands for. */
export type Authority = {
  segment: string;
  /** What stands for the tenant in issuers: a GUID, or the literal `{tenantid}` where several tenants are meant. */
  issuerTenant: string;
  /** Who may sign in through it. */
  people: Person[];
};

/**
 * Reads `common`, `organizations`, `consumers` or a tenant id.
 *
 * @throws EntraRefusal `invalid_tenant` for anything else
 */
export const authorityOf = (segment: string): Authority => {
  const name = segment.toLowerCase();
  const of = (issuerTenant: string, belongs: (person: Person) => boolean): Authority => ({
    segment: name,
    issuerTenant,
    people: PEOPLE.filter(belongs),
  });
  if (name === 'common') return of('{tenantid}', (person) => !person.isGuest);
  if (name === 'organizations') {
    return of('{tenantid}', (person) => !person.isGuest && person.tenantId !== PERSONAL_TENANT);
  }
  const tenantId = name === 'consumers' ? PERSONAL_TENANT : name;
  if (Object.hasOwn(TENANTS, tenantId)) return of(tenantId, (person) => person.tenantId === tenantId);
  throw new EntraRefusal(
    'invalid_tenant',
    90002,
    `Tenant '${segment}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
  );
};
