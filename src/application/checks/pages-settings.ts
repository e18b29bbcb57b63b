import { type Check, failed, ok, warning } from './check.ts';
import { said } from './site.ts';

const PUBLISH = 'bash infra/scripts/publish-site.sh dev|prod';

const bare = (address: string): string => address.replace(/\/+$/, '').toLowerCase();

export const pagesConfig: Check = {
  id: 'pages-config',
  title: 'Settings of the pages',
  proves:
    'The pages sign in with the registrations that the app expects, at the same authority, and call an API that answers.',
  run: async ({ pages, ask, facts }) => {
    const { reply, config } = await pages();
    if (!config)
      return failed(
        `config.json beside the landing page ${said(reply)}${reply.kind === 'answer' && reply.status === 200 ? ' and cannot be read' : ''}.`,
        {
          cause: 'The pages were not published, or only in part.',
          fix: `${PUBLISH}.`,
        },
      );
    const wanted = [
      ['apiUrl', config.apiUrl, facts.apiUrl ?? config.apiUrl],
      ['authority', config.authority, facts.authority],
      ['landingClientId', config.landingClientId, facts.landingClientId],
      ['consoleClientId', config.consoleClientId, facts.consoleClientId],
      ['publisherTenantId', config.publisherTenantId, facts.tenantId],
    ].filter(([, has = '', should = '']) => bare(has) !== bare(should));
    if (wanted.length > 0)
      return failed(wanted.map(([name, , should]) => `${name} must be ${should}`).join('; '), {
        cause:
          'The pages were published for another deployment than the settings of the app are of: people cannot sign in, or call another app.',
        fix: `Publish the pages for this deployment: ${PUBLISH}. If they are right, correct the settings of the app.`,
      });
    const health = await ask({ url: `${bare(config.apiUrl)}/health` });
    if (health.kind !== 'answer' || health.status !== 200)
      return failed(`${config.apiUrl}/health ${said(health)}.`, {
        cause: 'The pages call an app that is not there, or does not start.',
        fix: 'portal.azure.com > the function app > Log stream shows why it does not start. If the app has another address, publish the pages again.',
      });
    const host = new URL(config.apiUrl).host.toLowerCase();
    if (facts.apiUrl === undefined && facts.hostName !== undefined && facts.hostName.toLowerCase() !== host)
      return warning(`They call ${config.apiUrl}; this app is ${facts.hostName}.`, {
        cause: `${host} is an own domain of this app, or the pages were published for another one.`,
        fix: `An own domain: nothing. Another app: publish the pages for this deployment: ${PUBLISH}.`,
      });
    return ok(`They are those of the app, and ${config.apiUrl} answers.`);
  },
};
