import { describe, expect, test } from '@jest/globals';
import { broken, infraFiles } from './infra/files.ts';
import { deployerFaults, givenRoles, roleFaults } from './infra/roles.ts';

const MAIN = 'infra/main.bicep';
const DATA = 'infra/modules/data.bicep';
const SITE = 'infra/modules/site.bicep';
const EMAIL = 'infra/modules/email.bicep';
const MONITORING = 'infra/modules/monitoring.bicep';
const DEPLOYER = 'infra/deployer.bicep';
const files = infraFiles();

const ROLE = "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', ";

describe('roles', () => {
  test('are given by id, each where it is needed, on one resource and to the app alone', () => {
    expect(roleFaults(files)).toEqual([]);
  });

  test('that the workflow may give are those that the deployment gives', () => {
    const { given, allowed } = givenRoles(files);
    expect(given).toHaveLength(6);
    expect(allowed).toEqual(given);
  });

  test.each([
    ['Owner', DATA, 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'],
    [
      'Contributor outside of the deployer',
      DATA,
      'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
      'b24988ac-6180-42a0-ab88-20f7382dd24c',
    ],
    ['one that is a parameter', DATA, "roleDefinitions', role.value", "roleDefinitions', name"],
    ['a bare parameter', DATA, `${ROLE}role.value)`, 'name'],
    [
      'an address with a parameter in it',
      EMAIL,
      `${ROLE}communicationAndEmailServiceOwner)`,
      "'/providers/x/${suffix}'",
    ],
    ['one of another kind', MONITORING, "'Microsoft.Authorization/roleDefinitions'", "'Microsoft.Authorization/x'"],
    ['a list of anything', DATA, 'for role in items(roles)', 'for role in items(tags)'],
    ['one that a function makes', SITE, "= 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'", "= guid('ba92f5b4')"],
    ['one for the whole resource group, of storage', DATA, '    scope: account\n    name', '    name'],
    ['one for the whole resource group, of the site', SITE, '  scope: account\n', ''],
    ['one for the whole resource group, of mail', EMAIL, '  scope: communication\n', ''],
    ['one for the whole resource group, of logs', MONITORING, 'scope: insights', 'scope: resourceGroup()'],
    ['one for whoever deploys', DATA, 'principalId: principalId', 'principalId: deployer().objectId'],
    ['one for whoever deploys, behind a variable', EMAIL, 'var isOwn =', 'var me = deployer().objectId\nvar isOwn ='],
    ['one for somebody else', MONITORING, 'principalId: principalId', 'principalId: workspace.properties.customerId'],
    ['whoever deploys in the app’s place', MAIN, 'identity.properties.principalId', 'deployer().objectId'],
    [
      'another identity in the app’s place',
      MAIN,
      'principalId: identity.properties.principalId',
      'principalId: offerIds',
    ],
  ])('are seen: %s', (_, path, from, to) => {
    expect(roleFaults(broken(path, from, to))).not.toEqual([]);
  });
});

describe('the workflow', () => {
  test('is believed for its environment only, and may give only the roles that the deployment gives', () => {
    expect(deployerFaults(files)).toEqual([]);
  });

  test.each([
    ['any branch’s run', ':environment:${environmentName}', ':ref:refs/heads/main'],
    ['any repository’s run', "'repo:${repository}:", "'repo:*:"],
    ['somebody else’s word', 'token.actions.githubusercontent.com', 'token.example.com'],
    ['a token for something else', 'api://AzureADTokenExchange', 'api://x'],
    ['no condition', /^ +condition: .*\n/m, ''],
    ['a condition on one of the two', ') AND (', ') OR ('],
    ['a condition of another version', "'2.0'", "'1.0'"],
    [
      'any role but those',
      'RoleDefinitionId] ForAnyOfAnyValues:GuidEquals',
      'RoleDefinitionId] ForAnyOfAllValues:GuidNotEquals',
    ],
    ['another list', '{${given}}', '{${accessAdministrator}}'],
    ['a list that is made elsewhere', 'var given = join(', 'var given = trim('],
    ['the right to give roles without the condition', `${ROLE}contributor)`, `${ROLE}accessAdministrator)`],
    [
      'more than to change things',
      "= 'b24988ac-6180-42a0-ab88-20f7382dd24c'",
      "= 'f58310d9-a9f6-439a-9e8d-f62e7b41a168'",
    ],
  ])('is seen with %s', (_, from, to) => {
    expect(deployerFaults(broken(DEPLOYER, from, to))).not.toEqual([]);
  });

  test('is seen with a role on the data of the whole resource group', () => {
    const more = "resource more 'Microsoft.Authorization/roleAssignments@2022-04-01' = {\n  properties: {}\n}\n";
    expect(deployerFaults(broken(DEPLOYER, 'resource changer', `${more}resource changer`))).not.toEqual([]);
  });
});
