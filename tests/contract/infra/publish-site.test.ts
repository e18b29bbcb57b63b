import { describe, expect, test } from '@jest/globals';
import { callsOf, deployed, option, runScript } from './machine.ts';

describe('publishing the pages', () => {
  test('switches the static website on and uploads every page with its headers, without a key', async () => {
    const run = await runScript('publish-site.sh', ['dev'], { answers: [deployed] });

    expect(run.stderr).toContain('Published index.html');
    expect(run.status).toBe(0);
    expect(callsOf(run, 'service-properties', '--static-website')).toHaveLength(1);
    const uploads = callsOf(run, 'blob', 'upload');
    expect(uploads.length).toBeGreaterThan(8);
    for (const call of callsOf(run, 'az', 'storage')) {
      expect(option(call, '--account-name')).toBe('stweb1');
      expect(option(call, '--auth-mode')).toBe('login');
    }
    for (const call of uploads) expect(option(call, '--container-name')).toBe('$web');
    const page = uploads.find((call) => option(call, '--name') === 'index.html') ?? [];
    expect(option(page, '--content-type')).toBe('text/html; charset=utf-8');
    expect(option(page, '--content-cache-control')).toBe('no-cache');
    expect(option(page, '--content-encoding')).toBe('gzip');
    const asset = uploads.find((call) => option(call, '--name')?.endsWith('.js')) ?? [];
    expect(option(asset, '--content-cache-control')).toBe('public, max-age=31536000, immutable');
  });

  test('uploads what pages refer to before the pages', async () => {
    const run = await runScript('publish-site.sh', ['dev'], { answers: [deployed] });

    const names = callsOf(run, 'blob', 'upload').map((call) => option(call, '--name') ?? '');
    const lastAsset = names.findLastIndex((name) => name.startsWith('assets/'));
    const firstPage = names.findIndex((name) => name.endsWith('.html'));
    expect(lastAsset).toBeGreaterThan(0);
    expect(firstPage).toBeGreaterThan(lastAsset);
    expect(names.indexOf('config.json')).toBeLessThan(firstPage);
  });

  test('tries again while the right to upload is not effective yet', async () => {
    const refused = { to: ['blob', 'upload', 'config.json'], status: 1, times: 3 };
    const run = await runScript('publish-site.sh', ['dev'], { answers: [refused, deployed] });

    expect(run.status).toBe(0);
    expect(callsOf(run, 'upload', 'config.json')).toHaveLength(4);
  });

  test('waits ten minutes for it, in steps of 15 seconds, and then gives up', async () => {
    const tries = async (times: number): Promise<[number, number]> => {
      const refused = { to: ['service-properties'], status: 1, times };
      const run = await runScript('publish-site.sh', ['dev'], {
        answers: [refused, deployed],
        env: { RETRY_TRIES: '' },
      });
      return [run.status, callsOf(run, 'service-properties').length];
    };

    expect(await Promise.all([tries(39), tries(40)])).toEqual([
      [0, 40],
      [1, 40],
    ]);
  });

  test('takes the addresses from the environment where azd has put them', async () => {
    const env = {
      SITE_ACCOUNT_NAME: 'stwebazd',
      API_URL: 'https://func-azd.azurewebsites.net/api',
      LANDING_CLIENT_ID: 'aaaaaaaa-0000-4000-8000-000000000001',
      CONSOLE_CLIENT_ID: 'aaaaaaaa-0000-4000-8000-000000000002',
      PUBLISHER_TENANT_ID: '11111111-1111-4111-8111-111111111111',
    };
    const run = await runScript('publish-site.sh', ['dev'], { env });

    expect(run.status).toBe(0);
    expect(callsOf(run, 'deployment')).toEqual([]);
    expect(option(callsOf(run, 'upload')[0] ?? [], '--account-name')).toBe('stwebazd');
  });

  test('refuses to publish example addresses to customers, and uploads nothing', async () => {
    const run = await runScript('publish-site.sh', ['prod'], { answers: [deployed] });

    expect(run.status).not.toBe(0);
    expect(run.stderr).toContain('example addresses');
    expect(callsOf(run, 'storage')).toEqual([]);
  });

  test.each([
    ['no environment', [], 'Usage: publish-site.sh dev|prod'],
    ['one that does not exist', ['test'], 'Usage: publish-site.sh dev|prod'],
    ['nothing deployed', ['dev'], 'Nothing is deployed in rg-pegasus-dev.'],
  ])('says so with %s', async (_, args, sentence) => {
    const run = await runScript('publish-site.sh', args, {
      answers: [{ to: ['deployment', 'group', 'show'], status: 3 }],
    });

    expect(run.status).toBe(1);
    expect(run.stderr).toContain(sentence);
  });
});
