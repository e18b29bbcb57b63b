import { describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { entraControl } from '../../../local/entra/control.ts';
import type { SwitchesPatch } from '../../../local/marketplace/control.ts';
import { CONTOSO_TENANT, PUBLISHER_CLIENT_ID, PUBLISHER_TENANT } from '../../../local/people.ts';
import { useLife } from './marketplace-life-use.ts';

const MARKETPLACE_APP = '20e940b3-4c77-4b0b-9a53-9e16a1b010a7';

/** Contract 4.4. */
describe('simulated Marketplace, webhook token', () => {
  const life = useLife();

  const tokenOf = async (switches: SwitchesPatch = {}): Promise<string> => {
    await life.control().switches(switches);
    await life.control().deliver({});
    return life.publisher().received.at(-1)?.headers.authorization?.replace('Bearer ', '') ?? '';
  };
  const keys = (path: string) => createRemoteJWKSet(new URL(`${life.authority()}/${PUBLISHER_TENANT}/${path}`));
  const verify = (token: string, path = 'discovery/v2.0/keys') =>
    jwtVerify(token, keys(path), { algorithms: ['RS256'] });

  test('v2: signed by Entra for the publisher’s application, called by Microsoft’s', async () => {
    const { payload } = await verify(await tokenOf());

    expect(payload).toMatchObject({
      aud: PUBLISHER_CLIENT_ID,
      iss: `${life.authority()}/${PUBLISHER_TENANT}/v2.0`,
      tid: PUBLISHER_TENANT,
      azp: MARKETPLACE_APP,
      ver: '2.0',
    });
    expect(payload).not.toHaveProperty('appid');
  });

  test('v1: the same in the older form', async () => {
    const { payload } = await verify(await tokenOf({ webhookTokenVersion: 1 }), 'discovery/keys');

    expect(payload).toMatchObject({
      aud: PUBLISHER_CLIENT_ID,
      iss: `https://sts.windows.net/${PUBLISHER_TENANT}/`,
      tid: PUBLISHER_TENANT,
      appid: MARKETPLACE_APP,
      ver: '1.0',
    });
    expect(payload).not.toHaveProperty('azp');
  });

  test.each([
    ['discovery/keys', false],
    ['discovery/v2.0/keys', true],
  ])('the keys at %s: with an issuer is %s', async (path, isNamed) => {
    const answer = await fetch(`${life.authority()}/${PUBLISHER_TENANT}/${path}`);

    const [key] = ((await answer.json()) as { keys: [Record<string, unknown>] }).keys;
    expect('issuer' in key).toBe(isNamed);
    expect(key).toMatchObject({ kty: 'RSA', use: 'sig' });
  });

  test.each([1, 2] as const)('v%d: no person stands in it', async (webhookTokenVersion) => {
    const claims = decodeJwt(await tokenOf({ webhookTokenVersion }));

    for (const name of ['name', 'email', 'preferred_username', 'unique_name', 'upn', 'scp', 'roles'])
      expect(claims).not.toHaveProperty(name);
    expect(claims.sub).toBe(claims['oid']);
  });

  test.each([
    ['wrong-aud', 'aud', PUBLISHER_CLIENT_ID],
    ['wrong-tid', 'tid', PUBLISHER_TENANT],
    ['wrong-appid', 'azp', MARKETPLACE_APP],
  ] as const)('%s: only that is wrong, and the signature good', async (webhookToken, claim, right) => {
    const good = decodeJwt(await tokenOf());
    const { payload } = await verify(await tokenOf({ webhookToken }));

    expect(payload[claim]).not.toBe(right);
    if (webhookToken === 'wrong-tid') expect(payload.iss).toBe(`${life.authority()}/${CONTOSO_TENANT}/v2.0`);
    const others = ['aud', 'tid', 'azp'].filter((name) => name !== claim);
    for (const name of others) expect(payload[name]).toBe(good[name]);
  });

  test('expired: longer ago than anybody forgives', async () => {
    const token = await tokenOf({ webhookToken: 'expired' });

    await expect(verify(token)).rejects.toThrow('"exp"');
    expect(decodeJwt(token).exp).toBeLessThan(Date.now() / 1000 - 600);
  });

  test('foreign-key: Entra’s key id and a signature of somebody else', async () => {
    await expect(verify(await tokenOf({ webhookToken: 'foreign-key' }))).rejects.toThrow(
      'signature verification failed',
    );
  });

  test('unsigned: alg none', async () => {
    await expect(verify(await tokenOf({ webhookToken: 'unsigned' }))).rejects.toThrow('alg');
  });

  test('none: no Authorization at all', async () => {
    await tokenOf({ webhookToken: 'none' });

    expect(life.publisher().received[0]?.headers).not.toHaveProperty('authorization');
  });

  test('rotated-key: a key nobody has seen, which is published now; its retry has the same', async () => {
    const before = keys('discovery/v2.0/keys');
    await jwtVerify(await tokenOf(), before);
    life.publisher().received.length = 0;
    life.publisher().answer(503);
    await life.control().switches({ webhookToken: 'rotated-key' });
    const id = await life.active();
    await life.control().act(id, { action: 'Suspend' });
    await life.control().advanceClock(60);

    const [first = '', second = ''] = life
      .publisher()
      .received.map(({ headers }) => headers.authorization?.replace('Bearer ', '') ?? '');
    await expect(jwtVerify(first, before)).rejects.toThrow('no applicable key');
    await verify(first);
    await verify(second);
  });

  test('keys that were rotated behind its back are used at once', async () => {
    await tokenOf();
    await entraControl(life.authority()).rotateKeys();

    await verify(await tokenOf());
  });
});
