/** Every word of the landing page. `{name}` is replaced; keys are what code and other languages refer to. */
export const messages = {
  'page.title': '{product} subscription',
  'page.error-prefix': 'Error: {title}',
  'page.not-found.title': 'Page not found',
  'page.not-found.text': 'There is nothing at this address. Please check it for typing errors.',
  'page.framed': 'Open this page in a new window',
  'page.cannot-start.title': 'This page could not be started',
  'page.cannot-start.text':
    'It needs JavaScript and a connection to the internet. Check that both are there, and reload the page. Nothing is lost.',
  'page.reload': 'Reload',

  'footer.help': 'Need help?',
  'footer.support': 'Support',
  'footer.privacy': 'Privacy',
  'footer.terms': 'Terms of use',

  'no-purchase.title': 'Missing token. Please access this page from Azure Marketplace.',

  'reopen.text':
    'Reopen the SaaS subscription in the Azure portal or Microsoft 365 admin center and choose Configure account or Manage account again.',
  'reopen.link': 'Open the Azure portal',
  'lost.title': 'Your purchase was lost during the sign-in',
  'lost.text':
    'This tab no longer knows what you bought, for instance because the sign-in ended in another window. Nothing has been changed.',
  'blocked.title': 'Your browser does not let this page keep your purchase',
  'blocked.text':
    'While you sign in, this page keeps your purchase in the tab. Your browser forbids that, often by the setting to block all cookies. Allow cookies and site data for {host}, or use another browser.',

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
  'sign-in.cancelled.title': 'You cancelled the sign-in',
  'sign-in.cancelled.text': 'Nothing has been changed. Your purchase is kept in this tab: sign in to continue.',
  'sign-in.failed.title': 'You are not signed in',
  'sign-in.failed.text':
    'The sign-in at Microsoft did not succeed. Your purchase is kept in this tab. Try again; if it fails again, write to the support and quote Microsoft’s error.',
  'sign-in.code': 'Microsoft’s error: {code}',
  'sign-in.unknown.title': 'This sign-in cannot be used',
  'sign-in.unknown.text':
    'It was not started in this tab, or it was used already. Your purchase is kept in this tab: sign in again.',

  'approval.title': 'Your administrator has to approve {product}',
  'approval.text':
    'Your organization lets people sign in only to apps that an administrator has approved. Send your administrator this request. When it is approved, come back to this tab and sign in again.',
  'approval.label': 'Request to your administrator',
  'approval.subject': 'Please approve {product}',
  'approval.request':
    'Hello,\n\nour organization bought {product} by {publisher} in Azure Marketplace. To set it up, I have to sign in there with my work account, and an administrator has to approve that once.\n\nThe app only reads the name and e-mail address of whoever signs in (permission User.Read).\n\nPlease open this link as an administrator, check what is asked for, and accept:\n{link}\n\nThank you',
  'approval.copy': 'Copy the request',
  'approval.copied': 'The request is copied.',
  'approval.mail': 'Send by e-mail',
  'approved.title': '{product} is approved for your organization',
  'approved.text':
    'Thank you. Tell the person who asked you: they can now sign in. If they have closed the page, they choose Configure account in the Azure portal again.',

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
  'purchase.for-another': 'Bought by {purchaser} for {beneficiary}',
  'purchase.for-another.text': 'The workspace is made for the organization of {beneficiary}.',

  'badge.pending': 'Pending Activation',
  'badge.activating': 'Activating',
  'badge.failed': 'Activation failed',
  'badge.active': 'Active',
  'badge.suspended': 'Suspended',
  'badge.ended': 'Unsubscribed',
  'badge.erased': 'Data deleted',

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
  'form.refused': 'This entry is not accepted. Shorten or correct it',

  'onboard.button': 'Onboard',
  'onboard.busy': 'Sending your request…',
  'onboard.done': 'Onboarding request created successfully.',
  'onboard.not-billed': 'You are not billed yet. Billing starts only when you activate.',
  'onboard.colleague': 'You are not billed yet. Billing starts only when the subscription is activated by {who}.',
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
  'provisioning.text': 'We are setting up your workspace. {publisher} will tell you when it is ready.',
  'provisioning.leave':
    'You can close this page. To come back, open the subscription in the Azure portal and choose Manage account or Configure account.',
  'delayed.title': 'The set-up takes longer than usual',
  'delayed.text':
    'We know and are on it. You need not do anything: {publisher} will tell you when your workspace is ready.',
  'billing.not-yet': 'You are not billed yet.',
  'billing.runs': 'Microsoft has already started billing.',
  'awaiting.title': 'Waiting for {publisher}',
  'ready.title': 'Your workspace is ready',
  'ready.buyer': 'Activate your subscription to start using {product}.',
  'ready.colleague':
    'The subscription can now be activated, which starts billing. Ask {who}: only the person who bought it, or for whom it was bought, can do that.',
  'ready.ask': 'Write to {who}',
  'ready.nobody-known': 'the person who bought it',
  'ready.or': '{one} or {other}',
  'ready.publisher': '{publisher} activates your subscription, which starts billing. You need not do anything.',
  'activate.title': 'What starts when you activate',
  'activate.billing':
    'Billing starts when you activate: {billed}. Microsoft bills you; this page asks for no payment details.',
  'activate.term': 'The term begins with the activation: {term}.',
  'activate.deadline': 'Activate by {date}. After that, Microsoft ends the purchase.',
  'activate.quantity': 'quantity {quantity}',
  'activate.button': 'Activate subscription',
  'activate.busy': 'Starting…',
  'activating.title': 'Activating your subscription',
  'activating.text': 'Microsoft is activating your subscription. This page follows by itself.',
  'activating.delayed':
    'Microsoft does not answer at the moment. We keep trying, and you need not do anything. This page follows by itself.',
  'activation-failed.title': 'The activation did not succeed',
  'activation-failed.text':
    'Microsoft did not activate your subscription, so billing has not started. Your workspace and your details are kept. You can try again.',
  'activation-failed.wait':
    'Microsoft did not activate your subscription, so billing has not started. Your workspace and your details are kept. {publisher} has been told and can start the activation again.',
  'active.title': 'Your subscription is active',
  'active.text':
    'Your workspace is ready to use. Billing runs through Microsoft. To change or cancel the subscription, open it in the Azure portal.',
  'active.open': 'Open your workspace',
  'suspended.title': 'Your subscription is suspended',
  'suspended.text':
    'Microsoft suspended it, usually because a payment did not succeed. Check the payment method in the Azure portal or Microsoft 365 admin center. If nothing is paid within 30 days, Microsoft ends the subscription.',
  'cancelled.title': 'Your subscription has ended',
  'cancelled.text':
    'This subscription was cancelled and cannot be started again. To use {product} again, buy it again in Azure Marketplace.',
  'lapsed.title': 'Your purchase has lapsed',
  'lapsed.text':
    'It was not activated: Microsoft ends a purchase after 30 days, or when its activation does not succeed. You were not billed. To use {product}, buy it again in Azure Marketplace.',
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
  'problem.retry-after': 'Please wait {time} before you try again.',
  'problem.other-account': 'Use another account',
  'problem.purchasing-organization': 'Sign in to the purchasing organization',
  'problem.using-organization': 'Sign in to the organization that uses it',
  'problem.tenant': 'Tenant {id}',
  'problem.reference': 'Reference for the support: {reference}',
  'problem.token.title': 'This link can no longer be used',
  'problem.token.text': 'We could not identify your purchase: the link may be older than 24 hours, or incomplete.',
  'problem.party.title': 'You signed in as {account} of another organization',
  'problem.party.text':
    'This purchase belongs to another organization than this account. If you are a guest there, sign in to the purchasing organization with this account; otherwise use an account of that organization.',
  'problem.party-alone.title': 'You signed in as {account}, which has no part in this purchase',
  'problem.party-alone.text': 'Sign in with the account that bought the subscription.',
  'problem.not-found.title': 'We cannot show this subscription',
  'problem.not-found.text': 'Your access to it has ended, or it does not exist.',
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
