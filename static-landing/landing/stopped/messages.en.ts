/** What is said where the way in stops: the sign-in ended otherwise, or this tab cannot keep the purchase. Loaded then. */
export const messages = {
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

  'lost.title': 'This tab lost your purchase during the sign-in',
  'lost.text':
    'Your purchase itself is safe with Microsoft, and nothing has been changed. This tab no longer knows what you bought, for instance because the sign-in ended in another window.',
  'blocked.title': 'Your browser does not let this page keep your purchase',
  'blocked.text':
    'While you sign in, this page keeps your purchase in the tab. Your browser forbids that, often by the setting to block all cookies. Allow cookies and site data for {host}, or use another browser.',
  'sign-in.cancelled.title': 'You cancelled the sign-in',
  'sign-in.cancelled.text': 'Nothing has been changed. Your purchase is kept in this tab: sign in to continue.',
  'sign-in.failed.title': 'You are not signed in',
  'sign-in.failed.text':
    'The sign-in at Microsoft did not succeed. Your purchase is kept in this tab. Try again; if it fails again, write to support.',
  'sign-in.code': 'Microsoft’s error, for support: {code}',
  'sign-in.unknown.title': 'This sign-in cannot be used',
  'sign-in.unknown.text':
    'It was not started in this tab, or it was used already. Your purchase is kept in this tab: sign in again.',
} as const;
