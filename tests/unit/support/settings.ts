import { parseConfig } from '../../../src/config.ts';

export type Env = Record<string, string | undefined>;

export const PUBLISHER_TENANT = '11111111-1111-4111-8111-111111111111';
export const PUBLISHER_CLIENT = 'aaaaaaaa-0000-4000-8000-000000000003';
export const LANDING_CLIENT = 'aaaaaaaa-0000-4000-8000-000000000001';
export const CONSOLE_CLIENT = 'aaaaaaaa-0000-4000-8000-000000000002';
export const IDENTITY = 'cccccccc-0000-4000-8000-000000000001';

/** What design 7 names and gives no default for, in a cloud. */
export const ENOUGH: Env = {
  AzureWebJobsStorage: 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=a2V5;EndpointSuffix=core.windows.net',
  PUBLISHER_TENANT_ID: PUBLISHER_TENANT,
  PUBLISHER_CLIENT_ID: PUBLISHER_CLIENT,
  LANDING_CLIENT_ID: LANDING_CLIENT,
  CONSOLE_CLIENT_ID: CONSOLE_CLIENT,
  LANDING_URL: 'https://pages.publisher.example/',
  CONSOLE_URL: 'https://pages.publisher.example/console/',
  EMAIL_ENDPOINT: 'https://publisher.communication.example',
  EMAIL_SENDER: 'noreply@publisher.example',
  OPERATOR_EMAILS: 'cs@publisher.example',
};

export const parsed = (changes: Env = {}) => parseConfig({ ...ENOUGH, ...changes });

/** The message of the refusal; the test fails when the settings are accepted. */
export const refusal = (changes: Env): string => {
  try {
    parsed(changes);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  throw new Error('These settings were accepted.');
};

/** The names that a refusal has a line for. */
export const faulty = (changes: Env): string[] =>
  [...refusal(changes).matchAll(/^ {2}(\S+) /gm)].map(([, name = '']) => name);
