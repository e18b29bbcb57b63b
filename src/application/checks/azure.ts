import { asked } from './asked-az.ts';
import { type Check, type CheckNeeds, type Finding, failed, ok } from './check.ts';

type Application = {
  signInAudience?: string;
  spa?: { redirectUris?: string[] };
  web?: { redirectUris?: string[] };
};

const REGISTRATIONS = 'entra.microsoft.com > Applications > App registrations';

/** What is wrong with a registration, each in a few words. */
const faultsOf = (app: Application, audience: string, redirectUri: string | undefined): string[] => [
  ...(app.signInAudience === audience ? [] : [`supported account types must be ${audience}`]),
  ...(redirectUri === undefined || app.spa?.redirectUris?.includes(redirectUri)
    ? []
    : [`${redirectUri} must be a redirect address of the kind single-page application`]),
];

const registration = (
  id: string,
  title: string,
  proves: string,
  audience: string,
  of: (needs: CheckNeeds) => { clientId: string; redirectUri?: string },
): Check => ({
  id,
  title,
  proves,
  option: '--azure',
  run: (needs) => {
    const { clientId, redirectUri } = of(needs);
    const wanted = `signInAudience must be ${audience}${redirectUri === undefined ? '' : `, spa.redirectUris must have ${redirectUri}`}.`;
    const judge = (answer: unknown): Finding => {
      const faults = faultsOf(answer as Application, audience, redirectUri);
      if (faults.length === 0) return ok(`${clientId}: ${audience}.`);
      return failed(`${clientId}: ${faults.join('; ')}.`, {
        cause: 'The registration was made or changed by hand.',
        fix: `${REGISTRATIONS} > ${clientId} > Authentication. Or: bash infra/scripts/registrations.sh dev|prod.`,
      });
    };
    return asked(needs, ['ad', 'app', 'show', '--id', clientId, '--output', 'json'], judge, wanted);
  },
});

export const registrationFulfilment = registration(
  'registration-fulfilment',
  'Registration: fulfilment',
  "The application that calls the Marketplace is of the publisher's tenant alone.",
  'AzureADMyOrg',
  ({ facts }) => ({ clientId: facts.publisherClientId }),
);

export const registrationLanding = registration(
  'registration-landing',
  'Registration: landing page',
  'Buyers of any organization, and personal accounts, can sign in on the landing page (policy 1000.3).',
  'AzureADandPersonalMicrosoftAccount',
  ({ facts }) => ({ clientId: facts.landingClientId, redirectUri: facts.landingUrl }),
);

export const registrationConsole = registration(
  'registration-console',
  'Registration: console',
  'Only accounts of the publisher can sign in on the console.',
  'AzureADMyOrg',
  ({ facts }) => ({ clientId: facts.consoleClientId, redirectUri: facts.consoleUrl }),
);

export const servicePrincipal: Check = {
  id: 'service-principal',
  title: 'Service principal',
  proves:
    "The application that calls the Marketplace has a service principal in the publisher's tenant (policy 1000.4).",
  option: '--azure',
  run: (needs) => {
    const { publisherClientId: id } = needs.facts;
    return asked(
      needs,
      ['ad', 'sp', 'list', '--filter', `appId eq '${id}'`, '--output', 'json'],
      (answer) =>
        Array.isArray(answer) && answer.length > 0
          ? ok('It is there.')
          : failed(`${id} has no service principal.`, {
              cause: 'Only the registration was made.',
              fix: `az ad sp create --id ${id}.`,
            }),
      'The list must not be empty.',
    );
  },
};

const STORAGE = 'Microsoft.Storage/storageAccounts';

/** Roles that the app's identity has, and the kind of resource on which it has them. */
const ROLES = [
  ['Storage Blob Data Owner', STORAGE],
  ['Storage Queue Data Contributor', STORAGE],
  ['Storage Table Data Contributor', STORAGE],
  ['Monitoring Metrics Publisher', 'Microsoft.Insights/components'],
  ['Communication and Email Service Owner', 'Microsoft.Communication/communicationServices'],
] as const;

type Assignment = { roleDefinitionName?: string; scope?: string };

/** `provider/kind/name` at the end of a scope, in lower case. */
const resourceOf = (scope = ''): string => scope.toLowerCase().split('/providers/').at(-1) ?? '';

export const identityRoles: Check = {
  id: 'identity-roles',
  title: "Roles of the app's identity",
  proves: 'The managed identity of the app has the roles that the deployment gives it.',
  option: '--azure',
  run: (needs) => {
    const { identity, dataAccount = '' } = needs.facts;
    const args = [
      'role',
      'assignment',
      'list',
      '--all',
      '--assignee',
      identity ?? '{client id of the identity}',
      '--output',
      'json',
    ];
    const place = (kind: string): string => (kind === STORAGE ? `${kind}/${dataAccount}` : kind);
    const isThere = (kind: string, scope: string | undefined): boolean =>
      `${resourceOf(scope)}/`.startsWith(`${place(kind).toLowerCase()}/`);
    const wanted = `It must have: ${ROLES.map(([role, kind]) => `${role} on ${place(kind)}`).join(', ')}.`;
    const judge = (answer: unknown): Finding => {
      const missing = ROLES.filter(
        ([role, kind]) =>
          !(answer as Assignment[]).some(
            ({ roleDefinitionName, scope }) => roleDefinitionName === role && isThere(kind, scope),
          ),
      );
      if (missing.length === 0) return ok(`It has ${ROLES.length} of ${ROLES.length}, each on its resource.`);
      return failed(`It lacks: ${missing.map(([role, kind]) => `${role} on ${place(kind)}`).join(', ')}.`, {
        cause: 'The deployment did not end well, or a role was taken away by hand, or given on another resource.',
        fix: 'Deploy again: bash infra/scripts/deploy.sh dev|prod.',
        retest: 'A new role takes up to 10 minutes.',
      });
    };
    return asked(identity === undefined ? withoutAz(needs) : needs, args, judge, wanted);
  },
};

const withoutAz = ({ az: _az, ...needs }: CheckNeeds): CheckNeeds => needs;
