import {
  identityRoles,
  registrationConsole,
  registrationFulfilment,
  registrationLanding,
  servicePrincipal,
} from './azure.ts';
import type { Check } from './check.ts';
import { clock } from './clock.ts';
import { cors } from './cors.ts';
import { fulfilmentToken } from './fulfilment-token.ts';
import { lastReconcile } from './last-reconcile.ts';
import { lastWebhook } from './last-webhook.ts';
import { listSubscriptions } from './list-subscriptions.ts';
import { mail, testMail } from './mail.ts';
import { mailDomain } from './mail-domain.ts';
import { consolePage, landingPage } from './pages.ts';
import { pagesConfig } from './pages-settings.ts';
import { privacyAndTerms } from './privacy-and-terms.ts';
import { queues } from './queues.ts';
import { redirectConsole, redirectLanding } from './redirects.ts';
import { selfActivatingPlans } from './self-activating-plans.ts';
import { settings } from './settings.ts';
import { storageMessages, storageRows } from './storage.ts';
import { webhookInTime, webhookReachable, webhookRefusesForgeries, webhookRefusesStrangers } from './webhook.ts';

/** Every check there is, in the order in which a reader mends things. docs/doctor.md has a section for each. */
export const CATALOGUE: Check[] = [
  settings,
  fulfilmentToken,
  listSubscriptions,
  webhookReachable,
  webhookRefusesStrangers,
  webhookRefusesForgeries,
  webhookInTime,
  landingPage,
  consolePage,
  pagesConfig,
  privacyAndTerms,
  cors,
  redirectLanding,
  redirectConsole,
  storageRows,
  storageMessages,
  queues,
  mail,
  testMail,
  clock,
  selfActivatingPlans,
  lastWebhook,
  lastReconcile,
  registrationFulfilment,
  servicePrincipal,
  registrationLanding,
  registrationConsole,
  identityRoles,
  mailDomain,
];
