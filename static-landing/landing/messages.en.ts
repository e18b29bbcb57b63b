/** Every word of the landing page. `{name}` is replaced; keys are what code and other languages refer to. */
export const messages = {
  'page.title': '{product} subscription',
  'page.error-prefix': 'Error: {title}',
  'page.no-script':
    'This page needs JavaScript to sign you in and to set up your subscription. Please switch it on and reload.',
  'page.not-found.title': 'Page not found',
  'page.not-found.text': 'There is nothing at this address. Please check it for typing errors.',
  'page.framed': 'Open this page in a new window',
  'page.cannot-start.title': 'This page could not be loaded',
  'page.cannot-start.text': 'Please check your connection and reload the page.',
  'page.reload': 'Reload',

  'footer.help': 'Need help?',
  'footer.support': 'Support',
  'footer.privacy': 'Privacy',
  'footer.terms': 'Terms of use',

  'no-purchase.title': 'Missing token. Please access this page from Azure Marketplace.',

  'working.sign-in': 'Signing you in…',
  'working.sign-in.note': 'You are being taken to Microsoft, where you may have to choose your account.',
  'working.open': 'Opening your purchase…',
  'working.open.note': 'We are asking Microsoft what was bought. This can take up to 20 seconds.',

  'sign-in.button': 'Sign in with Microsoft',
  'sign-in.interrupted.title': 'Sign in to continue',
  'sign-in.interrupted.text':
    'Your purchase is kept in this tab. Sign in with the account that made it, or with an account of the same organization.',
  'sign-in.expired.title': 'Sign in again to continue',
  'sign-in.expired.text': 'Your sign-in has ended. Your purchase is still kept in this tab.',
  'sign-in.failed.title': 'You are not signed in',
  'sign-in.failed.text':
    'The sign-in at Microsoft did not succeed. Try again. If your organization does not allow it, ask its administrator to approve {product}.',
  'sign-in.failed.code': 'Microsoft’s error: {code}',
  'sign-in.unknown.title': 'This sign-in cannot be used',
  'sign-in.unknown.text': 'It was not started in this tab, or it was used already.',

  'purchase.title': 'Your purchase',
  'purchase.subscription-name': 'Subscription Name',
  'purchase.plan-name': 'Plan Name',
  'purchase.plan-id': 'Plan ID',
  'purchase.offer-id': 'Offer ID',
  'purchase.quantity': 'Quantity',
  'purchase.quantity.none': 'Not per user',
  'purchase.term': 'Term',
  'purchase.term.none': 'Not stated',
  'purchase.term-dates': 'Term Dates',
  'purchase.term-dates.none': 'starts when billing starts',
  'purchase.term-dates.from': 'from {start}',
  'purchase.term-dates.both': '{start} to {end}',
  'purchase.purchaser-email': 'Purchaser Email',
  'purchase.tenant-id': 'Tenant ID',
  'purchase.subscription-id': 'Subscription ID',
  'purchase.customer-name': 'Customer Name',
  'purchase.customer-email': 'Customer Email',
  'purchase.customer.none': 'Not known yet',
  'purchase.status': 'Status',

  'form.title': 'Check your details',
  'form.text': '{publisher} uses these details to set up your workspace and to reach you about it.',
  'form.name': 'Your name',
  'form.email': 'Email address',
  'form.company': 'Company (optional)',
  'form.phone': 'Phone number (optional)',
  'form.faults': 'There is a problem',
  'form.fault': 'Error:',
  'form.name.missing': 'Enter your name',
  'form.email.missing': 'Enter your email address',
  'form.email.wrong': 'Enter an email address in the correct format, like name@example.com',

  'onboard.button': 'Onboard',
  'onboard.busy': 'Sending your request…',
  'onboard.done': 'Onboarding request created successfully.',
  'onboard.not-billed': 'You are not billed yet. Billing starts only when you activate.',
  'onboard.billing-follows': 'Billing starts when we have set up your workspace.',
  'onboard.terms': 'Before you press Onboard, please read:',

  'next.title': 'What happens next',

  'resolved.title': 'Welcome to {product}',
  'resolved.text': 'Thank you for your purchase. Check what was bought and your details, then press Onboard.',
  'resolved.billed':
    'Your subscription is already active; Microsoft started billing. Press Onboard so that we can set up your workspace.',
  'resolved.billed-since':
    'Your subscription is already active; Microsoft started billing on {date}. Press Onboard so that we can set up your workspace.',

  'provisioning.title': 'Setting up your workspace',
  'provisioning.text':
    'We are setting up your workspace. {publisher} will tell you when it is ready. You are not billed yet.',
  'provisioning.billed':
    'We are setting up your workspace. {publisher} will tell you when it is ready. Microsoft has already started billing.',
  'provisioning.leave':
    'You can close this page. To come back, open the subscription in the Azure portal and choose Manage account or Configure account.',
  'awaiting.title': 'Waiting for {publisher}',
  'confirmed.title': 'Your workspace is ready',
  'confirmed.buyer': 'Activate your subscription to start using {product}.',
  'confirmed.colleague':
    'The subscription can now be activated, which starts billing. Ask {who}: only the person who bought it, or for whom it was bought, can do that.',
  'confirmed.nobody-known': 'the person who bought it',
  'confirmed.or': '{one} or {other}',
  'confirmed.publisher': '{publisher} activates your subscription, which starts billing. You need not do anything.',
  'activate.button': 'Activate subscription',
  'activate.busy': 'Starting…',
  'activate.what': 'Billing starts when you activate: {billed}.',
  'activate.quantity': 'quantity {quantity}',
  'activate.term': 'term {term}',
  'activating.title': 'Activating your subscription',
  'activating.text': 'Microsoft is activating your subscription. This page follows by itself.',
  'activation-failed.title': 'The activation did not succeed',
  'activation-failed.text':
    'Microsoft did not activate your subscription, so billing has not started. Your workspace and your details are kept. You can try again.',
  'activation-failed.wait':
    'Microsoft did not activate your subscription, so billing has not started. Your workspace and your details are kept. {publisher} can start the activation again.',
  'active.title': 'Your subscription is active',
  'active.text': 'Your workspace is ready to use. Billing runs through Microsoft.',
  'active.open': 'Open your workspace',
  'suspended.title': 'Your subscription is suspended',
  'suspended.text':
    'Microsoft suspended it, usually because a payment did not succeed. Check the payment method in the Azure portal or in the Microsoft 365 admin center.',
  'cancelled.title': 'Your subscription has ended',
  'cancelled.text':
    'This subscription was cancelled and cannot be started again. To use {product} again, buy it again in Azure Marketplace.',
  'erased.title': 'Your data has been deleted',
  'erased.text':
    'This subscription has ended and its data has been deleted. To use {product} again, buy it again in Azure Marketplace.',
  'other.title': 'Your subscription',

  'steps.title': 'Progress',
  'steps.organization': 'Your organization',
  'steps.admin-user': 'Your administrator account',
  'steps.notification': 'Message to {publisher}',
  'steps.done': 'Done',
  'steps.busy': 'In progress',
  'steps.retry': 'Delayed, tried again automatically',
  'steps.waiting': 'Not started yet',
  'steps.held': 'Waits for {publisher}',
  'steps.failed': 'Needs {publisher}’s attention',
  'steps.change': '{step}: {state}',
  'steps.offline': 'We cannot reach our service at the moment. This page tries again by itself.',

  'problem.retry': 'Try again',
  'problem.retry-after': 'Please wait {seconds} seconds before you try again.',
  'problem.other-account': 'Use another account',
  'problem.purchasing-organization': 'Sign in to the purchasing organization',
  'problem.tenant': 'Tenant {id}',
  'problem.signed-in': 'You are signed in as {account}.',
  'problem.reference': 'Reference for the support: {reference}',
  'problem.token.title': 'This link can no longer be used',
  'problem.token.text':
    'Microsoft did not accept it: it may be older than 24 hours or incomplete. Reopen the SaaS subscription in the Azure portal or Microsoft 365 admin center and choose Configure account or Manage account again.',
  'problem.party.title': 'This purchase belongs to another organization',
  'problem.party.text':
    'Sign in with an account of the organization that bought the subscription, or for which it was bought.',
  'problem.not-found.title': 'We cannot show this subscription',
  'problem.not-found.text':
    'Your access to it has ended, or it does not exist. Reopen the SaaS subscription in the Azure portal or Microsoft 365 admin center and choose Configure account or Manage account again.',
  'problem.cancelled.title': 'Your subscription has ended',
  'problem.cancelled.text':
    'It was cancelled in the meantime, so it cannot be set up or activated. To use {product} again, buy it again in Azure Marketplace.',
  'problem.not-allowed.title': 'You cannot do this',
  'problem.not-allowed.text':
    'Only the person who bought the subscription, or for whom it was bought, can do that, and only where {publisher} leaves it to them.',
  'problem.not-confirmed.title': 'Your workspace is not ready yet',
  'problem.not-confirmed.text': '{publisher} has to confirm that it is ready before the subscription can be activated.',
  'problem.busy.title': 'Too many requests',
  'problem.busy.text': 'There were too many requests in a short time. Wait a minute and try again.',
  'problem.marketplace.title': 'Microsoft’s Marketplace does not answer',
  'problem.marketplace.text':
    'We could not ask Microsoft about your purchase. Nothing is lost. Try again in a few minutes.',
  'problem.unavailable.title': 'We cannot do this at the moment',
  'problem.unavailable.text': 'A part of our service is not available. Nothing is lost. Try again in a few minutes.',
  'problem.network.title': 'We cannot reach our service',
  'problem.network.text': 'Please check your connection and try again. Nothing is lost.',
  'problem.request.title': 'Our service did not understand the request',
  'problem.request.text': 'Please check your details and try again. If it happens again, write to the support.',
  'problem.internal.title': 'Something went wrong on our side',
  'problem.internal.text': 'Try again. If it happens again, write to the support and quote the reference.',
} as const;
