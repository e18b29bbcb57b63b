import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { PROJECT } from '../../support/source-files.ts';
import { type Answer, callsOf, deployed, option, ready, runScript } from './machine.ts';

const healthy: Answer[] = [
  { to: ['curl', '--write-out', '--request'], says: '401' },
  { to: ['curl', '--write-out'], says: '200' },
  {
    to: ['curl', '--dump-header'],
    says: 'HTTP/2 204\r\nAccess-Control-Allow-Origin: https://stweb1.z6.web.core.windows.net\r\n',
  },
  {
    to: ['curl', '--compressed'],
    says: 'https://func-1.azurewebsites.net/api aaaaaaaa-0000-4000-8000-000000000001 aaaaaaaa-0000-4000-8000-000000000002',
  },
];
const people = { OPERATOR_EMAILS: 'cs@publisher.example', ALERT_EMAILS: 'on-call@publisher.example' };

describe('deploying', () => {
  test('shows what would change, then makes the resources, the app and the pages, and checks them, in this order', async () => {
    const run = await runScript('deploy.sh', ['dev', '--yes'], {
      answers: [...ready, deployed, ...healthy],
      env: people,
    });

    expect(run.stderr).not.toContain('FAILED');
    expect(run.status).toBe(0);
    const steps = [
      ['group', 'what-if'],
      ['group', 'create'],
      ['run', 'build'],
      ['config-zip'],
      ['service-properties'],
      ['upload'],
      ['curl'],
    ].map((words) => run.calls.findIndex((call) => words.every((word) => call.includes(word))));
    expect(steps).not.toContain(-1);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    for (const call of callsOf(run, '--parameters')) {
      expect(option(call, '--parameters')).toBe('infra/main.bicepparam');
      expect(option(call, '--resource-group')).toBe('rg-pegasus-dev');
    }
    expect(option(callsOf(run, 'config-zip')[0] ?? [], '--name')).toBe('func-1');
    expect(run.stdout).toContain('https://func-1.azurewebsites.net/api/webhook');
  });

  test('with --what-if shows what would change and changes nothing', async () => {
    const run = await runScript('deploy.sh', ['dev', '--what-if'], { answers: ready, env: people });

    expect(run.status).toBe(0);
    expect(callsOf(run, 'what-if')).toHaveLength(1);
    expect(callsOf(run, 'deployment', 'create')).toEqual([]);
    expect(callsOf(run, 'storage')).toEqual([]);
  });

  test('asks first, and without a yes changes nothing', async () => {
    const run = await runScript('deploy.sh', ['prod'], { answers: ready, env: people, input: 'n\n' });

    expect(run.status).toBe(1);
    expect(run.stderr).toContain('Nothing was changed.');
    expect(callsOf(run, 'deployment', 'create')).toEqual([]);
  });

  test('makes the resource group where it was told to, when there is none', async () => {
    const nowhere = [
      { to: ['group', 'exists'], says: 'false' },
      { to: ['group', 'show', 'location'], status: 3 },
    ];
    const run = await runScript('deploy.sh', ['dev', '--what-if'], {
      answers: [...nowhere, ...ready],
      env: { ...people, AZURE_LOCATION: 'northeurope' },
    });

    expect(run.status).toBe(0);
    const [made = []] = callsOf(run, 'group', 'create');
    expect(option(made, '--name')).toBe('rg-pegasus-dev');
    expect(option(made, '--location')).toBe('northeurope');
  });

  test('stops where it fails: no app is uploaded to resources that could not be made', async () => {
    const broken = { to: ['deployment', 'create'], status: 1 };
    const run = await runScript('deploy.sh', ['dev', '--yes'], { answers: [broken, ...ready, deployed], env: people });

    expect(run.status).toBe(1);
    expect(callsOf(run, 'config-zip')).toEqual([]);
  });
});

describe('before anything is changed', () => {
  test.each<[string, Answer, Record<string, string>, string]>([
    ['nobody is signed in', { to: ['account', 'show'], status: 1 }, {}, 'az login'],
    [
      'az works in another subscription',
      { to: ['account', 'show', '--query', 'id'], says: 'aaaaaaaa-0000-4000-8000-00000000000a\n' },
      { AZURE_SUBSCRIPTION_ID: 'bbbbbbbb-0000-4000-8000-00000000000b' },
      'az account set --subscription bbbbbbbb-0000-4000-8000-00000000000b',
    ],
    ['az is too old', { to: ['version', '--query'], says: '2.74.1\n' }, {}, 'az 2.74.1 is too old: az upgrade'],
    ['az does not say how old it is', { to: ['version', '--query'], status: 1 }, {}, 'az upgrade'],
    ['Bicep is too old', { to: ['bicep', 'version'], says: 'Bicep CLI version 0.30.3' }, {}, 'az bicep upgrade'],
    ['there is no Bicep', { to: ['bicep', 'version'], status: 1 }, {}, 'az bicep install'],
    [
      'a provider is not registered',
      { to: ['provider', 'Microsoft.Communication'], says: 'NotRegistered' },
      {},
      'az provider register --namespace Microsoft.Communication',
    ],
    [
      'the region has not this Node',
      { to: ['list-flexconsumption-runtimes'], says: '20\n22\n' },
      {},
      'does not offer Node 24',
    ],
    ['there is no region', { to: ['group', 'show', 'location'], status: 3 }, {}, 'AZURE_LOCATION'],
    [
      'the app is paused and the file does not say so',
      { to: ['appsettings', 'list', 'func-1'], says: 'true\n' },
      {},
      'Activations are paused in func-1',
    ],
    ['registrations are missing', { to: ['none'] }, { CREATE_REGISTRATIONS: 'false' }, 'LANDING_CLIENT_ID is missing'],
  ])('it is said when %s', async (_, answer, env, sentence) => {
    const run = await runScript('deploy.sh', ['dev', '--yes'], { answers: [answer, ...ready], env });

    expect(run.status).toBe(1);
    expect(run.stderr).toContain(sentence);
    expect(callsOf(run, 'deployment')).toEqual([]);
  });

  test('az in the subscription that is deployed to is right', async () => {
    const AZURE_SUBSCRIPTION_ID = 'aaaaaaaa-0000-4000-8000-00000000000a';
    const current = { to: ['account', 'show', '--query', 'id'], says: `${AZURE_SUBSCRIPTION_ID}\n` };
    const run = await runScript('preflight.sh', ['dev'], {
      answers: [current, ...ready],
      env: { ...people, AZURE_SUBSCRIPTION_ID },
    });

    expect(run.stderr).toContain('Nothing stands in the way.');
    expect(run.status).toBe(0);
  });

  test('a pause that could not be looked at is said', async () => {
    const run = await runScript('deploy.sh', ['dev', '--what-if'], {
      answers: [{ to: ['appsettings', 'list'], status: 1 }, ...ready],
      env: people,
    });

    expect(run.status).toBe(0);
    expect(run.stderr).toContain('Whether activations are paused in func-1 was not checked');
  });

  test('a Node that does not run TypeScript is too old', async () => {
    const run = await runScript('preflight.sh', ['dev'], {
      answers: ready,
      env: { ...people, NODE_OPTIONS: '--no-experimental-strip-types' },
    });

    expect(run.status).toBe(1);
    expect(run.stderr).toContain('22.18 or newer');
  });

  test('what may not be looked at is said to be unchecked, and stops nothing', async () => {
    const forbidden = [
      { to: ['provider', 'show'], status: 1 },
      { to: ['list-flexconsumption-runtimes'], status: 1 },
    ];
    const run = await runScript('preflight.sh', ['dev'], { answers: [...forbidden, ...ready] });

    expect(run.status).toBe(0);
    expect(run.stderr).toContain('Microsoft.Web was not checked');
    expect(run.stderr).toContain('Node 24 was not checked');
  });
});

describe('checking what is deployed', () => {
  test('prints the four values for Partner Center, the console and the mail records', async () => {
    const run = await runScript('verify.sh', ['dev'], { answers: [deployed, ...healthy] });

    expect(run.status).toBe(0);
    expect(run.stdout).toMatch(/Landing page URL +https:\/\/stweb1\.z6\.web\.core\.windows\.net\/\n/);
    expect(run.stdout).toMatch(/Connection webhook +https:\/\/func-1\.azurewebsites\.net\/api\/webhook\n/);
    expect(run.stdout).toMatch(/tenant ID +11111111-1111-4111-8111-111111111111\n/);
    expect(run.stdout).toMatch(/application ID +aaaaaaaa-0000-4000-8000-000000000003\n/);
    expect(run.stdout).toMatch(/console +https:\/\/stweb1\.z6\.web\.core\.windows\.net\/console\/\n/);
    expect(run.stdout).toContain('v=spf1 -all');
  });

  test.each<[string, Answer]>([
    ['the app is alive', { to: ['curl', 'https://func-1.azurewebsites.net/api/health'], says: '503' }],
    [
      'the landing page is there',
      { to: ['curl', '--write-out', 'https://stweb1.z6.web.core.windows.net/'], says: '404' },
    ],
    ['the pages call this app', { to: ['curl', '--compressed'], says: 'https://elsewhere.example/api' }],
    ['the app lets the pages call it', { to: ['curl', '--dump-header'], says: 'HTTP/2 204\r\n' }],
    ['the webhook refuses calls without a token', { to: ['curl', '--write-out', 'POST'], says: '200' }],
  ])('fails unless %s', async (what, answer) => {
    const run = await runScript('verify.sh', ['dev'], { answers: [answer, deployed, ...healthy] });

    expect(run.status).toBe(1);
    expect(run.stderr).toContain(`FAILED  ${what}`);
  });

  test('waits five minutes for what does not come, once: nothing else is asked twice after that', async () => {
    const dead = { to: ['curl'], status: 7 };
    const run = await runScript('verify.sh', ['dev'], { answers: [deployed, dead], env: { RETRY_TRIES: '' } });

    expect(run.status).toBe(1);
    expect(run.stderr.match(/FAILED/g)).toHaveLength(9);
    expect(callsOf(run, 'https://func-1.azurewebsites.net/api/health')).toHaveLength(20);
    expect(callsOf(run, 'curl')).toHaveLength(20 + 8);
  });
});

test('the app is packaged as Azure runs it: no package is named, so that none is installed', async () => {
  const run = await runScript('package.sh', []);

  expect(run.status).toBe(0);
  const packed = JSON.parse(readFileSync(join(PROJECT, '.cache/azure/app/package.json'), 'utf8')) as unknown;
  expect(packed).toEqual({ name: 'pegasus', version: expect.any(String), type: 'module', main: 'dist/index.js' });
  expect(readFileSync(join(PROJECT, '.cache/azure/app/host.json'), 'utf8')).toContain('extensionBundle');
  expect(readFileSync(join(PROJECT, '.cache/azure/app/dist/index.js'), 'utf8')).not.toBe('');
  expect(callsOf(run, 'zip')).toEqual([['zip', '-qr', '../app.zip', '.']]);
});
