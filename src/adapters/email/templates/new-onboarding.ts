import type { MailFacts } from '../../../application/ports.ts';
import type { Subscription } from '../../../domain/subscription.ts';
import { type Block, facts, heading, type Letter, paragraph, steps, warning } from './letter.ts';
import { noAdmin } from './no-admin.ts';
import { contactFacts, purchaseFacts, setUpFacts } from './summary.ts';
import { adminAddress, billedSince, consoleLink, isBilled, planName, shortName } from './wording.ts';

const isHeld = ({ subscription }: MailFacts): boolean =>
  Object.values(subscription.steps).some(({ state }) => state === 'held');

const CONFIRM = 'Open the subscription in the console and press “Confirm set-up” when the workspace is ready.';

const activationSteps = (mail: MailFacts): string[] => {
  const check = `Check the purchase${mail.subscription.contact ? ', the contact' : ''} and the set-up below.`;
  if (isBilled(mail.subscription)) {
    return [check, CONFIRM, `There is nothing to activate: Microsoft has billed ${billedSince(mail.subscription)}.`];
  }
  const byPolicy: Record<MailFacts['activationPolicy'], string[]> = {
    buyer: [
      check,
      CONFIRM,
      'The buyer is then asked to press “Activate subscription”. Billing starts at that moment, not before.',
    ],
    operator: [check, CONFIRM, 'Press “Activate subscription” there. Billing starts at that moment, not before.'],
    'when-ready': isHeld(mail)
      ? [check, CONFIRM, 'A step is held, so this one waits for you. After that, billing starts by itself.']
      : [check, 'There is nothing to press: once organization and admin user are done, billing starts by itself.'],
  };
  return byPolicy[mail.activationPolicy];
};

const warnings = (mail: MailFacts): Block[] => {
  const found: Block[] = [];
  if (mail.subscription.steps['admin-user'].state === 'held') {
    found.push(
      warning(
        `Held: the organization already exists. Confirming the set-up makes ${adminAddress(mail)} its administrator. Make sure that this is wanted.`,
      ),
    );
  }
  if (mail.admin?.source === 'contact') {
    found.push(
      warning(
        `Check the admin user's address: ${adminAddress(mail)} was typed in the contact form. Microsoft named no usable address.`,
      ),
    );
  }
  if (!mail.admin) {
    const { cause, todo } = noAdmin(mail.subscription);
    found.push(warning([cause, ...todo].join(' ')));
  }
  return found;
};

/** What the customer did: a set-up may begin without them, of a plan that Microsoft activated or by an operator's word. */
const begin = (subscription: Subscription): { title: string; text: string } => {
  const billing = isBilled(subscription)
    ? `Microsoft has billed this subscription ${billedSince(subscription)}, so do not let it wait.`
    : 'They are not billed yet.';
  return subscription.contact
    ? {
        title: 'A customer asks for their workspace',
        text: `The customer bought in Azure Marketplace and pressed “Onboard”. ${billing}`,
      }
    : {
        title: 'The set-up for a customer has begun without them',
        text: `The customer bought in Azure Marketplace and has not pressed “Onboard” yet: the page asks them for their contact details when they do. ${billing}`,
      };
};

/** Alone enough to start work on a new customer (design 3.5). */
export const newOnboarding = (mail: MailFacts): Letter => {
  const { subscription } = mail;
  const { title, text } = begin(subscription);
  const isReseller = subscription.purchaser.tenantId !== subscription.beneficiary.tenantId;
  return {
    audience: 'operators',
    subject: `New onboarding${subscription.isTest ? ' (test purchase)' : ''}: ${shortName(subscription)}, ${planName(subscription)}`,
    preview: isBilled(subscription) ? 'Microsoft already bills this customer.' : 'The customer is not billed yet.',
    title,
    blocks: [
      paragraph(text),
      ...warnings(mail),
      heading('What to do'),
      steps(activationSteps(mail)),
      consoleLink(mail),
      heading('Purchase'),
      facts(purchaseFacts(subscription)),
      ...(isReseller
        ? [
            paragraph(
              'Purchaser and beneficiary are of different tenants: bought through a reseller or for another party.',
            ),
          ]
        : []),
      heading(subscription.contact ? 'Contact, as typed by the customer' : 'Contact'),
      facts(contactFacts(subscription)),
      heading('Set-up'),
      facts(setUpFacts(mail)),
    ],
  };
};
