import { LOG_EVENTS } from '../../../src/application/log-events.ts';
import { SETTINGS } from '../../../src/settings.ts';
import { readText, sourceFiles } from '../../support/source-files.ts';
import { at, type BicepFile, descendants, properties, unquoted } from './bicep.ts';
import { fileAt } from './files.ts';
import { literal, property, variable } from './literal.ts';

const DATA = 'infra/modules/data.bicep';
const ALERTS = 'infra/modules/alerts.bicep';
const APP = 'infra/modules/app.bicep';

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

/** Roles and other ids that are not on the list, or stand where they must not; roles that are given by a name or a parameter. */
export const roleFaults = (files: BicepFile[]): string[] =>
  files.flatMap((file) => [
    ...[...file.root.text.matchAll(GUID)].flatMap(([id]) => {
      const known = GUIDS[id.toLowerCase()];
      return known?.where.test(file.path) ? [] : [`${file.path} names ${id}${known ? `, ${known.what}` : ''}`];
    }),
    ...descendants(file.root)
      .filter(({ type, text }) => type === 'call_expression' && text.startsWith('subscriptionResourceId('))
      .flatMap((call) => {
        const [, role = ''] = /, ([\w.]+)\)$/.exec(call.text) ?? [];
        const isKnown = role === 'role.value' ? file.variables.has('roles') : file.variables.has(role);
        return isKnown ? [] : [`${at(file.path, call)} gives a role that is not a variable of the file`];
      }),
  ]);

/** Settings of the platform, not ours. */
const OF_PLATFORM = [
  'AzureWebJobsStorage__credential',
  'AzureWebJobsStorage__blobServiceUri',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
];

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

/** The names of all settings that the app gets in an environment. */
export const settingsIn = (files: BicepFile[], environment: string): string[] => {
  const main = fileAt(files, 'infra/main.bicep');
  const app = fileAt(files, APP);
  const given = main.modules.find(({ symbol }) => symbol === 'app');
  const settings = given && property(given.body, 'params.settings');
  const own = app.resources.find(({ symbol }) => symbol === 'appSettings');
  const union = own && property(own.body, 'properties');
  const objects = [settings, union]
    .flatMap((node) => (node ? descendants(node) : []))
    .filter(({ type }) => type === 'object');
  return [
    ...environmentSettings(environment),
    ...objects.flatMap((object) => properties(object).map(({ name }) => name)),
  ];
};

/** Settings that the code does not know, does not get, or must not get. */
export const settingFaults = (files: BicepFile[], environment: string): string[] => {
  const given = settingsIn(files, environment);
  const known = Object.keys(SETTINGS);
  return [
    ...given.filter((name) => !known.includes(name) && !OF_PLATFORM.includes(name)).map((name) => `${name} is unknown`),
    ...given.filter((name, index) => given.indexOf(name) !== index).map((name) => `${name} is set twice`),
    ...given.filter((name) => name in NOT_IN_AZURE).map((name) => `${name} must not be set: ${NOT_IN_AZURE[name]}`),
    ...known.filter((name) => !given.includes(name) && !(name in NOT_IN_AZURE)).map((name) => `${name} is not set`),
    ...Object.keys(NOT_IN_AZURE)
      .filter((name) => !known.includes(name))
      .map((name) => `${name} is no setting any more`),
  ];
};

const TRIGGER = /app\.(\w+)\('([\w-]+)', \{[^}]*?(?:queueName: '([\w-]+)')?[^}]*\}/gs;

/** The functions as they are registered: kind of trigger, name, and the queue if there is one. */
export const triggers = (): { kind: string; name: string; queue?: string }[] =>
  sourceFiles('functions').flatMap(({ text }) =>
    [...text.matchAll(TRIGGER)].map(([whole, kind = '', name = '']) => {
      const [, queue] = /queueName: '([\w-]+)'/.exec(whole) ?? [];
      return { kind, name, ...(queue === undefined ? {} : { queue }) };
    }),
  );

const differences = (what: string, made: unknown, needed: string[]): string[] => {
  const names = Array.isArray(made) ? made.map(String) : [];
  return [
    ...names.filter((name) => !needed.includes(name)).map((name) => `${what} ${name} is used by nobody`),
    ...needed.filter((name) => !names.includes(name)).map((name) => `${what} ${name} is not made`),
  ];
};

/** Queues and tables that are made and not used, or used and not made. */
export const storageFaults = (files: BicepFile[]): string[] => {
  const file = fileAt(files, DATA);
  const queues = triggers().flatMap(({ queue }) => (queue === undefined ? [] : [queue]));
  const tables = sourceFiles('src').flatMap(({ text }) =>
    [...text.matchAll(/\btable\(connection, '(\w+)'\)/g)].map(([, name = '']) => name),
  );
  const made = (symbol: string): string[] => {
    const resource = file.resources.find((one) => one.symbol === symbol);
    const name = resource && property(resource.body, 'name');
    const [, list] = /for \w+ in (\w+)/.exec(resource?.node.text ?? '') ?? [];
    if (!name || list === undefined) return [];
    const suffix = name.type === 'string' ? unquoted(name).replace(/^\$\{\w+\}/, '') : '';
    const names = variable(file, list);
    return Array.isArray(names) ? names.filter((one) => typeof one === 'string').map((one) => `${one}${suffix}`) : [];
  };
  return [
    ...differences('queue', [...made('queues'), ...made('poisonQueues')], [...new Set(queues)]),
    ...differences('table', made('tables'), [...new Set(tables)]),
  ];
};

/** Alerts that wait for a line that nobody writes, or for a function that does not exist. */
export const alertFaults = (files: BicepFile[]): string[] => {
  const file = fileAt(files, ALERTS);
  const functions = triggers().map(({ name }) => name);
  const text = file.root.text;
  const rules = [...[variable(file, 'loud')].flat(), ...[variable(file, 'silent')].flat()] as Record<string, unknown>[];
  return [
    ...[...text.matchAll(/PEG_\w+/g)]
      .filter(([event]) => !(event in LOG_EVENTS))
      .map(([event]) => `${event} is logged by nobody`),
    ...[...text.matchAll(/line\["function"\]\) == "([\w-]+)"/g)]
      .filter(([, name = '']) => !functions.includes(name))
      .map(([, name]) => `there is no function ${name}`),
    ...rules
      .filter((rule) => ![rule['events']].flat().some((event) => String(event) in LOG_EVENTS))
      .map((rule) => `the alert ${String(rule['name'])} waits for nothing`),
  ];
};

/** Always-ready groups that Azure would not find among the functions. */
export const alwaysReadyFaults = (files: BicepFile[]): string[] => {
  const file = fileAt(files, APP);
  const groups = [variable(file, 'alwaysReady')].flat() as { name: string }[];
  const worker = triggers().find(({ queue }) => queue === 'marketplace-events');
  const known = triggers()
    .filter(({ kind }) => kind !== 'http')
    .map(({ name }) => `function:${name}`);
  const names = groups.map(({ name }) => name);
  return [
    ...names.filter((name) => name !== 'http' && !known.includes(name)).map((name) => `there is no ${name}`),
    ...['http', `function:${worker?.name}`]
      .filter((name) => !names.includes(name))
      .map((name) => `${name} never waits`),
  ];
};

/** Accounts and services that take a key, requests that are logged with their query strings. */
export const keyFaults = (files: BicepFile[]): string[] =>
  files.flatMap((file) =>
    file.resources
      .filter(({ isExisting }) => !isExisting)
      .flatMap((resource) => {
        const [type = ''] = resource.type.split('@');
        const must = (path: string, value: boolean): string[] => {
          const node = property(resource.body, path);
          return node && literal(file, node) === value
            ? []
            : [`${at(file.path, resource.node)} ${path} is not ${value}`];
        };
        switch (type) {
          case 'Microsoft.Storage/storageAccounts':
            return must('properties.allowSharedKeyAccess', false);
          case 'Microsoft.Communication/communicationServices':
            return must('properties.disableLocalAuth', true);
          case 'Microsoft.Insights/components':
            return must('properties.DisableLocalAuth', true);
          case 'Microsoft.Web/sites/basicPublishingCredentialsPolicies':
            return must('properties.allow', false);
          case 'Microsoft.Insights/diagnosticSettings':
            return [`${at(file.path, resource.node)} would log addresses with purchase tokens in them`];
          default:
            return [];
        }
      }),
  );

const SECRETS: RegExp[] = [
  /\blist(AccountSas|ServiceSas|Keys|Secrets|Credentials)?\(/i,
  /\blistKeys\b|\.listSecrets\b/i,
  /AccountKey|SharedAccess(Key|Signature)|accesskey=/i,
  /passwordCredentials|secretText|client_?secret|InstrumentationKey/i,
  /@secure\(\)/,
  /--(account-key|password|sas-token|connection-string)\b|auth-mode key|keys list|credential reset|generate-sas/,
  /\bsecrets\./,
  /publish-?profile/i,
  /[A-Za-z0-9+/]{40,}={1,2}(?![A-Za-z0-9=])/,
  /-----BEGIN/,
];

/** Whatever looks like a secret, or like a way to get one. */
export const secretFaults = (path: string, text: string): string[] =>
  text
    .split('\n')
    .flatMap((line, index) =>
      SECRETS.filter((pattern) => pattern.test(line)).map((pattern) => `${path}:${index + 1} ${String(pattern)}`),
    );

/** Outputs of a deployment that are named after a secret, or come from something that is. Anybody who may read may see them. */
export const outputFaults = (files: BicepFile[]): string[] =>
  files
    .filter(({ path }) => !path.includes('/modules/'))
    .flatMap((file) =>
      [...file.outputs.values()]
        .filter(({ text }) => /secret|password|credential|connectionString|_key\b|\bkeys?\b|sas\b/i.test(text))
        .map((node) => `${at(file.path, node)} hands out a secret`),
    );
