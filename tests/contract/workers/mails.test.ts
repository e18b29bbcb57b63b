import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../../local/mailbox/control-schema.ts';
import { person } from '../../../local/people.ts';
import type { Mail } from '../../../src/domain/subscription.ts';
import { eventually } from '../../support/eventually.ts';
import { OPERATOR_EMAIL, startWorld, type World } from '../../support/world.ts';
import { journeys } from '../http/journeys.ts';
import { later } from './later.ts';
import { stored } from './stored.ts';

let world: World;
let storage: ReturnType<typeof stored>;
beforeAll(async () => {
  world = await startWorld();
  storage = stored(world.storage.connectionString);
});
afterAll(() => world.close());

const mailsAbout = async (id: string) => (await world.mailbox.mails()).filter((mail) => mail.text.includes(id));

/** Onboards a purchase whose next mail meets the fault; answers that mail as the record then has it. */
const onboardInto = async (fault: Omit<Fault, 'times'>): Promise<{ id: string; mail: Mail }> => {
  await world.mailbox.faults({ ...fault, times: 1 });
  const id = await journeys(world).onboarded();
  const mails = await eventually(
    async () => (await storage.record(id)).mails,
    (all) =>
      all.length === 2 && all.some(({ code }) => code !== undefined) && all.some(({ state }) => state === 'sent'),
  );
  const mail = mails.find(({ code }) => code !== undefined);
  if (!mail) throw new Error('No mail met the fault.');
  return { id, mail };
};

const delaySeconds = ({ nextTryAt }: Mail): number => (Date.parse(nextTryAt ?? '') - Date.now()) / 1000;

describe('mail that the service does not take at once', () => {
  let throttled: Awaited<ReturnType<typeof onboardInto>>;
  let failing: typeof throttled;
  let unanswered: typeof throttled;
  beforeAll(async () => {
    throttled = await onboardInto({ status: 429, retryAfterSeconds: 90 });
    failing = await onboardInto({ status: 500 });
    unanswered = await onboardInto({ reset: 'after' });
  });

  test('waits as long as a 429 asks for', () => {
    expect(throttled.mail).toMatchObject({ state: 'pending', code: 'mail-throttled', attempts: 1 });
    expect(delaySeconds(throttled.mail)).toBeGreaterThan(60);
    expect(delaySeconds(throttled.mail)).toBeLessThanOrEqual(90);
  });

  test('is sent after the 2 seconds that a 429 asks for, once, without anybody doing anything', async () => {
    const { id, mail } = await onboardInto({ status: 429, retryAfterSeconds: 2 });
    expect(delaySeconds(mail)).toBeLessThanOrEqual(2);

    const { mails } = await eventually(
      () => storage.record(id),
      (record) => record.mails.every(({ state }) => state === 'sent'),
    );

    expect(mails.map(({ attempts }) => String(attempts)).toSorted()).toEqual(['1', '2']);
    expect((await mailsAbout(id)).map(({ attempts }) => attempts)).toEqual([1, 1]);
  });

  test('waits half a minute after a 500 or a lost answer', () => {
    expect(failing.mail).toMatchObject({ state: 'pending', code: 'mail-unavailable', attempts: 1 });
    expect(unanswered.mail).toMatchObject({ state: 'pending', code: 'mail-unreachable', attempts: 1 });
    for (const { mail } of [failing, unanswered]) {
      expect(delaySeconds(mail)).toBeGreaterThan(0);
      expect(delaySeconds(mail)).toBeLessThanOrEqual(30);
    }
  });

  test('holds up no other mail and not the journey', async () => {
    for (const { id } of [throttled, failing, unanswered]) {
      expect((await world.api.look('reader', id)).body.subscription.stage).toBe('awaiting-confirmation');
    }
  });

  test('is sent later, once, and under its first Operation-Id where it was taken before', async () => {
    const [before] = (await mailsAbout(unanswered.id)).filter((mail) => mail.to === unanswered.mail.to);
    expect(before?.attempts).toBe(1);

    await world.restart(later(200));
    await world.sweep();

    for (const { id } of [throttled, failing, unanswered]) {
      await eventually(
        async () => (await storage.record(id)).mails,
        (mails) => mails.every(({ state }) => state === 'sent'),
      );
      const mails = await mailsAbout(id);
      expect(mails.map(({ to }) => to).toSorted()).toEqual(['bea.buyer@contoso.example', OPERATOR_EMAIL]);
      expect(mails.map(({ operationId }) => operationId[14])).toEqual(['5', '5']);
      expect(mails.filter(({ attempts }) => attempts > 1).map(({ operationId }) => operationId)).toEqual(
        id === unanswered.id ? [before?.operationId] : [],
      );
    }
    await world.restart(later(0));
  });
});

describe('mail that the service refuses', () => {
  test('fails the notification step, not the set-up, and is sent when an operator retries', async () => {
    const { api, mailbox } = world;
    const { onboarded, seen, operatorMails } = journeys(world);
    await mailbox.faults({ status: 400, times: 2 });
    const id = await onboarded();

    const failed = await seen(id, ({ steps }) => steps[2]?.state === 'failed');

    expect(failed.stage).toBe('awaiting-confirmation');
    expect(failed.steps[2]).toMatchObject({ name: 'notification', code: 'mail-refused' });
    expect(await mailsAbout(id)).toEqual([]);
    expect((await api.look('reader', id)).body.timeline).toContainEqual(
      expect.objectContaining({ what: 'mail-failed', detail: 'new-onboarding: mail-refused' }),
    );

    expect((await api.operate('operator', id, 'retry')).status).toBe(202);

    await seen(id, ({ steps }) => steps[2]?.state === 'done');
    expect(await operatorMails(id)).toHaveLength(1);
    expect((await api.operate('operator', id, 'retry')).problem.code).toBe('nothing-to-retry');
  });
});

describe('mail to the buyer', () => {
  test('is one receipt per address, to three addresses at most, and then goes to the newest', async () => {
    const { api } = world;
    const { awaiting, atStage, quiet } = journeys(world);
    const address = (name: string) => `${name}@receipts.example`;
    const contact = { name: 'Bea', email: address('a') };
    const id = await awaiting({}, contact);
    for (const name of ['a', 'b', 'a', 'c', 'd', 'b', 'e']) {
      for (const company of ['One', 'Two'])
        await api.onboard('buyer', id, { ...contact, email: address(name), company });
    }
    await quiet();
    const receipts = (await mailsAbout(id)).filter(({ subject }) => subject.includes('request'));
    expect(receipts.map(({ to, attempts }) => `${to} ${attempts}`).toSorted()).toEqual(
      ['a', 'b', 'c'].map((name) => `${address(name)} 1`),
    );

    await api.operate('operator', id, 'confirm');

    await atStage(id, 'confirmed');
    const [ready] = await eventually(
      async () => (await mailsAbout(id)).filter(({ subject }) => subject.includes('ready')),
      (mails) => mails.length > 0,
    );
    expect(ready?.to).toBe(address('e'));
  });

  test('holds nothing that a visitor typed and no link, and names the way back in words', async () => {
    const { api } = world;
    const { confirmed, atStage } = journeys(world);
    const contact = {
      name: 'Canary <b>Name</b> http://evil.example',
      email: 'canary.address@contoso.example',
      company: 'Canary-Company',
      phone: 'Canary-Phone',
      wishes: 'Canary-Wishes www.evil.example',
    };
    const name = 'Quality <i>now</i> https://evil.example/x';
    const id = await confirmed({ planId: 'team', quantity: 2, name }, contact);
    await api.activate('buyer', id);
    await atStage(id, 'active');
    const mails = await eventually(
      () => world.mailbox.mails(contact.email),
      (all) => all.length === 3,
    );
    expect(mails.map(({ subject }) => subject).toSorted()).toEqual([
      'Unifize: we have your request',
      'Unifize: your subscription is active',
      'Unifize: your workspace is ready',
    ]);
    for (const { subject, html, text } of mails) {
      for (const part of [subject, html, text]) {
        expect(part).not.toMatch(/canary/i);
        expect(part).not.toMatch(/https?:\/\/|www\.|href|src=|mailto:/i);
      }
      expect(html).not.toContain('<i>');
      expect(text).toContain('Open the Azure portal and go to SaaS.');
      expect(text).toContain(subject.includes('active') ? 'Manage account' : 'Configure account now');
    }
    const receipt = mails.find(({ subject }) => subject.includes('request'));
    expect(receipt?.text).not.toContain('Quality');
    expect(receipt?.text).toContain('You are not billed yet.');
  });
});

describe('mail to the operators', () => {
  test('says all that is needed to begin, with everything foreign in it escaped', async () => {
    const { awaiting, operatorMails } = journeys(world);
    const contact = {
      name: 'Sam <script>alert(1)</script>',
      email: 'sam.stranger@fabrikam.example',
      company: 'Fabrikam & Sons',
      phone: '+49 30 4321',
      wishes: 'Call me in the morning',
    };
    const id = await awaiting({ planId: 'team', quantity: 12, purchaser: 'stranger', name: 'QMS <b>one</b>' }, contact);

    const [mail] = await operatorMails(id);

    const lines = mail?.text.matchAll(/^((?:Step: )?[^:\n]+): (.+)$/gm) ?? [];
    const facts = new Map([...lines].map(([, label = '', value = '']) => [label, value]));
    expect(Object.fromEntries(facts)).toMatchObject({
      'Subscription name': 'QMS <b>one</b>',
      'Plan name': 'Team',
      'Plan ID': 'team',
      'Offer ID': 'unifize-qms',
      Quantity: '12',
      Term: '1 month',
      'Term dates': 'Starts when billing starts',
      'Purchaser e-mail': person('stranger').username,
      'Beneficiary e-mail': person('stranger').username,
      'Tenant ID': person('stranger').tenantId,
      'Subscription ID': id,
      'Marketplace status': 'PendingFulfillmentStart',
      'Test purchase': 'No',
      'Free trial': 'No',
      Name: 'Sam <script>alert(1)</script>',
      'E-mail': contact.email,
      Company: contact.company,
      Phone: contact.phone,
      wishes: contact.wishes,
      'Step: Notification': 'this message',
    });
    expect(facts.get('Step: Organization')).toMatch(/^done \(/);
    expect(facts.get('Step: Admin user')).toMatch(/^done \(/);
    expect(facts.get('Admin user')).toContain(person('stranger').username);
    expect(mail?.text).toContain(`/console/?id=${id}`);
    expect(mail?.html).toContain(`/console/?id=${id}"`);
    for (const value of facts.values()) if (value.includes('<')) expect(mail?.html).not.toContain(value);
    expect(mail?.html).toContain('&lt;script&gt;');
    expect(mail?.subject).toContain('New onboarding');
  });

  test('flags an address that only the form gave', async () => {
    const { api, marketplace } = world;
    const { buy, seen, operatorMails } = journeys(world);
    const { subscriptionId: id, purchaseToken } = await buy({ purchaser: 'reseller' });
    const guest = { emailId: 'rita_home.example#EXT#@reseller.example' };
    await marketplace.change(id, { purchaser: guest, beneficiary: guest });
    await api.resolve('reseller', purchaseToken);
    await api.onboard('reseller', id, { name: 'Rita', email: 'rita@typed.example' });
    await seen(id, ({ steps }) => steps[2]?.state === 'done');

    const [mail] = await operatorMails(id);

    expect(mail?.text).toContain('rita@typed.example was typed in the contact form');
    expect((await storage.organization(person('reseller').tenantId)).users).toMatchObject([
      { email: 'rita@typed.example', objectId: person('reseller').objectId },
    ]);
  });
});
