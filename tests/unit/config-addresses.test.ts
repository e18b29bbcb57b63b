import { describe, expect, test } from '@jest/globals';
import { type Env, faulty, IDENTITY, LANDING_CLIENT, parsed } from './support/settings.ts';

describe('storage', () => {
  const identity = (changes: Env) => parsed({ AzureWebJobsStorage: undefined, ...changes }).storage;
  const services = {
    AzureWebJobsStorage__tableServiceUri: 'https://account.table.example',
    AzureWebJobsStorage__queueServiceUri: 'https://account.queue.example',
  };

  test('is reached by identity from the name of the account', () => {
    expect(identity({ AzureWebJobsStorage__accountName: 'account' })).toEqual({
      kind: 'identity',
      tableUrl: 'https://account.table.core.windows.net',
      queueUrl: 'https://account.queue.core.windows.net',
    });
  });

  test('is reached by identity at the addresses of its services, which count more than the name', () => {
    expect(identity({ ...services, AzureWebJobsStorage__accountName: 'account' })).toEqual({
      kind: 'identity',
      tableUrl: 'https://account.table.example',
      queueUrl: 'https://account.queue.example',
    });
  });

  test('is reached by the identity that is named', () => {
    const named = { ...services, AzureWebJobsStorage__clientId: IDENTITY };

    expect(identity(named)).toMatchObject({ clientId: IDENTITY });
    expect(parsed({ ...named, AzureWebJobsStorage: undefined }).identityClientId).toBe(IDENTITY);
    expect(parsed({ ...named, AZURE_CLIENT_ID: LANDING_CLIENT }).identityClientId).toBe(LANDING_CLIENT);
  });

  test.each([
    'UseDevelopmentStorage=true',
    'AccountName=a;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:1/a',
    'TableEndpoint=https://a.table.example;SharedAccessSignature=sv=1&sig=x',
  ])('is reached with %s', (value) => {
    expect(parsed({ AzureWebJobsStorage: value }).storage).toEqual({ kind: 'connection-string', value });
  });

  test.each(['nonsense', 'AccountName=a', 'AccountName=a;AccountKey='])('is not reached with %s', (value) => {
    expect(faulty({ AzureWebJobsStorage: value })).toEqual(['AzureWebJobsStorage']);
  });

  test('is not reached by half of its addresses', () => {
    for (const name of Object.keys(services)) {
      expect(faulty({ AzureWebJobsStorage: undefined, ...services, [name]: undefined })).toEqual([
        'AzureWebJobsStorage',
      ]);
    }
  });
});

describe('an address', () => {
  const ADDRESSES = ['MARKETPLACE_API_URL', 'ENTRA_AUTHORITY', 'LANDING_URL', 'CONSOLE_URL', 'EMAIL_ENDPOINT'];
  const FOREIGN = [
    'http://pages.publisher.example/',
    'http://127.0.0.1.publisher.example/',
    'http://localhost.publisher.example/',
    'http://localhost@publisher.example/',
    'http://10.0.0.1/',
    'ftp://127.0.0.1/',
    'file:///tmp',
    'pages.publisher.example',
  ];
  const OWN = ['http://127.0.0.1:7071/', 'http://localhost:7071/', 'http://[::1]:7071/'];

  test.each(ADDRESSES)('%s is https, or http on this machine', (name) => {
    // With an address alone mail is sent as the identity, and that is shown over https only.
    const beside = name === 'EMAIL_ENDPOINT' ? { EMAIL_CONNECTION_STRING: `endpoint=${OWN[0]};accesskey=a2V5` } : {};
    for (const value of FOREIGN) expect(faulty({ [name]: value, ...beside })).toEqual([name]);
    for (const value of OWN) expect(() => parsed({ [name]: value, ...beside })).not.toThrow();
  });

  test('in EMAIL_ENDPOINT alone is https, also on this machine', () => {
    for (const value of OWN) expect(faulty({ EMAIL_ENDPOINT: value })).toEqual(['EMAIL_ENDPOINT']);
  });

  test('in EMAIL_CONNECTION_STRING is https, or http on this machine', () => {
    const mail = (value: string) => ({ EMAIL_ENDPOINT: undefined, EMAIL_CONNECTION_STRING: value });
    for (const host of FOREIGN) {
      expect(faulty(mail(`endpoint=${host};accesskey=a2V5`))).toEqual(['EMAIL_CONNECTION_STRING']);
    }
    for (const half of ['accesskey=a2V5', `endpoint=${OWN[0]}`, `endpoint=${OWN[0]};accesskey=`])
      expect(faulty(mail(half))).toEqual(['EMAIL_CONNECTION_STRING']);
    for (const host of [...OWN, 'https://publisher.communication.example/']) {
      expect(parsed(mail(`endpoint=${host};accesskey=a2V5`)).email.connectionString).toContain(host);
    }
  });

  test('of Microsoft is used without the slashes at its end', () => {
    const config = parsed({
      ENTRA_AUTHORITY: 'https://login.example//',
      MARKETPLACE_API_URL: 'https://api.example/api/',
    });

    expect(config.entra.authority).toBe('https://login.example');
    expect(config.marketplace.apiUrl).toBe('https://api.example/api');
  });

  test('of a page holds no fragment: Microsoft adds the purchase token to it', () => {
    for (const name of ['LANDING_URL', 'CONSOLE_URL']) {
      expect(faulty({ [name]: 'https://pages.publisher.example/#/' })).toEqual([name]);
    }
  });
});
