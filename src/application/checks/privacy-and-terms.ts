import { type Check, failed, notChecked, ok, warning } from './check.ts';
import { isExample, said } from './site.ts';

const FIX =
  'Correct privacyUrl and termsUrl in static-landing/config.json and publish the pages: bash infra/scripts/publish-site.sh dev|prod.';

export const privacyAndTerms: Check = {
  id: 'privacy-and-terms',
  title: 'Privacy and terms',
  proves: "The addresses of the publisher's privacy statement and terms answer.",
  run: async ({ pages, ask, facts }) => {
    const { config } = await pages();
    if (!config)
      return notChecked('The addresses are not known.', {
        cause: 'config.json of the landing page could not be read.',
        fix: 'Mend the check pages-config first.',
      });
    const urls = [config.brand.privacyUrl, config.brand.termsUrl].map((url) => url ?? '');
    if (urls.some((url) => isExample(url) || !URL.canParse(url))) {
      const remedy = { cause: 'The pages still have the addresses that they come with.', fix: FIX };
      const found = 'The addresses are missing, or examples.';
      return facts.isLocal ? warning(found, remedy) : failed(found, remedy);
    }
    const replies = await Promise.all(urls.map((url) => ask({ url, followsRedirects: true })));
    const broken = replies.flatMap((reply, index) =>
      reply.kind === 'answer' && reply.status < 400 ? [] : [{ reply, text: `${urls[index]} ${said(reply)}` }],
    );
    if (broken.length === 0) return ok('Both answer.');
    const found = `${broken.map(({ text }) => text).join('; ')}.`;
    const isShy = broken.every(({ reply }) => reply.kind === 'answer' && [401, 403, 405, 429].includes(reply.status));
    return isShy
      ? warning(found, { cause: 'Some websites turn away programs.', fix: 'Open both addresses in a browser.' })
      : failed(found, { cause: 'The page was moved, or its address is wrong. Certification opens both.', fix: FIX });
  },
};
