import type { Letter } from './letter.ts';

/** What stands around every letter. */
export type Frame = { publisherName: string; supportEmail: string | undefined };

/** Why the reader has this message. */
export const reasonToWrite = ({ audience }: Letter, { publisherName }: Frame): string =>
  audience === 'operators'
    ? `You get this message because your address is one of those at ${publisherName} that are told of customers in Azure Marketplace.`
    : `You get this message because this address was given for a purchase of ${publisherName} in Azure Marketplace. If you know nothing of it, you need not do anything.`;

/** Buyers are told where to ask; operators are the ones who answer. */
export const whereToAsk = ({ audience }: Letter, { publisherName, supportEmail }: Frame): string | undefined => {
  if (audience === 'operators') return undefined;
  return supportEmail ? 'Questions? Reply to this message or write to' : `Questions? Ask ${publisherName}.`;
};
