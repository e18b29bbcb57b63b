import { type Check, type CheckNeeds, failed, notChecked, ok } from './check.ts';
import { apiUrlOf, said } from './site.ts';

/** Nobody's (RFC 2606). */
const STRANGER = 'https://stranger.invalid';

const preflight = async ({ ask }: CheckNeeds, apiUrl: string, origin: string) => {
  const reply = await ask({
    url: `${apiUrl}/resolve`,
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });
  return { reply, allowed: reply.kind === 'answer' ? reply.header('access-control-allow-origin') : undefined };
};

export const cors: Check = {
  id: 'cors',
  title: 'Who may call the API from a browser',
  proves: 'The landing page and the console may call the API, pages of others may not.',
  run: async (needs) => {
    const apiUrl = await apiUrlOf(needs);
    if (apiUrl === undefined)
      return notChecked('The address of the API is not known.', {
        cause: 'config.json of the landing page could not be read, and no address was given.',
        fix: 'Mend the check pages-config first, or say where the API is with --api.',
      });
    const CORS = 'portal.azure.com > the function app > API > CORS';
    const origins = new Set([needs.facts.landingUrl, needs.facts.consoleUrl].map((url) => new URL(url).origin));
    for (const origin of origins) {
      const { reply, allowed } = await preflight(needs, apiUrl, origin);
      if (reply.kind === 'silence')
        return failed(`The API ${said(reply)}.`, {
          cause: 'The app is not there.',
          fix: 'Mend the check pages-config first.',
        });
      if (allowed !== origin && allowed !== '*')
        return failed(`${origin} may not call the API.`, {
          cause: 'The list of allowed origins lacks it, or has it with a slash at its end.',
          fix: `${CORS}: add ${origin}. Deploying again sets it.`,
        });
    }
    const { allowed } = await preflight(needs, apiUrl, STRANGER);
    if (allowed !== undefined)
      return failed('Pages of anybody may call the API.', {
        cause: 'The list of allowed origins has * or an origin that is not ours.',
        fix: `${CORS}: leave ${[...origins].join(' and ')} only. Deploying again sets it.`,
      });
    return ok(`${[...origins].join(' and ')} and nobody else.`);
  },
};
