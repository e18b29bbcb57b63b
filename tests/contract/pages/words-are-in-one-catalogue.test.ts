import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { format } from '../../../static-landing/design/format.ts';
import { messages } from '../../../static-landing/landing/messages.en.ts';

const FOLDER = new URL('../../../static-landing/', import.meta.url);

const sources = async (): Promise<Map<string, string>> => {
  const found = new Map<string, string>();
  for (const folder of ['landing', 'design', 'build']) {
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

test('the sentences that others rely on are word for word theirs', () => {
  expect(messages['no-purchase.title']).toBe('Missing token. Please access this page from Azure Marketplace.');
  expect(messages['onboard.done']).toBe('Onboarding request created successfully.');
  expect(messages['onboard.billing-follows']).toBe('Billing starts when we have set up your workspace.');
  expect(messages['activate.button']).toBe('Activate subscription');
  expect(format(messages['provisioning.text'], { publisher: 'Unifize' })).toBe(
    'We are setting up your workspace. Unifize will tell you when it is ready. You are not billed yet.',
  );
});

test('a value that looks like a placeholder is not replaced again, an unknown placeholder stays', () => {
  expect(format('{one} {two} {three}', { one: '{two}', two: '$&' })).toBe('{two} $& {three}');
});
