import { describe, expect, test } from '@jest/globals';
import { SWITCHES } from '../../../local/marketplace/switches.ts';
import { useLife } from './marketplace-life-use.ts';

describe('simulated Marketplace, simulation page', () => {
  const life = useLife();
  const open = async (): Promise<string> => (await fetch(`${life.url()}/simulation`)).text();
  const post = (path: string, fields: [string, string][]): Promise<Response> =>
    fetch(`${life.url()}/simulation${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  /** The switches' form as it stands, with some fields typed over. */
  const typed = async (over: Record<string, string[]>): Promise<[string, string][]> =>
    Object.entries({ ...(await life.control().switches()), ...over }).flatMap(([name, value]) =>
      name in over || name === 'webhookPayload'
        ? (value as string[]).map((one): [string, string] => [name, one])
        : [[name, String(value)] as [string, string]],
    );

  test('every switch is there, with its value', async () => {
    await life.control().switches({ patchClosedOperation: 200, webhookCopies: 3, webhookPayload: ['padded'] });

    const text = await open();

    for (const name of Object.keys(SWITCHES)) expect(text).toContain(`name="${name}"`);
    expect(text).toMatch(/name="patchClosedOperation"[^>]*><option >409<\/option><option selected>200/);
    expect(text).toMatch(/name="webhookCopies"[^>]*value="3"/);
    expect(text).toContain('<option selected>padded</option>');
  });

  test('turning switches turns those and leaves the others', async () => {
    const before = await life.control().switches();

    const answer = await post(
      '/switches',
      await typed({
        repeatActivate: ['200'],
        webhookPayload: ['padded', 'extra-fields'],
        webhookDelaysSeconds: ['30, 0.5'],
        effectLagSeconds: ['7'],
      }),
    );

    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/simulation']);
    expect(await life.control().switches()).toEqual({
      ...before,
      repeatActivate: 200,
      webhookPayload: ['padded', 'extra-fields'],
      webhookDelaysSeconds: [30, 0.5],
      effectLagSeconds: 7,
    });
  });

  test('a switch that cannot be so is refused with the reason, and nothing is turned', async () => {
    const before = await life.control().switches();

    const answer = await post('/switches', await typed({ listPageSizes: ['0'], effectLagSeconds: ['7'] }));

    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch(/role="alert"[^§]*listPageSizes/);
    expect(await life.control().switches()).toEqual(before);
  });

  test('the clock moves, and does what is due', async () => {
    const id = await life.active();
    await life.control().act(id, { action: 'ChangeQuantity', quantity: 9 });

    const answer = await post('/clock', [['seconds', '60']]);

    expect(answer.status).toBe(303);
    expect((await life.control().truth(id)).subscription.quantity).toBe(9);
  });

  test('a fault is added and cleared', async () => {
    const id = await life.active();
    const added = await post('/faults', [
      ['operation', 'get'],
      ['what', '429'],
    ]);
    const hit = await life.call('GET', `/${id}`);
    await post('/faults', [
      ['operation', 'get'],
      ['what', '500'],
    ]);
    await post('/faults/clear', []);
    const spared = await life.call('GET', `/${id}`);

    expect([added.status, hit.status, hit.headers.get('retry-after'), spared.status]).toEqual([303, 429, '2', 200]);
  });

  test('calls of the webhook of all subscriptions are shown', async () => {
    const empty = await open();
    await life.control().act(await life.active(), { action: 'Suspend' });
    await life.control().deliver('by hand');
    await life.quiet();

    const text = await open();

    expect(empty).toContain(`They go to ${life.publisher().url}`);
    expect(text).toContain('<td>Suspend</td>');
    expect(text).toContain('<td>sent by hand</td>');
  });
});
