import { describe, expect, test } from '@jest/globals';
import { type Answer, callsOf, deployed, option, type Run, runScript } from './machine.ts';

const ids: Answer[] = ['landing', 'console', 'fulfilment'].map((name, index) => ({
  to: ['get', `https://graph.microsoft.com/v1.0/applications(uniqueName='pegasus-${name}-dev')?$select=appId`],
  says: `aaaaaaaa-0000-4000-8000-00000000000${index + 1}\n`,
}));
const tenant: Answer = { to: ['account', 'show', 'tenantId'], says: '11111111-1111-4111-8111-111111111111\n' };
const nothing: Answer = { to: ['deployment', 'group', 'show'], status: 3 };

type Body = {
  identifierUris?: string[];
  spa?: { redirectUris: string[] };
  issuer?: string;
  subject?: string;
  audiences?: string[];
};

/** The last body sent to the address that ends so. */
const sentTo = (run: Run, end: string): Body | undefined => {
  const call = callsOf(run, 'rest', 'patch').findLast((one) => option(one, '--url')?.endsWith(end));
  return call && (JSON.parse(option(call, '--body') ?? '') as Body);
};

describe('registering without the Graph module', () => {
  test('before the deployment makes all three with their service principals and prints their ids', async () => {
    const run = await runScript('registrations.sh', ['dev'], { answers: [...ids, tenant, nothing] });

    expect(run.status).toBe(0);
    expect(run.stdout).toBe(
      [
        'CREATE_REGISTRATIONS=false',
        'PUBLISHER_CLIENT_ID=aaaaaaaa-0000-4000-8000-000000000003',
        'LANDING_CLIENT_ID=aaaaaaaa-0000-4000-8000-000000000001',
        'CONSOLE_CLIENT_ID=aaaaaaaa-0000-4000-8000-000000000002',
        '',
      ].join('\n'),
    );
    for (const index of [1, 2, 3])
      expect(sentTo(run, `servicePrincipals(appId='aaaaaaaa-0000-4000-8000-00000000000${index}')`)).toEqual({});
    expect(sentTo(run, "(uniqueName='pegasus-landing-dev')")).toMatchObject({
      signInAudience: 'AzureADandPersonalMicrosoftAccount',
      identifierUris: ['api://aaaaaaaa-0000-4000-8000-000000000001'],
    });
    expect(sentTo(run, "(uniqueName='pegasus-landing-dev')")).not.toHaveProperty('spa');
    expect(sentTo(run, "(name='pegasus-identity')")).toBeUndefined();
    expect(run.stderr).toContain('second run');
  });

  test('after the deployment adds the redirect addresses and the federated credential, and no secret', async () => {
    const run = await runScript('registrations.sh', ['dev'], { answers: [...ids, tenant, deployed] });

    expect(run.status).toBe(0);
    expect(sentTo(run, "(uniqueName='pegasus-landing-dev')")?.spa?.redirectUris).toEqual([
      'https://stweb1.z6.web.core.windows.net/',
    ]);
    expect(sentTo(run, "(uniqueName='pegasus-console-dev')")?.spa?.redirectUris).toEqual([
      'https://stweb1.z6.web.core.windows.net/console/',
    ]);
    expect(sentTo(run, "(name='pegasus-identity')")).toMatchObject({
      issuer: 'https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111/v2.0',
      subject: 'bbbbbbbb-0000-4000-8000-000000000001',
      audiences: ['api://AzureADTokenExchange'],
    });
    expect(callsOf(run, 'credential')).toEqual([]);
  });

  test('only updates: each call makes what is missing and changes what is there', async () => {
    const run = await runScript('registrations.sh', ['dev'], { answers: [...ids, tenant, deployed] });

    const writes = callsOf(run, 'rest').filter((call) => option(call, '--method') !== 'get');
    expect(writes.length).toBeGreaterThan(8);
    expect(writes.filter((call) => option(call, '--method') !== 'patch')).toEqual([]);
    expect(writes.filter((call) => !call.includes('Prefer=create-if-missing'))).toEqual([]);
  });

  test('needs no right on Azure resources when the addresses are given', async () => {
    const env = {
      LANDING_URL: 'https://landing.example/',
      CONSOLE_URL: 'https://landing.example/console/',
      IDENTITY_PRINCIPAL_ID: 'bbbbbbbb-0000-4000-8000-000000000009',
    };
    const run = await runScript('registrations.sh', ['dev'], { answers: [...ids, tenant], env });

    expect(run.status).toBe(0);
    expect(callsOf(run, 'deployment')).toEqual([]);
    expect(sentTo(run, "(name='pegasus-identity')")?.subject).toBe('bbbbbbbb-0000-4000-8000-000000000009');
  });

  test('names the role that is missing when no service principal can be made, and prints no ids', async () => {
    const principal =
      "https://graph.microsoft.com/v1.0/servicePrincipals(appId='aaaaaaaa-0000-4000-8000-000000000001')";
    const refused = { to: ['rest', 'patch', principal], status: 1 };
    const run = await runScript('registrations.sh', ['dev'], { answers: [refused, ...ids, tenant, nothing] });

    expect(run.status).not.toBe(0);
    expect(run.stderr).toContain('The service principal of pegasus-landing-dev was not made.');
    expect(run.stderr).toContain('Application Administrator or Cloud Application Administrator');
    expect(run.stdout).toBe('');
    expect(callsOf(run, 'rest', principal)).toHaveLength(1);
  });

  test('stops at the first refusal and prints no ids', async () => {
    const forbidden = { to: ['rest', 'patch'], status: 1 };
    const run = await runScript('registrations.sh', ['dev'], { answers: [forbidden, ...ids, tenant, nothing] });

    expect(run.status).not.toBe(0);
    expect(run.stdout).toBe('');
    expect(callsOf(run, 'rest')).toHaveLength(1);
  });
});
