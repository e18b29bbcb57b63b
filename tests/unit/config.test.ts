import { describe, expect, test } from '@jest/globals';
import { SETTINGS } from '../../src/settings.ts';
import {
  CONSOLE_CLIENT,
  ENOUGH,
  type Env,
  faulty,
  LANDING_CLIENT,
  PUBLISHER_CLIENT,
  PUBLISHER_TENANT,
  parsed,
  refusal,
} from './support/settings.ts';

describe('the settings that design 7 names', () => {
  test('are enough: everything else has a default that works', () => {
    expect(parsed()).toEqual({
      storage: { kind: 'connection-string', value: ENOUGH['AzureWebJobsStorage'] },
      identityClientId: undefined,
      marketplace: {
        apiUrl: 'https://marketplaceapi.microsoft.com/api',
        credential: 'federated',
        clientSecret: undefined,
        offerIds: [],
      },
      publisher: {
        tenantId: PUBLISHER_TENANT,
        clientId: PUBLISHER_CLIENT,
        name: 'Unifize',
        supportEmail: undefined,
      },
      entra: {
        authority: 'https://login.microsoftonline.com',
        landingClientId: LANDING_CLIENT,
        consoleClientId: CONSOLE_CLIENT,
      },
      landingUrl: 'https://pages.publisher.example/',
      consoleUrl: 'https://pages.publisher.example/console/',
      email: {
        endpoint: 'https://publisher.communication.example',
        connectionString: undefined,
        sender: 'noreply@publisher.example',
        operators: ['cs@publisher.example'],
      },
      rules: {
        policy: 'buyer',
        changes: { blockedPlanChanges: [] },
        reminderDays: [20, 10, 5, 2],
        keepContactDays: 30,
        keepWorkspaceDays: 30,
      },
      workspaceUrl: undefined,
    });
  });

  test('that are an empty string or blanks count as unset', () => {
    const others = Object.keys(SETTINGS).filter((name) => !(name in ENOUGH));

    for (const empty of ['', '  ']) {
      expect(parsed(Object.fromEntries(others.map((name) => [name, empty])))).toEqual(parsed());
    }
    expect(faulty({ PUBLISHER_TENANT_ID: '' })).toEqual(['PUBLISHER_TENANT_ID']);
  });

  test('may stand among others that are not ours', () => {
    expect(parsed({ PATH: '/bin', FUNCTIONS_WORKER_RUNTIME: 'node' })).toEqual(parsed());
  });

  test.each([
    'PUBLISHER_TENANT_ID',
    'PUBLISHER_CLIENT_ID',
    'LANDING_CLIENT_ID',
    'CONSOLE_CLIENT_ID',
    'LANDING_URL',
    'CONSOLE_URL',
    'EMAIL_SENDER',
    'AzureWebJobsStorage',
    'EMAIL_ENDPOINT',
  ])('start nothing without %s, and say so', (name) => {
    expect(faulty({ [name]: undefined })).toEqual([name]);
  });
});

describe('a refusal', () => {
  const WRONG_ALONE: Env = {
    MARKETPLACE_API_URL: 'nowhere',
    PUBLISHER_TENANT_ID: 'contoso',
    PUBLISHER_CLIENT_ID: undefined,
    SUPPORT_EMAIL: 'nobody',
    ENTRA_AUTHORITY: 'http://login.example',
    LANDING_URL: 'https://pages.publisher.example/#/',
    CONSOLE_URL: '/console',
    EMAIL_SENDER: undefined,
    OPERATOR_EMAILS: 'cs@publisher.example, nobody',
    AzureWebJobsStorage__clientId: '1',
    WORKSPACE_URL: 'workspace',
  };
  const WRONG_TOGETHER: Env = {
    AzureWebJobsStorage: undefined,
    CONSOLE_CLIENT_ID: LANDING_CLIENT,
    MARKETPLACE_CREDENTIAL: 'none',
    EMAIL_ENDPOINT: undefined,
    ACTIVATION_POLICY: 'when-ready',
  };
  const REQUIRED = Object.keys(ENOUGH).filter((name) => name !== 'OPERATOR_EMAILS');

  test.each<[string, Env, string[]]>([
    ['that is wrong', WRONG_ALONE, Object.keys(WRONG_ALONE)],
    ['that does not fit with others', WRONG_TOGETHER, Object.keys(WRONG_TOGETHER)],
    [
      'of both kinds',
      { ...WRONG_ALONE, ...WRONG_TOGETHER },
      [...Object.keys(WRONG_ALONE), ...Object.keys(WRONG_TOGETHER)],
    ],
    ['where nothing is set', Object.fromEntries(REQUIRED.map((name) => [name, undefined])), REQUIRED],
  ])('names every setting %s, all at once', (_kind, wrong, names) => {
    expect(faulty(wrong).toSorted()).toEqual(names.toSorted());
  });

  test('says of a choice what there is to choose from', () => {
    expect(refusal({ MARKETPLACE_CREDENTIAL: 'password' })).toContain(
      'MARKETPLACE_CREDENTIAL must be one of federated, managed-identity, client-secret, none.',
    );
    expect(refusal({ ACTIVATION_POLICY: 'at once' })).toContain(
      'ACTIVATION_POLICY must be one of buyer, operator, when-ready.',
    );
  });

  // A word that no message of ours holds.
  const CANARY = 'xkanarix';

  test.each(Object.keys(SETTINGS))('never quotes the value of %s', (name) => {
    const quoting = [CANARY, `http://${CANARY}.example/${CANARY}`, `endpoint=http://${CANARY}/;accesskey=${CANARY}`];

    for (const value of quoting) {
      expect(
        refusal({ [name]: value, PUBLISHER_TENANT_ID: name === 'PUBLISHER_TENANT_ID' ? value : 'no' }),
      ).not.toMatch(new RegExp(CANARY, 'i'));
    }
  });

  test('does not quote values that do not fit with others either', () => {
    const message = refusal({
      AzureWebJobsStorage: undefined,
      AzureWebJobsStorage__tableServiceUri: `https://${CANARY}.example`,
      MARKETPLACE_API_URL: `https://${CANARY}.example`,
      MARKETPLACE_CREDENTIAL: 'none',
      MARKETPLACE_CLIENT_SECRET: CANARY,
      EMAIL_ENDPOINT: undefined,
      EMAIL_CONNECTION_STRING: `endpoint=http://${CANARY}.example;accesskey=${CANARY}`,
      WORKSPACE_API_URL: `https://${CANARY}.example`,
    });

    expect(message).toContain('EMAIL_CONNECTION_STRING');
    expect(message).not.toContain(CANARY);
  });
});

describe('the Marketplace credential', () => {
  test('none is refused unless the Marketplace is on this machine', () => {
    const local = { MARKETPLACE_CREDENTIAL: 'none', MARKETPLACE_API_URL: 'http://127.0.0.1:7080/api' };

    expect(parsed(local).marketplace.credential).toBe('none');
    expect(faulty({ ...local, MARKETPLACE_API_URL: undefined })).toEqual(['MARKETPLACE_CREDENTIAL']);
    expect(faulty({ ...local, MARKETPLACE_API_URL: 'https://marketplace.example/api' })).toEqual([
      'MARKETPLACE_CREDENTIAL',
    ]);
  });

  test('client-secret needs the secret', () => {
    const secret = { MARKETPLACE_CREDENTIAL: 'client-secret' };

    expect(faulty(secret)).toEqual(['MARKETPLACE_CLIENT_SECRET']);
    expect(parsed({ ...secret, MARKETPLACE_CLIENT_SECRET: 's' }).marketplace).toMatchObject({
      credential: 'client-secret',
      clientSecret: 's',
    });
  });

  test('may be the managed identity itself', () => {
    expect(parsed({ MARKETPLACE_CREDENTIAL: 'managed-identity' }).marketplace.credential).toBe('managed-identity');
  });
});

describe('the activation policy', () => {
  test('is buyer or operator', () => {
    expect(parsed({ ACTIVATION_POLICY: 'operator' }).rules.policy).toBe('operator');
    expect(parsed({ ACTIVATION_POLICY: 'buyer' }).rules.policy).toBe('buyer');
  });

  test('when-ready is refused while WORKSPACE_API_URL is empty', () => {
    expect(faulty({ ACTIVATION_POLICY: 'when-ready' })).toEqual(['ACTIVATION_POLICY']);
    expect(faulty({ ACTIVATION_POLICY: 'when-ready', WORKSPACE_API_URL: '' })).toEqual(['ACTIVATION_POLICY']);
  });
});

describe('lists and ids', () => {
  test('several operators and offers are separated by commas, blanks and empty parts left out', () => {
    const config = parsed({ OPERATOR_EMAILS: ' a@x.example, b@x.example ,,', OFFER_IDS: 'one , two' });

    expect(config.email.operators).toEqual(['a@x.example', 'b@x.example']);
    expect(config.marketplace.offerIds).toEqual(['one', 'two']);
  });

  test('one wrong address among the operators is refused', () => {
    expect(faulty({ OPERATOR_EMAILS: 'a@x.example; b@x.example' })).toEqual(['OPERATOR_EMAILS']);
    expect(faulty({ OPERATOR_EMAILS: 'a@x.example, b' })).toEqual(['OPERATOR_EMAILS']);
  });

  test('GUIDs in capitals are the same GUIDs', () => {
    const ids = {
      PUBLISHER_TENANT_ID: 'bbbbbbbb-0000-4000-8000-000000000001',
      PUBLISHER_CLIENT_ID: PUBLISHER_CLIENT,
      LANDING_CLIENT_ID: LANDING_CLIENT,
      CONSOLE_CLIENT_ID: CONSOLE_CLIENT,
    };
    const capitals = Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, id.toUpperCase()]));

    expect(parsed(capitals)).toEqual(parsed(ids));
    expect(parsed(capitals).publisher.tenantId).toBe(ids.PUBLISHER_TENANT_ID);
  });

  test('the two pages have two registrations, else a buyer would be an operator', () => {
    expect(faulty({ CONSOLE_CLIENT_ID: LANDING_CLIENT })).toEqual(['CONSOLE_CLIENT_ID']);
    expect(faulty({ CONSOLE_CLIENT_ID: LANDING_CLIENT.toUpperCase() })).toEqual(['CONSOLE_CLIENT_ID']);
    expect(faulty({ LANDING_CLIENT_ID: CONSOLE_CLIENT.toUpperCase() })).toEqual(['CONSOLE_CLIENT_ID']);
  });
});

describe('the rules of the publisher', () => {
  test('are read as they are given', () => {
    const { rules } = parsed({
      BLOCKED_PLAN_CHANGES: 'gold>silver, *>free',
      MIN_SEATS: '5',
      MAX_SEATS: '500',
      REMINDER_DAYS: '14, 3',
      KEEP_CONTACT_DAYS: '7',
      KEEP_WORKSPACE_DAYS: '90',
      ADOPT_CREATED_BEFORE: '2026-11-01',
      PAUSE_ACTIVATIONS: 'true',
    });
    expect(rules).toEqual({
      policy: 'buyer',
      changes: {
        blockedPlanChanges: [
          { from: 'gold', to: 'silver' },
          { from: '*', to: 'free' },
        ],
        minSeats: 5,
        maxSeats: 500,
      },
      reminderDays: [14, 3],
      keepContactDays: 7,
      keepWorkspaceDays: 90,
      adoptCreatedBefore: '2026-11-01T00:00:00.000Z',
      areActivationsPaused: true,
    });
  });

  test.each([
    ['BLOCKED_PLAN_CHANGES', 'gold'],
    ['BLOCKED_PLAN_CHANGES', 'gold>silver>bronze'],
    ['MIN_SEATS', '0'],
    ['MAX_SEATS', 'many'],
    ['REMINDER_DAYS', '30'],
    ['KEEP_CONTACT_DAYS', '6'],
    ['KEEP_WORKSPACE_DAYS', '6'],
    ['ADOPT_CREATED_BEFORE', 'soon'],
    ['PAUSE_ACTIVATIONS', 'yes'],
  ])('%s may not be %s', (setting, value) => {
    expect(faulty({ [setting]: value })).toEqual([setting]);
  });

  test('no fewer seats at most than at least', () => {
    expect(faulty({ MIN_SEATS: '9', MAX_SEATS: '8' })).toEqual(['MAX_SEATS']);
  });
});
