import { entraControl } from '../../entra/control.ts';
import type { TokenRequest } from '../../entra/control-schema.ts';
import { CONTOSO_TENANT } from '../../people.ts';
import type { Switches } from '../switches.ts';
import type { WebhookConfig } from './config.ts';

/** Microsoft's own application, the one that calls (contract 4.4). */
const MARKETPLACE_APP = '20e940b3-4c77-4b0b-9a53-9e16a1b010a7';
/** Its service principal in the publisher's tenant; every tenant has another one, nobody should compare it. */
const MARKETPLACE_PRINCIPAL = '77777777-0000-4000-8000-000000000001';

const ANOTHER_APP = 'aaaaaaaa-0000-4000-8000-00000000000f';
/** Far beyond the five minutes that a receiver may allow. */
const EXPIRED_SECONDS = -1800;

/** What only people's tokens say. */
const NO_PERSON = {
  name: null,
  email: null,
  preferred_username: null,
  unique_name: null,
  upn: null,
  scp: null,
  roles: null,
};

type How = Pick<Switches, 'webhookToken' | 'webhookTokenVersion'>;

const callerClaims = (version: 1 | 2, app: string) =>
  version === 1 ? { appid: app, appidacr: '2' } : { azp: app, azpacr: '2' };

const request = (config: WebhookConfig, { webhookToken: kind, webhookTokenVersion: version }: How): TokenRequest => {
  const tid = kind === 'wrong-tid' ? CONTOSO_TENANT : config.publisherTenantId;
  return {
    // Anybody of an organization: every claim that speaks of them is replaced.
    person: 'operator',
    clientId: config.publisherClientId,
    version,
    claims: {
      ...NO_PERSON,
      aud: kind === 'wrong-aud' ? ANOTHER_APP : config.publisherClientId,
      iss: version === 1 ? `https://sts.windows.net/${tid}/` : `${config.entra}/${tid}/v2.0`,
      tid,
      oid: MARKETPLACE_PRINCIPAL,
      sub: MARKETPLACE_PRINCIPAL,
      ...callerClaims(version, kind === 'wrong-appid' ? config.publisherClientId : MARKETPLACE_APP),
    },
    ...(kind === 'expired' ? { expiresInSeconds: EXPIRED_SECONDS } : {}),
    ...(kind === 'foreign-key' ? { signWith: 'foreign' } : {}),
    ...(kind === 'unsigned' ? { signWith: 'none' } : {}),
  };
};

/**
 * The bearer token of one call of the webhook (contract 4.4), signed by the simulated Entra; none by switch.
 *
 * @throws Error when Entra does not answer
 */
export const webhookToken = async (config: WebhookConfig, how: How, attempt: number): Promise<string | undefined> => {
  if (how.webhookToken === 'none') return undefined;
  const entra = entraControl(config.entra);
  if (how.webhookToken === 'rotated-key' && attempt === 1) await entra.rotateKeys();
  return entra.token(request(config, how));
};
