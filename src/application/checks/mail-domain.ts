import { asked } from './asked-az.ts';
import { type Check, type CheckNeeds, type Finding, failed, notChecked, ok } from './check.ts';

/** What Microsoft must have seen in the domain's DNS before it sends for it; DMARC is advice. */
const PROOFS = ['Domain', 'SPF', 'DKIM', 'DKIM2'];

type Service = { properties?: { linkedDomains?: string[] } };
type Domain = {
  properties?: {
    fromSenderDomain?: string;
    mailFromSenderDomain?: string;
    verificationStates?: Record<string, { status?: string } | undefined>;
  };
};

const SERVICE = 'portal.azure.com > the Communication Services resource > Email > Domains';
const WANTED =
  'linkedDomains must have the domain of EMAIL_SENDER; then the same of that id: verificationStates must be Verified.';

/** `az` knows these resources without an extension. */
const show = (id: string): string[] => ['resource', 'show', '--ids', id, '--output', 'json'];

const judge = ({ properties }: Domain, name: string): Finding => {
  const open = PROOFS.flatMap((proof) => {
    const status = properties?.verificationStates?.[proof]?.status ?? 'unknown';
    return status === 'Verified' ? [] : [`${proof} ${status}`];
  });
  if (open.length === 0) return ok(`${name} is linked and verified.`);
  return failed(`${name} is not verified: ${open.join(', ')}.`, {
    cause: 'The DNS records that prove the domain are not set, were changed, or Microsoft was not asked to look.',
    fix: 'Set the records of EMAIL_DOMAIN_RECORDS, then az communication email domain initiate-verification for each (docs/deployment.md, Mail from your own domain).',
  });
};

const domains = async ({ az, facts }: CheckNeeds, ids: string[]): Promise<Finding> => {
  const found = await Promise.all(ids.map(async (id) => (await az?.(show(id))) as Domain | undefined));
  const isSenders = (domain: Domain | undefined): boolean =>
    [domain?.properties?.fromSenderDomain, domain?.properties?.mailFromSenderDomain].some(
      (name) => name?.toLowerCase() === facts.mailDomain,
    );
  const own = found.find(isSenders);
  if (own) return judge(own, facts.mailDomain);
  if (found.includes(undefined))
    return notChecked('az could not tell of each linked domain.', {
      cause: 'Whoever is signed in may not read them all.',
      fix: `${ids.map((id) => `az ${show(id).join(' ')}`).join('; ')}. ${WANTED}`,
    });
  return failed(`${facts.mailDomain} is not linked to the mail service.`, {
    cause: ids.length === 0 ? 'No domain is linked.' : 'EMAIL_SENDER is of another domain than those that are linked.',
    fix: `${SERVICE}: connect ${facts.mailDomain}, or correct EMAIL_SENDER. An own domain: EMAIL_DOMAIN_VERIFIED=true, then deploy.`,
  });
};

export const mailDomain: Check = {
  id: 'mail-domain',
  title: 'Mail domain',
  proves: 'The domain that mails come from is linked to the mail service, and Microsoft has verified it.',
  option: '--azure',
  run: (needs) => {
    const { mailHost } = needs.facts;
    if (mailHost === undefined)
      return Promise.resolve(
        notChecked('EMAIL_ENDPOINT is not set.', {
          cause: 'The mail service is named by EMAIL_CONNECTION_STRING, as on one machine.',
          fix: 'Run this with the settings of what is deployed.',
        }),
      );
    // The resource's name is the first part of its host.
    const name = mailHost.split('.')[0] ?? '';
    const type = 'Microsoft.Communication/communicationServices';
    const args = ['resource', 'list', '--resource-type', type, '--name', name, '--output', 'json'];
    return asked(
      needs,
      args,
      async (answer) => {
        const id = (answer as { id?: string }[])[0]?.id;
        const service = id === undefined ? undefined : ((await needs.az?.(show(id))) as Service | undefined);
        if (service) return domains(needs, service.properties?.linkedDomains ?? []);
        return notChecked(`az finds no mail service ${name}.`, {
          cause: 'az looks in another Azure subscription, or EMAIL_ENDPOINT is of a resource that is gone.',
          fix: `az account set --subscription ..., then again. By hand: az ${args.join(' ')}, and az resource show --ids of what it names. ${WANTED}`,
        });
      },
      WANTED,
    );
  },
};
