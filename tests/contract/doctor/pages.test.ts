// Contract 7: the landing page, its settings, who may call the API, and where Entra sends people back to.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { PUBLISHER_TENANT } from '../../../local/people.ts';
import { type Clinic, type Imposter, startClinic, startImposter } from './site.ts';

const OTHER = 'dddddddd-0000-4000-8000-000000000001';

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

const config = async (): Promise<Record<string, unknown> & { brand: object }> =>
  (await (await fetch(`${clinic.landingUrl}config.json`)).json()) as Record<string, unknown> & { brand: object };

/** The same pages with other settings. */
const published = async (changed: object): Promise<Record<string, string>> => {
  const body = JSON.stringify({ ...(await config()), ...changed });
  imposter = await startImposter(({ url }) => (url === '/config.json' ? { status: 200, body } : { status: 404 }));
  return { LANDING_URL: `${imposter.url}/` };
};

test.each(['landing-page', 'console-page'])('%s: gone, another one, and nobody there', async (id) => {
  const setting = id === 'landing-page' ? 'LANDING_URL' : 'CONSOLE_URL';
  const at = (url: string) => clinic.check(id, { [setting]: url });
  expect(await at(`${clinic.landingUrl}nothing/`)).toMatchObject({
    state: 'failed',
    found: expect.stringContaining('404'),
    fix: expect.stringContaining('publish-site.sh'),
  });
  expect(await at(`${clinic.landingUrl}config.json`)).toMatchObject({
    state: 'failed',
    cause: expect.stringContaining(setting),
  });
  expect(await at('http://127.0.0.1:2/')).toMatchObject({
    state: 'failed',
    found: expect.stringContaining('ECONNREFUSED'),
  });
});

describe('settings of the pages that are not those of the app', () => {
  test.each([
    ['landingClientId', OTHER],
    ['consoleClientId', OTHER],
    ['publisherTenantId', OTHER],
    ['authority', 'https://login.microsoftonline.com'],
  ])('%s', async (name, value) => {
    const result = await clinic.check('pages-config', await published({ [name]: value }));
    expect(result).toMatchObject({ state: 'failed', code: 1, found: expect.stringContaining(`${name} must be `) });
    expect(result.found).not.toContain(';');
  });

  test('apiUrl, where the deployment says another', async () => {
    const result = await clinic.check('pages-config', {}, ['--api', 'http://127.0.0.1:2/api']);
    expect(result).toMatchObject({ state: 'failed', found: 'apiUrl must be http://127.0.0.1:2/api' });
  });

  test('apiUrl, where nobody is', async () => {
    expect(await clinic.check('pages-config', await published({ apiUrl: 'http://127.0.0.1:2/api' }))).toMatchObject({
      state: 'failed',
      found: expect.stringMatching(/health gave no answer/),
    });
  });

  test('apiUrl, where the platform has another name for the app: an own domain, or another app', async () => {
    const { host } = new URL(clinic.api.base());
    expect(await clinic.check('pages-config', { WEBSITE_HOSTNAME: host })).toMatchObject({ state: 'ok' });
    expect(await clinic.check('pages-config', { WEBSITE_HOSTNAME: 'func-2.azurewebsites.net' })).toMatchObject({
      state: 'warning',
      found: expect.stringContaining('this app is func-2.azurewebsites.net'),
    });
  });

  test('none at all', async () => {
    expect(await clinic.check('pages-config', { LANDING_URL: `${clinic.landingUrl}no/` })).toMatchObject({
      state: 'failed',
      found: expect.stringContaining('404'),
    });
  });
});

describe('privacy and terms', () => {
  const at = async (privacyUrl: string, changed: Record<string, string> = {}) =>
    clinic.check('privacy-and-terms', {
      ...(await published({ brand: { privacyUrl, termsUrl: clinic.landingUrl } })),
      ...changed,
    });

  test('that answer are well', async () => {
    expect(await at(clinic.consoleUrl)).toMatchObject({ state: 'ok' });
  });
  test('that are gone are told by address', async () => {
    expect(await at(`${clinic.landingUrl}gone`)).toMatchObject({
      state: 'failed',
      found: `${clinic.landingUrl}gone answered 404.`,
    });
  });
  test('that turn programs away are for people to look at', async () => {
    const shy = await startImposter(() => ({ status: 403 }));
    expect(await at(shy.url)).toMatchObject({ state: 'warning', fix: expect.stringContaining('browser') });
    await shy.close();
  });
  test('that are examples fail where customers are real', async () => {
    const real = { MARKETPLACE_CREDENTIAL: 'client-secret', MARKETPLACE_CLIENT_SECRET: 'x' };
    expect(await at('https://www.unifize.example/privacy')).toMatchObject({ state: 'warning' });
    await imposter?.close();
    expect(await at('https://www.unifize.example/privacy', real)).toMatchObject({ state: 'failed' });
  });
});

describe('sign-ins', () => {
  test('with a redirect address that is not registered', async () => {
    for (const [id, setting] of [
      ['redirect-landing', 'LANDING_URL'],
      ['redirect-console', 'CONSOLE_URL'],
    ] as const)
      expect(await clinic.check(id, { [setting]: `${clinic.landingUrl}else/` })).toMatchObject({
        state: 'failed',
        found: expect.stringContaining('AADSTS50011'),
        fix: expect.stringContaining('Single-page application'),
      });
  });
  test('of an application that nobody knows', async () => {
    expect(await clinic.check('redirect-landing', { LANDING_CLIENT_ID: OTHER })).toMatchObject({
      state: 'failed',
      found: expect.stringContaining('AADSTS700016'),
    });
    expect(await clinic.check('redirect-console', { CONSOLE_CLIENT_ID: OTHER })).toMatchObject({
      state: 'failed',
      found: expect.stringContaining('AADSTS700016'),
    });
  });
  test('that are sent back with another refusal than that nobody is signed in', async () => {
    imposter = await startImposter(({ url }) => {
      const to = new URL(new URL(url, clinic.landingUrl).searchParams.get('redirect_uri') ?? '');
      to.search = new URLSearchParams({
        error: 'unauthorized_client',
        error_description: 'AADSTS700016: Application was not found.',
      }).toString();
      return { status: 302, headers: { location: to.href } };
    });
    expect(await clinic.check('redirect-landing', { ENTRA_AUTHORITY: imposter.url })).toMatchObject({
      state: 'failed',
      found: expect.stringContaining('AADSTS700016'),
    });
  });
  test('where Entra shows a page of its own, nothing is proved, and the way to prove it is said', async () => {
    imposter = await startImposter(() => ({ status: 200, body: '<html>Sign in</html>' }));
    expect(await clinic.check('redirect-landing', { ENTRA_AUTHORITY: imposter.url })).toMatchObject({
      state: 'not-checked',
      fix: expect.stringContaining('private window'),
    });
  });
  test('at an authority that is not there', async () => {
    expect(await clinic.check('redirect-console', { ENTRA_AUTHORITY: 'http://127.0.0.1:2' })).toMatchObject({
      state: 'failed',
    });
  });
});

describe('the clock', () => {
  test.each([
    [400, 'failed'],
    [120, 'warning'],
    [-400, 'failed'],
    [5, 'ok'],
  ])("%i s off Microsoft's is %s", async (seconds, state) => {
    imposter = await startImposter(() => ({
      status: 200,
      headers: { date: new Date(Date.now() + seconds * 1000).toUTCString() },
    }));
    expect(await clinic.check('clock', { ENTRA_AUTHORITY: imposter.url })).toMatchObject({ state });
  });
  test('cannot be compared with nobody', async () => {
    expect(await clinic.check('clock', { ENTRA_AUTHORITY: 'http://127.0.0.1:2' })).toMatchObject({
      state: 'not-checked',
    });
  });
});

/** Runs last: the app is started again each time. */
describe('who may call from a browser', () => {
  const withCors = async (origins: string) => {
    await clinic.restart({ HOST_CORS: origins });
    return clinic.check('cors', {}, ['--api', clinic.api.base()]);
  };
  test('not even our pages', async () => {
    expect(await withCors('https://elsewhere.example')).toMatchObject({
      state: 'failed',
      found: `${new URL(clinic.landingUrl).origin} may not call the API.`,
      fix: expect.stringContaining('CORS'),
    });
  });
  test('anybody', async () => {
    expect(await withCors(`${new URL(clinic.landingUrl).origin},https://stranger.invalid`)).toMatchObject({
      state: 'failed',
      found: expect.stringContaining('anybody'),
    });
  });
  test('nobody knows whom to ask', async () => {
    expect(await clinic.check('cors', { LANDING_URL: `${clinic.landingUrl}no/` })).toMatchObject({
      state: 'not-checked',
    });
  });
});

test('the publisher of the pages is the one of the settings', async () => {
  expect((await config())['publisherTenantId']).toBe(PUBLISHER_TENANT);
});
