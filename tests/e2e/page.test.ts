import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { CONTOSO_TENANT } from '../../local/people.ts';
import type { View } from '../../src/application/view.ts';
import { eventually } from '../support/eventually.ts';
import { type Site, signInAs, startSite, windowOf } from '../support/site.ts';
import { overflows } from './states/checks.ts';
import { fetched, lookAgain, visit } from './states/driver.ts';
import { resolved } from './states/purchases.ts';
import { say } from './states/words.ts';

let site: Site;
const closing: (() => void)[] = [];
beforeAll(async () => {
  site = await startSite();
});
afterAll(async () => {
  for (const close of closing) close();
  await site.close();
});

/** Another server on this machine: of another origin than all that the page knows. */
const elsewhere = async (body: string) => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' }).end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked: () => asked };
};

const heading = (page: Page, name: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

describe('the policy', () => {
  test('lets the page talk to the API, and to no host that is not in config.json', async () => {
    const other = await elsewhere('hello');
    const page = await windowOf(site.browser);
    await page.goto(site.landingUrl);
    await heading(page, say('en', 'no-purchase.title'));

    const reached = await page.evaluate<Record<string, string>>(`(async () => {
      const refused = [];
      addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => refused.push(effectiveDirective + ' ' + blockedURI));
      const reach = (url) => fetch(url).then(({ status }) => String(status), () => 'refused');
      const api = await reach('${site.api.base()}/health');
      const other = await reach('${other.url}');
      const picture = await new Promise((done) => { const one = new Image(); one.onload = () => done('shown'); one.onerror = () => done('refused'); one.src = '${other.url}x.png'; });
      return { api, other, picture, refused: refused.join() };
    })()`);

    expect(reached).toEqual({
      api: '200',
      other: 'refused',
      picture: 'refused',
      refused: `connect-src ${other.url},img-src ${other.url}x.png`,
    });
    expect(other.asked()).toBe(0);
  });

  test('nothing is asked for from another origin on the way to the purchase', async () => {
    const bought = await site.marketplace.purchase({ planId: 'starter', purchaser: 'buyer' });
    const page = await windowOf(site.browser);
    const origins = new Set<string>();
    const referrers = new Set<string | undefined>();
    page.on('request', (request) => {
      origins.add(new URL(request.url()).origin);
      referrers.add(request.headers()['referer']);
    });
    await page.goto(bought.landingUrl);
    await signInAs(page, 'buyer');
    await heading(page, 'Welcome to Unifize QMS');

    const known = [site.landingUrl, site.api.base(), site.entraUrl].map((url) => new URL(url).origin);
    expect([...origins].toSorted()).toEqual(known.toSorted());
    // Only Microsoft's own page names itself.
    expect([...referrers].filter((one) => one && !one.startsWith(site.entraUrl))).toEqual([]);
  });

  test('inside a frame there is nothing but the way out', async () => {
    const other = await elsewhere(`<iframe src="${site.landingUrl}" width="600" height="400"></iframe>`);
    const page = await windowOf(site.browser);
    await page.goto(other.url);

    const framed = page.frameLocator('iframe');
    await framed.getByRole('link', { name: 'Open this page in a new window' }).waitFor();

    expect(await framed.locator('body').innerText()).toBe('Open this page in a new window');
  });
});

describe('what the page says without its script', () => {
  const saysInBoth = async (page: Page): Promise<void> => {
    for (const language of ['en', 'de'] as const) {
      const part = page.locator(`[lang=${language}]`).getByText(say(language, 'page.cannot-start.text'));
      await part.waitFor();
    }
  };

  test.each([1200, 320])('without JavaScript it says so, in both languages, %i px wide', async (width) => {
    const page = await windowOf(site.browser, { javaScriptEnabled: false, viewport: { width, height: 700 } });
    await page.goto(`${site.landingUrl}?token=abc`);

    await heading(page, say('en', 'page.cannot-start.title'));
    await saysInBoth(page);
    expect(await page.getByRole('link').allInnerTexts()).toEqual([say('en', 'page.reload'), say('de', 'page.reload')]);
  });

  test.each([
    ['its settings', /config\.json$/],
    ['its words', /assets\/messages-/],
  ])('when %s cannot be had, it says so at once', async (_what, missing) => {
    const page = await windowOf(site.browser);
    await page.route(missing, (route) => route.abort());
    await page.goto(site.landingUrl);

    await heading(page, say('en', 'page.cannot-start.title'));
    await saysInBoth(page);
    expect(await overflows(page)).toEqual([]);
  });

  test('when the browser cannot do what a sign-in needs, it says so too', async () => {
    const page = await windowOf(site.browser);
    await page.addInitScript({ content: `Object.defineProperty(crypto, 'subtle', { value: undefined });` });
    await page.goto(`${site.landingUrl}?token=abc`);

    await heading(page, say('en', 'page.cannot-start.title'));
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  });

  test('when the script does not come, it says so after a while, and not before', async () => {
    const page = await windowOf(site.browser);
    await page.route(/assets\/landing-\w+\.js$/, (route) => route.abort());
    await page.goto(site.landingUrl);
    const card = page.getByRole('heading', { name: say('en', 'page.cannot-start.title') });
    expect(await card.isVisible()).toBe(false);

    await page.evaluate(`document.getAnimations().forEach((one) => { one.currentTime = 10_000; })`);

    expect(await card.isVisible()).toBe(true);
  });
});

describe('progress', () => {
  const WAY: Partial<View>[] = ['pending', 'done'].flatMap((organization) =>
    ['pending', 'done'].map((admin) => ({
      stage: 'provisioning' as const,
      since: new Date().toISOString(),
      steps: [
        { name: 'organization' as const, state: organization as 'done', attempts: 1 },
        { name: 'admin-user' as const, state: admin as 'done', attempts: 1 },
        { name: 'notification' as const, state: 'pending' as const, attempts: 0 },
      ],
    })),
  );

  test('is said once for each change, and the focus stays where it is', async () => {
    const bought = await resolved(site, { planId: 'starter', purchaser: 'buyer' });
    const page = await windowOf(site.browser);
    let change: Partial<View> = {};
    await page.route(/\/api\/(resolve|subscriptions\/[^/]+|onboard)$/, async (route) => {
      if (route.request().method() === 'OPTIONS') return route.fallback();
      const response = await fetched(route);
      const body = (await response.json()) as View | { subscription: View };
      const json =
        'subscription' in body ? { subscription: { ...body.subscription, ...change } } : { ...body, ...change };
      return route.fulfill({ response, json });
    });
    await visit(page, site, bought, 'buyer');
    await heading(page, 'Welcome to Unifize QMS');
    await page.evaluate(`(() => {
      globalThis.said = [];
      globalThis.focused = [];
      for (const region of document.querySelectorAll('[role=status]')) {
        const changes = { subtree: true, childList: true, characterData: true };
        new MutationObserver(() => region.textContent && said.push(region.textContent)).observe(region, changes);
      }
      addEventListener('focusin', ({ target }) => focused.push(target.localName + ' ' + target.textContent));
    })()`);

    const [none, , organization, both] = WAY;
    change = none ?? {};
    await page.getByRole('button', { name: 'Onboard' }).click();
    await heading(page, 'Setting up your workspace');
    for (const next of [none, organization, organization, both, both]) {
      change = next ?? {};
      const answered = page.waitForResponse(/\/api\/subscriptions\//);
      await lookAgain(page);
      await (await answered).finished();
    }
    change = { stage: 'confirmed' };
    await lookAgain(page);
    await heading(page, 'Your workspace is ready');

    expect(await page.evaluate('said')).toEqual([
      'Onboarding request created successfully.',
      'Your organization: Done. Your administrator account: In progress',
      'Your administrator account: Done. Message to Unifize: In progress',
    ]);
    const focused = () => page.evaluate<string[]>('focused');
    await eventually(focused, (seen) => seen.length === 3);
    expect(await focused()).toEqual(['button Onboard', 'h1 Setting up your workspace', 'h1 Your workspace is ready']);
  });
});

test('the administrator’s approval is asked for, given, and the buyer goes on', async () => {
  const bought = await site.marketplace.purchase({ planId: 'starter', purchaser: 'buyer' });
  await site.entra.needApproval(CONTOSO_TENANT);
  const page = await windowOf(site.browser, { permissions: ['clipboard-read', 'clipboard-write'] });
  await visit(page, site, bought, 'buyer');
  await heading(page, 'Your administrator has to approve Unifize QMS');

  await page.getByRole('button', { name: 'Copy the request' }).click();
  await page.getByRole('status').getByText('The request is copied.').waitFor();
  const request = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(request).toBe(await page.getByLabel('Request to your administrator').inputValue());
  const mail = decodeURIComponent(
    (await page.getByRole('link', { name: 'Send by e-mail' }).getAttribute('href')) ?? '',
  );
  expect(mail).toContain(request);

  const administrator = await windowOf(site.browser);
  await administrator.goto(/http\S+adminconsent\S+/.exec(request)?.[0] ?? '');
  await signInAs(administrator, 'colleague');
  await heading(administrator, 'Unifize QMS is approved for your organization');
  expect(administrator.url()).toBe(site.landingUrl);

  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await signInAs(page, 'buyer');
  await heading(page, 'Welcome to Unifize QMS');
});

test('retrying after Microsoft was unavailable shows the purchase', async () => {
  const bought = await site.marketplace.purchase({ planId: 'starter', purchaser: 'buyer' });
  await site.marketplace.faults({ operation: 'resolve', status: 503, retryAfterSeconds: 30, times: 1 });
  const page = await windowOf(site.browser);
  await visit(page, site, bought, 'buyer');
  await page.getByText('Please wait 30 seconds before you try again.').waitFor();

  await page.getByRole('button', { name: 'Try again' }).click();

  await heading(page, 'Welcome to Unifize QMS');
});
