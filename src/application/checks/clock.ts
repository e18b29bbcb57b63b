import { type Check, failed, notChecked, ok, warning } from './check.ts';
import { said } from './site.ts';

/** Our own checks of tokens forgive 300 s; a minute is more than a kept clock is ever off. */
const REFUSED_SECONDS = 300;
const ODD_SECONDS = 60;

export const clock: Check = {
  id: 'clock',
  title: 'Clock',
  proves: "Our clock and Microsoft's agree, so that tokens are neither refused nor taken for too long.",
  run: async (needs) => {
    const { authority, tenantId } = needs.facts;
    const reply = await needs.ask({ url: `${authority}/${tenantId}/v2.0/.well-known/openid-configuration` });
    const now = needs.clock().getTime();
    const theirs = Date.parse((reply.kind === 'answer' ? reply.header('date') : undefined) ?? '');
    if (Number.isNaN(theirs))
      return notChecked(`${authority} ${said(reply)}, without a date.`, {
        cause: 'Microsoft Entra could not be reached from here.',
        fix: 'See the other checks first.',
      });
    // Their date is of whole seconds, and was written somewhere on the way.
    const seconds = Math.round(Math.abs(now - reply.ms / 2 - (theirs + 500)) / 1000);
    const remedy = {
      cause: 'The clock of this machine is off.',
      fix: 'Let the machine keep its time (timedatectl set-ntp true). In Azure: restart the app, and tell Microsoft if it stays so.',
    };
    const found = `${seconds} s apart.`;
    if (seconds >= REFUSED_SECONDS) return failed(found, remedy);
    return seconds >= ODD_SECONDS ? warning(found, remedy) : ok(found);
  },
};
