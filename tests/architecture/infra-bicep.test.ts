import { describe, expect, test } from '@jest/globals';
import { readText } from '../support/source-files.ts';
import { type BicepFile, parseBicep } from './infra/bicep.ts';
import { broken, fileAt, infraFiles } from './infra/files.ts';
import { knownTypes } from './infra/known-types.ts';
import { previewFaults } from './infra/preview.ts';
import { moduleFaults, parameterFileFaults, symbolFaults } from './infra/symbols.ts';
import { typeFaults } from './infra/types.ts';

const PARAMETERS = 'infra/main.bicepparam';

const parameterFile = (text = readText(PARAMETERS)): string[] => {
  const file = parseBicep(PARAMETERS, text);
  const main = fileAt(infraFiles(), 'infra/main.bicep');
  return [...file.faults, ...symbolFaults(file), ...parameterFileFaults(file, text, main)];
};

const types = (files: BicepFile[]): string[] => {
  const snapshot = knownTypes();
  return files.flatMap((file) => typeFaults(file, snapshot));
};

describe('the Bicep files', () => {
  const files = infraFiles();

  test('are read whole: resources, modules, parameters', () => {
    expect(files.length).toBeGreaterThan(8);
    expect(files.flatMap(({ resources }) => resources).length).toBeGreaterThan(35);
    expect(fileAt(files, 'infra/main.bicep').modules.length).toBeGreaterThan(6);
  });

  test('have no syntax error', () => {
    expect(files.flatMap(({ faults }) => faults)).toEqual([]);
  });

  test('use only names that are declared, and all that they declare', () => {
    expect(files.flatMap(symbolFaults)).toEqual([]);
  });

  test('give every module what it asks for, and take from it what it has', () => {
    expect(moduleFaults(files)).toEqual([]);
  });

  test('write properties as Azure’s types have them', () => {
    expect(types(files)).toEqual([]);
  });

  test('let what-if see every resource: which ones there are is known before anything is made', () => {
    expect(previewFaults(files)).toEqual([]);
    expect(JSON.parse(readText('infra/bicepconfig.json'))).toMatchObject({
      analyzers: { core: { enabled: true, rules: { 'what-if-short-circuiting': { level: 'error' } } } },
    });
  });

  test('are given what they ask for by the parameter file, and nothing else', () => {
    expect(parameterFile()).toEqual([]);
  });
});

const MAIN = 'infra/main.bicep';
const DATA = 'infra/modules/data.bicep';
const APP = 'infra/modules/app.bicep';

describe('a fault in the Bicep files is seen', () => {
  test.each([
    ['a brace that is not closed', DATA, 'sku: {\n    name: sku\n  }', 'sku: {\n    name: sku\n'],
    ['two values without a comma', APP, "tier: 'FlexConsumption'", "tier 'FlexConsumption'"],
  ])('in the syntax: %s', (_, path, from, to) => {
    expect(broken(path, from, to).flatMap(({ faults }) => faults)).not.toEqual([]);
  });

  test.each([
    ['a name that nobody declares', DATA, 'parent: account', 'parent: acount'],
    ['a loop variable outside of its loop', DATA, "name: 'app-package'", 'name: queue'],
    ['a function that does not exist', MAIN, 'uniqueString(', 'uniqString('],
    ['a parameter that nobody uses', MAIN, '    dailyQuotaGb: dailyQuotaGb\n', ''],
    ['a name that is declared twice', DATA, 'var tableNames', 'var queueNames = []\nvar tableNames'],
  ])('in the names: %s', (_, path, from, to) => {
    expect(broken(path, from, to).flatMap(symbolFaults)).not.toEqual([]);
  });

  test.each([
    ['a parameter that the module does not have', MAIN, 'sku: storageSku', 'size: storageSku'],
    ['a required parameter that is missing', MAIN, '    lockData: lockData\n', ''],
    ['an output that the module does not have', MAIN, 'site.outputs.origin', 'site.outputs.source'],
    [
      'an output of a module that may be absent',
      MAIN,
      'registrations!.outputs.landingClientId',
      'registrations!.outputs.id',
    ],
    ['a module that does not exist', MAIN, "'modules/email.bicep'", "'modules/mail.bicep'"],
  ])('between files: %s', (_, path, from, to) => {
    expect(moduleFaults(broken(path, from, to))).not.toEqual([]);
  });

  test.each([
    ['a property that the type does not have', DATA, 'allowSharedKeyAccess', 'allowSharedKeysAccess'],
    ['one inside an array', APP, 'instanceCount: alwaysReadyHttp', 'count: alwaysReadyHttp'],
    ['one of a nested resource', 'infra/modules/registrations.bicep', 'subject:', 'subjects:'],
    ['one under a free key', 'infra/modules/budget.bicep', 'thresholdType', 'typeOfThreshold'],
    ['a string for a truth value', DATA, 'allowBlobPublicAccess: false', "allowBlobPublicAccess: 'false'"],
    ['an object for a string', DATA, 'sku: {\n    name: sku\n', 'sku: {\n    name: {}\n'],
    ['a list for a string', DATA, '    name: sku\n', '    name: [sku]\n'],
    ['a loop for a string', DATA, '    name: sku\n', '    name: [for one in tableNames: one]\n'],
    ['an object for one of a few values', DATA, "publicAccess: 'None'", 'publicAccess: {}'],
    ['a string for a list', APP, '[siteOrigin]', "'*'"],
    ['an object for a list', APP, '[siteOrigin]', '{}'],
    ['a number in a list of strings', APP, '[siteOrigin]', '[siteOrigin, 1]'],
    ['a string for a list, behind a variable', APP, 'var alwaysReady = [', "var alwaysReady = 'http'\nvar other = ["],
    ['a string for a list, in one case of two', 'infra/modules/email.bicep', ': [managedDomain.id]', ": 'none'"],
    ['a property that is there twice', DATA, 'allowBlobPublicAccess: false', 'allowSharedKeyAccess: true'],
    ['a key of a variable that is there twice', MAIN, "application: 'pegasus'", "application: 'a'\n  application: 'b'"],
    ['a value that is not one of the allowed', DATA, "publicAccess: 'None'", "publicAccess: 'Nobody'"],
    ['a required property that is missing', DATA, "  kind: 'StorageV2'\n", ''],
    [
      'a version whose properties were not looked up',
      APP,
      'Microsoft.Web/sites@2024-11-01',
      'Microsoft.Web/sites@2024-04-01',
    ],
  ])('in the types: %s', (_, path, from, to) => {
    expect(types(broken(path, from, to))).not.toEqual([]);
  });

  test.each([
    ['the object id of the identity, in a name', DATA, 'guid(account.id, identityId', 'guid(account.id, principalId'],
    [
      'the output of a module, in a name',
      MAIN,
      'dataAccountName: dataAccountName',
      'dataAccountName: data.outputs.name',
    ],
    ['what a variable hides', MAIN, "= 'stpeg${token}'", "= 'stpeg${identity.properties.principalId}'"],
    ['a condition', MAIN, 'lockData: lockData', "lockData: site.outputs.name == 'x'"],
    ['what a scope is', DATA, 'scope: account\n    name', 'scope: principalId\n    name'],
    [
      'the name of a module’s own module',
      'infra/modules/registrations.bicep',
      "name: 'pegasus-landing-uri'",
      "name: 'pegasus-${landingUrl}'",
    ],
  ])('for what-if: %s', (_, path, from, to) => {
    expect(previewFaults(broken(path, from, to))).not.toEqual([]);
  });

  test.each([
    ['a parameter that is not there', 'param lockData =', 'param lock ='],
    ['a required parameter that is missing', /^param environmentName = .*$/m, ''],
    ['a name that nobody declares', 'var chosen', 'var picked'],
  ])('in the parameter file: %s', (_, from, to) => {
    expect(parameterFile(readText(PARAMETERS).replace(from, to))).not.toEqual([]);
  });
});
