import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { readCatalogues, wordsOf } from '../../../static-landing/build/catalogues.ts';
import { format } from '../../../static-landing/design/format.ts';
import { preferred } from '../../../static-landing/landing/preferred.ts';
import type { Messages } from '../../../static-landing/landing/text.ts';

const FOLDER = new URL('../../../static-landing/', import.meta.url);

const catalogues = Object.fromEntries(
  Object.entries(await readCatalogues()).map(([language, catalogue]) => [language, wordsOf(catalogue)]),
);
const messages = catalogues['en'] as Messages;

const sources = async (): Promise<Map<string, string>> => {
  const found = new Map<string, string>();
  for (const folder of ['landing', 'landing/stopped', 'landing/manage', 'design', 'build']) {
    for (const name of await readdir(new URL(`${folder}/`, FOLDER))) {
      if (!/\.tsx?$/.test(name) || name.startsWith('messages.')) continue;
      found.set(`${folder}/${name}`, await readFile(new URL(`${folder}/${name}`, FOLDER), 'utf8'));
    }
  }
  return found;
};

test('every sentence of the catalogue is used', async () => {
  const texts = [...(await sources()).values()];

  const unused = Object.keys(messages).filter((key) => !texts.some((text) => text.includes(`'${key}'`)));

  expect(texts.length).toBeGreaterThan(20);
  expect(Object.keys(messages).length).toBeGreaterThan(80);
  expect(unused).toEqual([]);
});

test('the landing page has no words outside of the catalogue', async () => {
  const found: string[] = [];
  for (const [name, text] of await sources()) {
    if (!name.endsWith('.tsx')) continue;
    // Text between tags, and attributes that people read or hear.
    for (const [, words] of text.matchAll(/>\s*([A-Z][a-z]+(?: [^<>{}=]*)?)</g)) found.push(`${name}: ${words}`);
    for (const [, words] of text.matchAll(/(?:title|alt|label|placeholder|aria-label)="([^"]+)"/g))
      found.push(`${name}: ${words}`);
  }

  expect(found).toEqual([]);
});

test('no sentence has the key of another part’s', async () => {
  const keys = Object.values((await readCatalogues())['en'] ?? {}).flatMap((words) => Object.keys(words));

  expect(keys.length).toBe(Object.keys(messages).length);
});

test('there are English and German', () => {
  expect(Object.keys(catalogues)).toEqual(expect.arrayContaining(['en', 'de']));
});

const placeholders = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).toSorted();

describe.each(Object.keys(catalogues).filter((language) => language !== 'en'))('%s', (language) => {
  const words: Record<string, string> = catalogues[language] ?? {};

  test('says everything that English says, and nothing else', () => {
    expect(Object.keys(words)).toEqual(Object.keys(messages));
    expect(Object.entries(words).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('has the same placeholders in each sentence', () => {
    const of = (all: Record<string, string>) =>
      Object.fromEntries(Object.entries(all).map(([key, text]) => [key, placeholders(text)]));

    expect(of(words)).toEqual(of(messages));
  });

  test('was translated: what is as in English is as short as a name', () => {
    const same = Object.entries(messages).filter(([key, text]) => words[key] === text && text.length > 20);

    expect(same).toEqual([]);
  });
});

describe('the language', () => {
  test.each([
    [['de'], 'de'],
    [['de-AT', 'en'], 'de'],
    [['fr-FR', 'de-DE', 'en-US'], 'de'],
    [['en-GB', 'de'], 'en'],
    [['pt-PT', 'pt-BR'], 'pt-br'],
    [['DE-ch'], 'de'],
    [['fr'], 'en'],
    [[], 'en'],
  ])('of a browser that asks for %j is %s', (wanted, chosen) => {
    expect(preferred(wanted, ['en', 'de', 'pt-br'])).toBe(chosen);
  });
});

test('the sentences that others rely on are word for word theirs', () => {
  expect(messages['no-purchase.title']).toBe('Missing token. Please access this page from Azure Marketplace.');
  expect(messages['onboard.done']).toBe('Onboarding request created successfully.');
  expect(messages['onboard.billing-follows']).toBe('Billing starts when we have set up your workspace.');
  expect(messages['activate.button']).toBe('Activate subscription');
  expect(messages['problem.party.title']).toBe('You signed in as {account} of another organization');
  expect(format(`${messages['provisioning.text']} ${messages['billing.not-yet']}`, { publisher: 'Unifize' })).toBe(
    'We are setting up your workspace. Unifize will tell you when it is ready. You are not billed yet.',
  );
});

test('a value that looks like a placeholder is not replaced again, an unknown placeholder stays', () => {
  expect(format('{one} {two} {three}', { one: '{two}', two: '$&' })).toBe('{two} $& {three}');
});
