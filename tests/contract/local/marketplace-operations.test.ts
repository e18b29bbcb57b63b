import { describe, expect, test } from '@jest/globals';
import type { SwitchesPatch } from '../../../local/marketplace/control.ts';
import { useLife } from './marketplace-life-use.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

/** Contract 3. */
describe('simulated Marketplace, operations', () => {
  const life = useLife();

  const changing = async (): Promise<{ id: string; path: string }> => {
    const id = await life.active();
    const operation = await life.control().act(id, { action: 'ChangeQuantity', quantity: 9 });
    await life.quiet();
    return { id, path: `/${id}/operations/${operation.id}` };
  };
  const patch = (path: string, status: string) => life.call('PATCH', path, { status });

  test('Get shows an operation with the fields that were recorded', async () => {
    const { id, path } = await changing();

    const answer = await life.call('GET', path);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      id: path.split('/').at(-1),
      activityId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      publisherId: 'unifize',
      offerId: 'unifize-qms',
      planId: 'team',
      quantity: 9,
      operationRequestSource: 'Azure',
      subscriptionId: id,
      timeStamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/),
      action: 'ChangeQuantity',
      status: 'InProgress',
      errorStatusCode: '',
      errorMessage: '',
    });
  });

  test('the list has what is InProgress and nothing else', async () => {
    const { id, path } = await changing();

    const open = await life.call('GET', `/${id}/operations`);
    await patch(path, 'Success');
    const none = await life.call('GET', `/${id}/operations`);
    await life.control().switches({ emptyOperations: 'list' });
    const empty = await life.call('GET', `/${id}/operations`);

    expect(await open.json()).toMatchObject({ operations: [{ action: 'ChangeQuantity', status: 'InProgress' }] });
    expect(await none.json()).toEqual({});
    expect(await empty.json()).toEqual({ operations: [] });
  });

  test('a new operation is listed as late as the switch says', async () => {
    await life.control().switches({ listOperationAfterSeconds: 5 });
    const { id } = await changing();

    const early = await life.call('GET', `/${id}/operations`);
    await life.control().advanceClock(6);
    const later = await life.call('GET', `/${id}/operations`);

    expect(await early.json()).toEqual({});
    expect(await later.json()).toMatchObject({ operations: [{}] });
  });

  test.each([
    [404, 404],
    [200, 200],
  ] as const)('the list of an unknown subscription is a %d by switch', async (operationsOfUnknown, status) => {
    await life.control().switches({ operationsOfUnknown });

    expect((await life.call('GET', `/${UNKNOWN}/operations`)).status).toBe(status);
  });

  test('PATCH Success makes the change at once', async () => {
    const { id, path } = await changing();

    const answer = await patch(path, 'Success');

    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect((await life.control().truth(id)).subscription.quantity).toBe(9);
    expect((await life.lastOperation(id)).status).toBe('Succeeded');
  });

  test.each([
    ['fails', 'Failed', 5],
    ['ignored', 'Succeeded', 9],
  ] as const)('PATCH Failure: the change %s by switch', async (patchFailure, status, quantity) => {
    await life.control().switches({ patchFailure });
    const { id, path } = await changing();

    const answer = await patch(path, 'Failure');
    await life.control().advanceClock(11);

    expect(answer.status).toBe(200);
    expect((await life.lastOperation(id)).status).toBe(status);
    expect((await life.control().truth(id)).subscription.quantity).toBe(quantity);
  });

  test('PATCH Failure keeps a suspended one suspended', async () => {
    const id = await life.active();
    await life.control().act(id, { action: 'Suspend' });
    const reinstate = await life.control().act(id, { action: 'Reinstate' });

    await patch(`/${id}/operations/${reinstate.id}`, 'Failure');
    await life.control().advanceClock(11);

    expect(await life.statusOf(id)).toBe('Suspended');
  });

  test.each([
    [409, 409],
    [200, 200],
  ] as const)(
    'PATCH of a closed operation is a %d by switch and changes nothing',
    async (patchClosedOperation, status) => {
      await life.control().switches({ patchClosedOperation });
      const { id, path } = await changing();
      await patch(path, 'Failure');

      const answer = await patch(path, 'Success');

      expect(answer.status).toBe(status);
      if (status === 409) expect(await answer.json()).toEqual({ message: answer.headers.get('x-ms-requestid') });
      expect((await life.control().truth(id)).subscription.quantity).toBe(5);
    },
  );

  test('an operation that silence has accepted is closed', async () => {
    const { path } = await changing();
    await life.control().advanceClock(11);

    expect((await patch(path, 'Failure')).status).toBe(409);
  });

  test.each([
    [400, 400],
    [200, 200],
  ] as const)('PATCH with another word is a %d by switch and decides nothing', async (patchOtherStatus, status) => {
    await life.control().switches({ patchOtherStatus });
    const { id, path } = await changing();

    const answer = await patch(path, 'success');

    expect(answer.status).toBe(status);
    expect((await life.lastOperation(id)).status).toBe('InProgress');
  });

  test.each([
    ['GET', 404],
    ['PATCH', 404],
    ['GET', 400],
    ['PATCH', 400],
  ] as const)('%s of an unknown operation is a %d by switch', async (method, unknownOperation) => {
    await life.control().switches({ unknownOperation });
    const id = await life.active();

    const body = method === 'PATCH' ? { status: 'Success' } : undefined;
    const unknown = await life.call(method, `/${id}/operations/${UNKNOWN}`, body);

    expect(unknown.status).toBe(unknownOperation);
  });

  test('an operation is not found under another subscription', async () => {
    const { path } = await changing();
    const other = await life.active();

    expect((await life.call('GET', `/${other}/operations/${path.split('/').at(-1)}`)).status).toBe(404);
  });

  test.each([200, 404, 400] as const)('Get of what only informs is a %d by switch', async (notifyOnlyOperation) => {
    await life.control().switches({ notifyOnlyOperation });
    const { id, path } = await changing();
    const renewed = await life.control().act(id, { action: 'Renew' });

    expect((await life.call('GET', `/${id}/operations/${renewed.id}`)).status).toBe(notifyOnlyOperation);
    expect((await life.call('GET', path)).status).toBe(200);
  });

  test.each([
    ['number', 9, undefined],
    ['string', '9', ''],
    ['null', 9, null],
  ] as const)('quantities are %ss by switch', async (quantityForm, seats, flat) => {
    await life.control().switches({ quantityForm } satisfies SwitchesPatch);
    const { path } = await changing();
    const { subscriptionId } = await life.control().purchase({ planId: 'starter', purchaser: 'buyer' });

    expect(await (await life.call('GET', path)).json()).toMatchObject({ quantity: seats });
    const subscription = (await (await life.call('GET', `/${subscriptionId}`)).json()) as { quantity?: unknown };
    expect(subscription.quantity).toBe(flat);
    expect('quantity' in subscription).toBe(flat !== undefined);
  });

  test('the calls and their faults go by names of their own', async () => {
    const { id, path } = await changing();
    for (const operation of ['list-operations', 'get-operation', 'patch-operation'] as const)
      await life.control().faults({ operation, status: 503 });
    await life.control().clearCalls();

    await life.call('GET', `/${id}/operations`);
    await life.call('GET', path);
    await patch(path, 'Success');

    const operationId = path.split('/').at(-1);
    expect(await life.control().calls()).toMatchObject([
      { operation: 'list-operations', subscriptionId: id, status: 503 },
      { operation: 'get-operation', subscriptionId: id, operationId, status: 503 },
      { operation: 'patch-operation', subscriptionId: id, operationId, status: 503 },
    ]);
    expect((await life.lastOperation(id)).status).toBe('InProgress');
  });

  test('a PATCH whose answer is lost has been made', async () => {
    const { id, path } = await changing();
    await life.control().faults({ operation: 'patch-operation', reset: 'after' });

    await expect(patch(path, 'Success')).rejects.toThrow('fetch failed');

    expect((await life.lastOperation(id)).status).toBe('Succeeded');
  });
});
