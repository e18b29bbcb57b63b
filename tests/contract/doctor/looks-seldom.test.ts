import { expect, test } from '@jest/globals';
import { seldom } from '../../../src/application/checks/seldom.ts';
import { after } from '../../unit/support/records.ts';

/** Pages that are loaded again, and several operators, must not make the app call itself each time. */
test('one look at a time, also when it takes long, and none within 20 s of the one before', async () => {
  let seconds = 0;
  const looks: ((found: string) => void)[] = [];
  const look = seldom(
    () => after(seconds),
    () => new Promise<string>((resolve) => looks.push(resolve)),
  );

  const first = look();
  seconds = 24;
  const second = look();
  expect(looks).toHaveLength(1);
  looks[0]?.('first');
  expect(await Promise.all([first, second])).toEqual(['first', 'first']);

  const third = look();
  expect(looks).toHaveLength(2);
  looks[1]?.('second');
  expect(await third).toBe('second');
  seconds = 43;
  expect(await look()).toBe('second');
});
