import { at, type BicepFile, type Declaration } from './bicep.ts';
import { fileAt } from './files.ts';
import { declared, literal, pinFaults, property, textOf, variable } from './literal.ts';

const DEPLOYER = 'infra/deployer.bicep';
const SITE = 'infra/modules/site.bicep';

/** Every GUID that the files may contain, and where. Roles are Azure's built-in ones. */
const GUIDS: Record<string, { what: string; where: RegExp }> = {
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': { what: 'Storage Blob Data Owner', where: /data|deployer/ },
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88': { what: 'Storage Queue Data Contributor', where: /data|deployer/ },
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3': { what: 'Storage Table Data Contributor', where: /data|deployer/ },
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe': { what: 'Storage Blob Data Contributor', where: /site|deployer/ },
  '3913510d-42f4-4e42-8a64-420c390055eb': { what: 'Monitoring Metrics Publisher', where: /monitoring|deployer/ },
  '09976791-48a7-449e-bb21-39d1a415f350': { what: 'Communication and Email Service Owner', where: /email|deployer/ },
  'b24988ac-6180-42a0-ab88-20f7382dd24c': { what: 'Contributor', where: /deployer/ },
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168': { what: 'Role Based Access Control Administrator', where: /deployer/ },
};

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Who is given a role, by file. Elsewhere it is a parameter, which main.bicep fills with the app's identity. */
const PRINCIPALS: Record<string, string> = {
  [DEPLOYER]: 'identity.properties.principalId',
  [SITE]: 'deployer().objectId',
};

const isAssignment = ({ type }: Declaration): boolean => type.startsWith('Microsoft.Authorization/roleAssignments@');

/** The variable that says which role is given: a role of the file, or each of its `roles`. */
const roleOf = ({ body }: Declaration): string =>
  /^subscriptionResourceId\('Microsoft\.Authorization\/roleDefinitions', ([\w.]+)\)$/.exec(
    textOf(property(body, 'properties.roleDefinitionId')) ?? '',
  )?.[1] ?? '';

const isKnownRole = (file: BicepFile, assignment: Declaration): boolean => {
  const role = roleOf(assignment);
  const isEach = role === 'role.value' && assignment.node.text.includes('for role in items(roles): {');
  const node = file.variables.get(isEach ? 'roles' : role);
  const value = node && literal(file, node);
  const ids = isEach && typeof value === 'object' ? Object.values(value) : [value];
  return ids.length > 0 && ids.every((id) => typeof id === 'string' && id in GUIDS);
};

const assignmentFaults = (file: BicepFile, assignment: Declaration): string[] => {
  const where = `${at(file.path, assignment.node)} ${assignment.symbol}`;
  const scope = textOf(property(assignment.body, 'scope'));
  const isNarrow = file.resources.some(({ symbol, isExisting }) => symbol === scope && !isExisting);
  const principal = textOf(property(assignment.body, 'properties.principalId'));
  return [
    ...(file.path === DEPLOYER || isNarrow ? [] : [`${where} is not given on a resource of the file`]),
    ...(isKnownRole(file, assignment) ? [] : [`${where} gives a role that is no known variable of the file`]),
    ...(principal === (PRINCIPALS[file.path] ?? 'principalId') ? [] : [`${where} is given to ${principal}`]),
  ];
};

/**
 * Roles that are not on the list, stand where they must not, come from elsewhere than a variable, hold for more than one
 * resource, or are given to anybody but the app's identity; to whoever deploys only in site.bicep.
 */
export const roleFaults = (files: BicepFile[]): string[] => [
  ...files.flatMap((file) => [
    ...[...file.root.text.matchAll(GUID)].flatMap(([id]) => {
      const known = GUIDS[id.toLowerCase()];
      return known?.where.test(file.path) ? [] : [`${file.path} names ${id}${known ? `, ${known.what}` : ''}`];
    }),
    ...file.resources.filter(isAssignment).flatMap((assignment) => assignmentFaults(file, assignment)),
    ...(file.path !== SITE && file.root.text.includes('deployer()') ? [`${file.path} names whoever deploys`] : []),
  ]),
  ...fileAt(files, 'infra/main.bicep')
    .modules.map((call) => ({ call, principal: textOf(property(call.body, 'params.principalId')) }))
    .filter(({ principal }) => principal !== undefined && principal !== 'identity.properties.principalId')
    .map(({ call, principal }) => `${call.symbol} gives roles to ${principal}`),
];

/** The roles that the deployment gives, and those that the workflow may give. */
export const givenRoles = (files: BicepFile[]): { given: string[]; allowed: string[] } => ({
  given: files
    .filter(({ path, resources }) => path !== DEPLOYER && resources.some(isAssignment))
    .flatMap(({ root }) => root.text.match(GUID) ?? [])
    .toSorted(),
  allowed: (fileAt(files, DEPLOYER).variables.get('given')?.text.match(GUID) ?? []).toSorted(),
});

const ROLE_ID = 'Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${given}}';

/** Who may sign in as the workflow, and what it may do, where they are not written exactly so. */
export const deployerFaults = (files: BicepFile[]): string[] => {
  const file = fileAt(files, DEPLOYER);
  const text = (name: string): string | undefined => textOf(file.variables.get(name));
  const roles = file.resources.filter(isAssignment).map((one) => roleOf(one));
  return [
    ...pinFaults(file, declared(file.resources, 'trust'), {
      parent: 'identity',
      'properties.issuer': "'https://token.actions.githubusercontent.com'",
      'properties.subject': "'repo:${repository}:environment:${environmentName}'",
      'properties.audiences': "['api://AzureADTokenExchange']",
    }),
    ...pinFaults(file, declared(file.resources, 'administrator'), {
      'properties.conditionVersion': "'2.0'",
      'properties.condition':
        "'((!(ActionMatches{\\'Microsoft.Authorization/roleAssignments/write\\'})) OR (${requested})) AND ((!(ActionMatches{\\'Microsoft.Authorization/roleAssignments/delete\\'})) OR (${present}))'",
    }),
    ...(text('requested') === `'@Request[${ROLE_ID}'` ? [] : ['requested is another condition']),
    ...(text('present') === `'@Resource[${ROLE_ID}'` ? [] : ['present is another condition']),
    ...(text('given')?.startsWith('join( [') && text('given')?.endsWith("], ', ' )") ? [] : ['given is no list']),
    ...(roles.join() === 'contributor,accessAdministrator' ? [] : [`the workflow has the roles ${roles.join()}`]),
    ...(variable(file, 'contributor') === 'b24988ac-6180-42a0-ab88-20f7382dd24c'
      ? []
      : ['contributor is another role']),
  ];
};
