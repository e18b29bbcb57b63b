import { isAdminNamed } from '../../../domain/organization.ts';
import type { Subscription } from '../../../domain/subscription.ts';
import { wayIn } from './wording.ts';

/** Why there is no administrator, and what operators can do about it (`no-admin-email`). */
export const noAdmin = (subscription: Subscription): { cause: string; todo: string[] } => {
  if (!isAdminNamed(subscription)) {
    return {
      cause:
        'Microsoft names no person for this purchase, so nobody can become the admin user. No contact can stand in.',
      todo: [
        'Press “Ask Microsoft” in the console. If it names a person by now, press “Retry”.',
        'If it does not, make the administrator in the workspace by hand, then press “Confirm set-up” and give that as the reason.',
      ],
    };
  }
  return {
    cause: 'Neither Microsoft nor the contact form gave an address that can become the admin user.',
    todo: [
      `Ask the customer to open the Azure portal, SaaS, this subscription, “${wayIn(subscription)}”, to enter an address that reaches them, and to press “Onboard”.`,
      'The set-up then goes on by itself, and you get a message. Press “Retry” in the console only if Microsoft names an address by now.',
    ],
  };
};
