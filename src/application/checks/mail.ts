import { type Check, type Finding, failed, notChecked, ok, warning } from './check.ts';
import { IN_THE_APP } from './fulfilment-token.ts';

const SERVICE = 'portal.azure.com > the Communication Services resource';

/** What a failed attempt means, by the codes of the mailer. */
const trouble = (code: string): Finding => {
  if (code === 'mail-unauthorized')
    return failed('The mail service refuses the app.', {
      cause: 'The identity of the app lacks the role on the resource, or the access key is wrong.',
      fix: `${SERVICE} > Access control (IAM): give the app's identity Communication and Email Service Owner. Deploying again sets it.`,
      retest: 'A new role takes up to 10 minutes.',
    });
  if (code === 'mail-throttled')
    return warning('The mail service asks to wait.', {
      cause: 'More mails than it sends: 10 an hour with the domain that it brings, 100 with an own one.',
      fix: 'Set up an own domain (EMAIL_DOMAIN of the deployment), or ask Microsoft for more: mails wait meanwhile.',
    });
  if (code === 'mail-unreachable')
    return failed('The mail service gives no answer.', {
      cause: 'EMAIL_ENDPOINT is not the address of the resource, or there is no way to it.',
      fix: `${SERVICE} > Overview > Endpoint: compare it with EMAIL_ENDPOINT.`,
    });
  return failed('The mail service has an outage.', {
    cause: 'It answers with an error of its own.',
    fix: 'portal.azure.com > Service Health. Mails wait meanwhile.',
  });
};

export const mail: Check = {
  id: 'mail',
  title: 'Mail service',
  proves:
    'The mail service answers and knows the app. Not proved: that it sends for this sender; the check test-mail does.',
  run: async (needs) => {
    if (!needs.mail) return notChecked('The mail service was not asked.', IN_THE_APP);
    const look = await needs.mail.knock();
    return look.kind === 'later' ? trouble(look.code) : ok('It answers, and knows the app.');
  },
};

export const testMail: Check = {
  id: 'test-mail',
  title: 'Test mail',
  proves: 'The mail service takes a message from our sender. That it arrives, the mailbox shows.',
  option: '--mail ADDRESS',
  run: async (needs) => {
    const { mailTo } = needs.facts;
    if (mailTo === undefined || !needs.mail)
      return notChecked('No mail was sent.', {
        cause: mailTo === undefined ? 'Nobody asked for one.' : IN_THE_APP.cause,
        fix: 'Set-up in the console > Send a test mail. Or add --azure --mail ADDRESS, an address of OPERATOR_EMAILS: the app then sends it.',
      });
    const look = await needs.mail.sendTest(mailTo);
    if (look.kind === 'sent') return ok('The service took it. Look into the mailbox, and into its folder for spam.');
    if (look.kind === 'later') return trouble(look.code);
    return failed('The mail service will not send this.', {
      cause:
        'EMAIL_SENDER is not an address of a domain that is verified and linked to the resource, or the recipient is no address.',
      fix: `${SERVICE} > Email > Domains: connect the domain; its MailFrom addresses must have EMAIL_SENDER.`,
    });
  },
};
