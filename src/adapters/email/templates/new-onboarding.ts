import type { MailFacts } from '../../../application/ports.ts';
import { type Block, facts, heading, type Letter, paragraph, steps, warning } from './letter.ts';
import { contactFacts, purchaseFacts, setUpFacts } from './summary.ts';
import { adminAddress, billedSince, consoleLink, isBilled, planName, shortName } from './wording.ts';

const isHeld = ({ subscription }: MailFacts): boolean =>
  Object.values(subscription.steps).some(({ state }) => state === 'held');

const CHECK = 'Check the purchase, the contact and the set-up below.';
const CONFIRM = 'Open the subscription in the console and press “Confirm set-up” when the workspace is ready.';

const activationSteps = (mail: MailFacts): string[] => {
  if (isBilled(mail.subscription)) {
    return [CHECK, CONFIRM, `There is nothing to activate: Microsoft has billed ${billedSince(mail.subscription)}.`];
  }
  const byPolicy: Record<MailFacts['activationPolicy'], string[]> = {
    buyer: [
      CHECK,
      CONFIRM,
      'The buyer is then asked to press “Activate subscription”. Billing starts at that moment, not before.',
    ],
    operator: [CHECK, CONFIRM, 'Press “Activate subscription” there. Billing starts at that moment, not before.'],
    'when-ready': isHeld(mail)
      ? [CHECK, CONFIRM, 'A step is held, so this one waits for you. After that, billing starts by itself.']
      : [CHECK, 'There is nothing to press: once organization and admin user are done, billing starts by itself.'],
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
    found.push(warning('There is no usable address for the admin user: ask the customer for one before you go on.'));
  }
  return found;
};

/** Alone enough to start work on a new customer (design 3.5). */
export const newOnboarding = (mail: MailFacts): Letter => {
  const { subscription } = mail;
  const isReseller = subscription.purchaser.tenantId !== subscription.beneficiary.tenantId;
  return {
    audience: 'operators',
    subject: `New onboarding${subscription.isTest ? ' (test purchase)' : ''}: ${shortName(subscription)}, ${planName(subscription)}`,
    preview: isBilled(subscription) ? 'Microsoft already bills this customer.' : 'The customer is not billed yet.',
    title: 'A customer asks for their workspace',
    blocks: [
      paragraph(
        isBilled(subscription)
          ? `The customer bought in Azure Marketplace and pressed “Onboard”. Microsoft has billed this subscription ${billedSince(subscription)}, so do not let it wait.`
          : 'The customer bought in Azure Marketplace and pressed “Onboard”. They are not billed yet.',
      ),
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
      heading('Contact, as typed by the customer'),
      facts(contactFacts(subscription)),
      heading('Set-up'),
      facts(setUpFacts(mail)),
    ],
  };
};
