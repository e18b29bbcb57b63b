// Makes the README's pictures from the running system.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { signInAs, startSite, windowOf } from './site.ts';
import { PROJECT } from './source-files.ts';
import { OPERATOR_EMAIL } from './world.ts';

const folder = join(PROJECT, 'docs/pictures');
await mkdir(folder, { recursive: true });
const site = await startSite();
const picture = (name: string): { path: string } => ({ path: join(folder, `${name}.png`) });

const buyer = await windowOf(site.browser);
await buyer.goto(site.marketplaceUrl);
await buyer.screenshot(picture('shop'));
const bought = await site.marketplace.purchase({
  planId: 'team',
  quantity: 7,
  purchaser: 'buyer',
  name: 'Contoso QMS',
});
await buyer.goto(bought.landingUrl);
await signInAs(buyer, 'buyer');
const onboard = buyer.getByRole('button', { name: 'Onboard' });
await onboard.waitFor();
await buyer.screenshot({ ...picture('landing'), fullPage: true });
await onboard.click();
await buyer.getByRole('heading', { level: 1, name: /Waiting for/ }).waitFor();
await buyer.getByText('Message to').waitFor();
await eventually(
  () => site.api.get('buyer', bought.subscriptionId),
  ({ body }) => body.steps.every((step) => step.state === 'done'),
);
await buyer.reload();
await buyer.getByRole('heading', { level: 1, name: /Waiting for/ }).waitFor();
await buyer.screenshot({ ...picture('progress'), fullPage: true });

const operator = await windowOf(site.browser);
await operator.goto(`${site.consoleUrl}?id=${bought.subscriptionId}`);
const signIn = operator.getByRole('button', { name: 'Sign in with Microsoft' });
await signIn.or(operator.locator('button[name="person"]').first()).first().waitFor();
if (await signIn.isVisible()) await signIn.click();
await signInAs(operator, 'operator');
await operator.getByRole('heading', { level: 1, name: 'Contoso QMS' }).waitFor();
await operator.getByRole('heading', { name: 'Timeline' }).waitFor();
await operator.screenshot(picture('console'));
await operator.getByRole('link', { name: 'All subscriptions' }).click();
await operator.getByRole('heading', { level: 1, name: 'Subscriptions' }).waitFor();
await operator.getByRole('link', { name: 'Contoso QMS' }).waitFor();
await operator.screenshot(picture('list'));

const [mail] = await site.mailbox.mails(OPERATOR_EMAIL);
const reader = await windowOf(site.browser);
await reader.setContent(mail?.html ?? '');
await reader.screenshot(picture('mail'));

await site.close();
process.stdout.write(`Pictures are in ${folder}\n`);
