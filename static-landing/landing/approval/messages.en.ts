/** What is said where an administrator has to approve the page first; loaded then. */
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
} as const;
