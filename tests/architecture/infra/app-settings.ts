import { SETTINGS } from '../../../src/settings.ts';
import { readText } from '../../support/source-files.ts';
import { type BicepFile, type Node, named, properties } from './bicep.ts';
import { fileAt } from './files.ts';
import { declared, pinFaults, property, textOf } from './literal.ts';

/** Settings that say who the app is and where its data is, those of the platform among them: each exactly so. */
const PINNED: Record<string, string> = {
  AzureWebJobsStorage__credential: "'managedidentity'",
  AzureWebJobsStorage__clientId: 'identityClientId',
  AzureWebJobsStorage__blobServiceUri: 'dataAccount.properties.primaryEndpoints.blob',
  AzureWebJobsStorage__queueServiceUri: 'dataAccount.properties.primaryEndpoints.queue',
  AzureWebJobsStorage__tableServiceUri: 'dataAccount.properties.primaryEndpoints.table',
  APPLICATIONINSIGHTS_CONNECTION_STRING: 'insightsConnection',
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: "'ClientId=${identityClientId};Authorization=AAD'",
  AZURE_CLIENT_ID: 'identityClientId',
  MARKETPLACE_CREDENTIAL: "'federated'",
};

/** Settings of ours that are not set in Azure, and why. */
const NOT_IN_AZURE: Record<string, string> = {
  AzureWebJobsStorage: 'a key',
  MARKETPLACE_CLIENT_SECRET: 'a secret',
  EMAIL_CONNECTION_STRING: 'a key',
  AzureWebJobsStorage__accountName: 'the addresses of the services are given',
  MARKETPLACE_API_URL: 'the default is right',
  ENTRA_AUTHORITY: 'the default is right',
  WORKSPACE_API_URL: 'must be empty in this version',
};

/** The settings of an environment: what the publisher decides. */
export const environmentSettings = (name: string): string[] => {
  const { settings } = JSON.parse(readText(`infra/environments/${name}.json`)) as { settings: Record<string, string> };
  return Object.keys(settings);
};

const objectsIn = (node: Node): Node[] => (node.type === 'object' ? [node] : named(node).flatMap(objectsIn));

/** The call of app.bicep, and the settings that it and main.bicep write. */
const writtenIn = (files: BicepFile[]): { name: string; value: Node }[] => {
  const call = declared(fileAt(files, 'infra/main.bicep').modules, 'app');
  const own = declared(fileAt(files, 'infra/modules/app.bicep').resources, 'appSettings');
  return [property(call.body, 'params.settings'), property(own.body, 'properties')]
    .flatMap((node) => (node ? objectsIn(node) : []))
    .flatMap(properties);
};

/** The names of all settings that the app gets in an environment. */
export const settingsIn = (files: BicepFile[], environment: string): string[] => [
  ...environmentSettings(environment),
  ...writtenIn(files).map(({ name }) => name),
];

/** Settings that the code does not know, does not get, or must not get, or that name somebody or something else. */
export const settingFaults = (files: BicepFile[], environment: string): string[] => {
  const main = fileAt(files, 'infra/main.bicep');
  const given = settingsIn(files, environment);
  const known = Object.keys(SETTINGS);
  const needed = [...known.filter((name) => !(name in NOT_IN_AZURE)), ...Object.keys(PINNED)];
  return [
    ...given.filter((name) => !known.includes(name) && !(name in PINNED)).map((name) => `${name} is unknown`),
    ...given.filter((name, index) => given.indexOf(name) !== index).map((name) => `${name} is set twice`),
    ...given.filter((name) => name in NOT_IN_AZURE).map((name) => `${name} must not be set: ${NOT_IN_AZURE[name]}`),
    ...[...new Set(needed)].filter((name) => !given.includes(name)).map((name) => `${name} is not set`),
    ...writtenIn(files)
      .filter(({ name, value }) => textOf(value) !== (PINNED[name] ?? textOf(value)))
      .map(({ name }) => `${name} is not ${PINNED[name]}`),
    ...Object.keys(NOT_IN_AZURE)
      .filter((name) => !known.includes(name))
      .map((name) => `${name} is no setting any more`),
    ...pinFaults(main, declared(main.modules, 'app'), {
      'params.identityId': 'identity.id',
      'params.identityClientId': 'identity.properties.clientId',
      'params.dataAccountName': 'dataAccountName',
      'params.insightsConnection': 'monitoring.outputs.connectionString',
    }),
    ...pinFaults(main, declared(main.modules, 'data'), { 'params.name': 'dataAccountName' }),
  ];
};
