import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config.ts';
import { SETTINGS } from '../../src/settings.ts';
import { readText } from '../support/source-files.ts';

const inCode = Object.keys(SETTINGS).toSorted();

const example = (): Record<string, string> =>
  (JSON.parse(readText('local.settings.example.json')) as { Values: Record<string, string> }).Values;

/** The first column of README's settings table. */
const inReadme = (text: string): string[] => {
  const section = text.split(/^## Settings$/m)[1]?.split(/^## /m)[0] ?? '';
  return [...section.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name).toSorted();
};

describe('the settings', () => {
  test('of the code are all in the example, and no others', () => {
    expect(Object.keys(example()).toSorted()).toEqual(inCode);
  });

  test('of the code are all in the README, and no others', () => {
    expect(inReadme(readText('README.md'))).toEqual(inCode);
  });

  test('of the example start the app', () => {
    expect(() => parseConfig(example())).not.toThrow();
  });

  test('missing from a README are seen', () => {
    expect(inReadme('## Settings\n\n| `OFFER_IDS` | x |\n\n## Next')).toEqual(['OFFER_IDS']);
  });
});
