import { type Check, type CheckNeeds, type Finding, failed, ok } from './check.ts';
import { said } from './site.ts';

const PUBLISH = 'bash infra/scripts/publish-site.sh dev|prod';

const isPage = (text: string): boolean => text.includes('<div id="app">');

const look = async ({ ask }: CheckNeeds, setting: string, url: string): Promise<Finding> => {
  const reply = await ask({ url });
  if (reply.kind === 'answer' && reply.status === 200 && isPage(reply.text)) return ok(`${url} is there.`);
  if (reply.kind === 'answer' && reply.status === 200)
    return failed(`${url} is another page.`, {
      cause: `${setting} is not the address of our page, or something else was published there.`,
      fix: `Correct ${setting}, or publish the pages: ${PUBLISH}.`,
    });
  return failed(`${url} ${said(reply)}.`, {
    cause:
      reply.kind === 'silence'
        ? `Nobody is at this address: ${setting} is wrong, or the storage account of the site does not exist.`
        : 'The static website is switched off, or nothing was published.',
    fix: `portal.azure.com > the site's storage account > Data management > Static website: enabled, index.html, 404.html; then ${PUBLISH}.`,
  });
};

export const landingPage: Check = {
  id: 'landing-page',
  title: 'Landing page',
  proves: 'The page that buyers are sent to is there.',
  run: (needs) => look(needs, 'LANDING_URL', needs.facts.landingUrl),
};

export const consolePage: Check = {
  id: 'console-page',
  title: 'Console',
  proves: 'The page that operators work with is there.',
  run: (needs) => look(needs, 'CONSOLE_URL', needs.facts.consoleUrl),
};
