// Contract 4.1, 4.2, 4.4: what stands at the address that Partner Center is given.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../../src/application/checks/report.ts';
import { type Clinic, doctor, type Imposter, startClinic, startImposter } from './site.ts';

let clinic: Clinic;
let imposter: Imposter | undefined;
beforeAll(async () => {
  clinic = await startClinic();
});
afterAll(() => clinic?.close());
afterEach(async () => {
  await imposter?.close();
  imposter = undefined;
});

const REFUSAL = { status: 401, headers: { 'content-type': 'application/problem+json' }, body: '{}' };

const seen = async (api: string, ...ids: string[]) => {
  const { stdout } = await doctor(['--json', '--only', ids.join(','), '--api', api], clinic.settings());
  return (JSON.parse(stdout) as Report).checks;
};

describe('an answer that is not our refusal', () => {
  test.each([
    [200, /anybody could end subscriptions/],
    [401, /App Service authentication/],
    [302, /App Service authentication/],
    [403, /stopped/],
    [404, /keeps it from starting/],
    [500, /error of its own/],
  ])('%i says what it means', async (status, cause) => {
    imposter = await startImposter(() => ({ status }));
    const both = await seen(`${imposter.url}/api`, 'webhook-refuses-strangers', 'webhook-refuses-forgeries');
    expect(both).toHaveLength(2);
    for (const one of both) expect(one).toMatchObject({ state: 'failed', cause: expect.stringMatching(cause) });
  });
});

test('an app that refuses strangers and believes forgeries is seen', async () => {
  imposter = await startImposter(({ headers }) => (headers.authorization ? { status: 200 } : REFUSAL));
  const states = (await seen(`${imposter.url}/api`, 'webhook-refuses-strangers', 'webhook-refuses-forgeries')).map(
    ({ state }) => state,
  );
  expect(states).toEqual(['ok', 'failed']);
});

test('the false token says all that Microsoft says, under the name of a key that exists', async () => {
  const tokens: string[] = [];
  imposter = await startImposter(({ headers }) => {
    if (headers.authorization) tokens.push(headers.authorization);
    return REFUSAL;
  });
  await seen(`${imposter.url}/api`, 'webhook-refuses-forgeries');
  const [header = {}, claims = {}] = (tokens[0] ?? '')
    .replace('Bearer ', '')
    .split('.', 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, string>);
  const settings = clinic.settings();
  const keys = (await (
    await fetch(`${clinic.entraUrl}/${settings['PUBLISHER_TENANT_ID']}/discovery/v2.0/keys`)
  ).json()) as { keys: { kid: string }[] };
  expect(keys.keys.map(({ kid }) => kid)).toContain(header['kid']);
  expect(claims).toMatchObject({
    aud: settings['PUBLISHER_CLIENT_ID'],
    tid: settings['PUBLISHER_TENANT_ID'],
    azp: '20e940b3-4c77-4b0b-9a53-9e16a1b010a7',
    iss: `${settings['ENTRA_AUTHORITY']}/${settings['PUBLISHER_TENANT_ID']}/v2.0`,
  });
});

test('a slow app is a warning: Microsoft waits no longer than 10 s', async () => {
  imposter = await startImposter(() => ({ ...REFUSAL, delayMs: 3200 }));
  expect(await seen(`${imposter.url}/api`, 'webhook-in-time')).toMatchObject([
    { state: 'warning', found: expect.stringMatching(/3\d{3} ms/) },
  ]);
});

test('an app that is not there fails all that is known of it', async () => {
  const all = await seen(
    'http://127.0.0.1:2/api',
    'webhook-reachable',
    'webhook-refuses-strangers',
    'webhook-refuses-forgeries',
    'webhook-in-time',
  );
  expect(all.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed', 'failed']);
  expect(all[0]?.found).toContain('ECONNREFUSED');
  expect(all[3]).toMatchObject({ cause: 'Nobody answered.', found: expect.not.stringContaining('slower') });
});

test('an address that Microsoft cannot reach is no address for Partner Center', async () => {
  const real = { MARKETPLACE_CREDENTIAL: 'client-secret', MARKETPLACE_CLIENT_SECRET: 'x' };
  expect(await clinic.check('webhook-reachable', real)).toMatchObject({
    state: 'failed',
    cause: expect.stringContaining('https'),
  });
});

test("signing keys that nobody can read are told: Microsoft's token could not be checked either", async () => {
  await clinic.entra.faults({ path: 'keys', status: 503, times: 1 });
  expect(await clinic.check('webhook-refuses-forgeries')).toMatchObject({
    state: 'failed',
    found: expect.stringContaining('signing keys'),
  });
});

test('pages without settings leave nobody who knows where the webhook is', async () => {
  expect(await clinic.check('webhook-reachable', { LANDING_URL: `${clinic.landingUrl}nowhere/` })).toMatchObject({
    state: 'not-checked',
    fix: expect.stringContaining('--api'),
  });
});
