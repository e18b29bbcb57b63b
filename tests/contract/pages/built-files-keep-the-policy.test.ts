import { beforeAll, describe, expect, test } from '@jest/globals';
import { buildToMemory, exampleConfig, textOf } from './built.ts';

const PAGES = ['index.html', 'console/index.html', '404.html'];

let files: Map<string, Buffer>;
beforeAll(async () => {
  files = await buildToMemory(
    await exampleConfig({
      apiUrl: 'https://api.publisher.example/api',
      authority: 'https://login.publisher.example',
      graphUrl: 'https://graph.publisher.example/v1.0',
    }),
  );
});

const policyOf = (page: string): Map<string, string[]> => {
  const content = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(textOf(files, page))?.[1] ?? '';
  return new Map(
    content.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources] as const;
    }),
  );
};

describe.each(PAGES)('%s', (page) => {
  test('talks to itself, the API, Entra and Graph, and to nobody else', () => {
    expect(policyOf(page).get('connect-src')?.toSorted()).toEqual([
      "'self'",
      'https://api.publisher.example',
      'https://graph.publisher.example',
      'https://login.publisher.example',
    ]);
  });

  test('allows nothing but what it brings', () => {
    const { 'connect-src': _connect, ...policy } = Object.fromEntries(policyOf(page));

    expect(policy).toEqual({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
    });
  });

  test('sends no referrer, said before anything is fetched', () => {
    const [first] = /<meta [^>]*>|<link [^>]*>|<script[^>]*>/.exec(textOf(files, page)) ?? [];

    expect(first).toBe('<meta name="referrer" content="no-referrer">');
  });

  test('has its policy before anything that the policy is about', () => {
    const text = textOf(files, page);

    expect(text.indexOf('Content-Security-Policy')).toBeLessThan(text.search(/<link |<script/));
  });

  test('has no script, style or handler of its own', () => {
    const text = textOf(files, page);

    expect(text.match(/<script(?![^>]*\ssrc=)/g)).toBeNull();
    expect(text.match(/<script[^>]*>[^<]/g)).toBeNull();
    expect(text.match(/<style|\sstyle=|\son\w+=|javascript:/gi)).toBeNull();
  });

  test('loads nothing from elsewhere', () => {
    const addresses = [...textOf(files, page).matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address ?? '');

    expect(addresses.length).toBeGreaterThan(1);
    expect(addresses.filter((address) => /^(https?:)?\/\//.test(address))).toEqual([]);
  });
});

test('an origin that serves two purposes is named once', async () => {
  const one = 'http://127.0.0.1:4000';
  files = await buildToMemory(
    await exampleConfig({ apiUrl: `${one}/api`, authority: one, graphUrl: `${one}/graph/v1.0` }),
  );

  expect(policyOf('index.html').get('connect-src')).toEqual(["'self'", one]);
});

test('no built file tells where it was built or what it was built from', async () => {
  const built = await buildToMemory(await exampleConfig());

  expect(built.size).toBeGreaterThan(8);
  for (const name of built.keys()) {
    expect(textOf(built, name)).not.toMatch(
      /node_modules|static-landing|sourceMappingURL|sourcesContent|\.tsx|file:\/\//,
    );
    expect(textOf(built, name)).not.toContain(process.cwd());
  }
});

test('what a publisher writes into the settings stays text', async () => {
  const config = await exampleConfig();
  const brand = { ...config.brand, productName: '<i>"Q" & \'S\'</i>' };

  const built = await buildToMemory({ ...config, brand });

  for (const page of ['index.html', 'console/index.html', 'favicon.svg'])
    expect(textOf(built, page)).not.toContain('<i>');
});

test('a colour that is none is refused', async () => {
  const config = await exampleConfig();

  await expect(buildToMemory({ ...config, brand: { ...config.brand, color: 'blue}' } })).rejects.toThrow('brand.color');
});
