import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { OPERATIONS } from '../../../local/marketplace/control-schema.ts';
import { SWITCHES, type SwitchKind } from '../../../local/marketplace/switches.ts';
import { PROJECT } from '../../support/source-files.ts';
import { useMarketplace } from './marketplace-use.ts';

const code = (value: string | number): string => `\`${value}\``;

const values = (kind: SwitchKind): string => {
  if ('of' in kind) return kind.of.map(code).join(', ');
  if ('several' in kind) return `any of ${kind.several.map(code).join(', ')}`;
  return 'series' in kind ? `numbers, ${code(JSON.stringify(kind.series))}` : `a number, ${code(kind.number)}`;
};

describe('docs/simulator.md', () => {
  const marketplace = useMarketplace();
  let page = '';
  beforeAll(async () => {
    const text = await readFile(join(PROJECT, 'docs/simulator.md'), 'utf8');
    // Tables are padded by the formatter.
    page = text.replace(/ +/g, ' ');
  });

  test.each(Object.entries<SwitchKind>(SWITCHES))('has the switch %s as the code has it', (name, kind) => {
    expect(page).toContain(`| ${code(name)} | ${values(kind)} | ${kind.about} |\n`);
  });

  test('names the calls that faults can hit', () => {
    expect(page).toContain(`${OPERATIONS.map(code).join(', ')}.`);
  });

  test('names routes that are there', async () => {
    const routes = [...page.matchAll(/(GET|POST|PATCH|DELETE) (\/control\/[a-z{}/-]+)/g)];

    expect(routes.length).toBeGreaterThan(15);
    for (const [, method = '', route = ''] of routes) {
      const { subscriptionId } = await marketplace.control().purchase({ planId: 'starter', purchaser: 'buyer' });
      const path = route.replace('{id}', subscriptionId);
      expect(`${route} ${(await fetch(`${marketplace.url()}${path}`, { method })).status}`).not.toBe(`${route} 404`);
    }
  });

  test('starts it on its own with the command it gives', async () => {
    const args = ['--landing', 'http://127.0.0.1:9/landing', '--webhook', 'http://127.0.0.1:9/webhook'];
    const ports = ['--port', '0', '--entra-port', '0'];
    expect(page).toContain('node local/marketplace/main.ts --landing ');
    const child = spawn(process.execPath, [join(PROJECT, 'local/marketplace/main.ts'), ...args, ...ports]);
    const exited = once(child, 'exit');
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) if (lines.push(line) === 3) break;

    const url = lines[0]?.split(' ').at(-1) ?? '';
    const webhook: unknown = await (await fetch(`${url}/control/webhook`)).json();
    child.kill('SIGTERM');

    expect(webhook).toMatchObject({ url: 'http://127.0.0.1:9/webhook', entra: lines[2]?.split(' ').at(-1) });
    expect(await exited).toEqual([0, null]);
  });
});
