// Makes a picture of every state into the folder given: `node tests/e2e/states/pictures.ts <folder> [words in its name]`.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startSite, windowOf } from '../../support/site.ts';
import { STATES } from './all.ts';
import { say } from './words.ts';

const [folder = 'pictures', wanted = ''] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const site = await startSite({ WORKSPACE_URL: 'http://127.0.0.1:9/?organization={organizationId}' });

const VIEWS = [
  { suffix: 'wide', viewport: { width: 1200, height: 800 }, colorScheme: 'light', locale: 'en-US' },
  { suffix: 'narrow', viewport: { width: 320, height: 640 }, colorScheme: 'dark', locale: 'de-DE' },
] as const;

for (const state of STATES.filter(({ name }) => name.includes(wanted))) {
  const bought = (await state.prepare?.(site)) ?? { subscriptionId: '', purchaseToken: '', landingUrl: '' };
  for (const { suffix, ...options } of VIEWS) {
    const page = await windowOf(site.browser, options);
    const name = `${state.name.replace(/[^a-z]+/gi, '-').toLowerCase()}-${suffix}`;
    try {
      await state.show(page, site, bought);
      const title = say(options.locale === 'de-DE' ? 'de' : 'en', state.title);
      await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    } catch (error) {
      process.stderr.write(`${name}: ${String(error)}\n`);
    }
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    await page.context().close();
  }
}
await site.close();
