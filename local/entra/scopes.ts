import { APPLICATIONS, GRAPH_ID } from './directory.ts';
import { EntraRefusal } from './refusal.ts';

/** One scope of one API, as asked and as the token's `scp` names it. */
export type ApiScope = { resource: string; name: string; asked: string };
export type Scopes = { openid: string[]; apis: ApiScope[] };

const OPENID = ['openid', 'profile', 'email', 'offline_access'];
const GRAPH_PREFIX = 'https://graph.microsoft.com/';

const apiScope = (asked: string): ApiScope => {
  const graphName = asked.startsWith(GRAPH_PREFIX) ? asked.slice(GRAPH_PREFIX.length) : asked;
  if (graphName === 'User.Read') return { resource: GRAPH_ID, name: graphName, asked };
  const [, resource, name] = /^api:\/\/([^/]+)\/(.+)$/.exec(asked) ?? [];
  if (resource !== undefined && !Object.hasOwn(APPLICATIONS, resource)) {
    const sentence = `The resource principal named api://${resource} was not found in the tenant.`;
    throw new EntraRefusal('invalid_resource', 500011, sentence);
  }
  if (resource !== undefined && name === 'access_as_user') return { resource, name, asked };
  throw new EntraRefusal('invalid_scope', 70011, `The scope ${asked} is not valid.`);
};

/**
 * Reads a `scope` parameter.
 *
 * @throws EntraRefusal `invalid_resource` for an API that is not registered, `invalid_scope` for a scope that no API has
 */
export const parseScopes = (text: string): Scopes => {
  const words = [...new Set(text.split(/\s+/).filter(Boolean))];
  return {
    openid: words.filter((word) => OPENID.includes(word)),
    apis: words.filter((word) => !OPENID.includes(word)).map(apiScope),
  };
};

/**
 * The one API that a token request means; Graph when it names none.
 *
 * @throws EntraRefusal `invalid_scope` AADSTS28000 when it names two
 */
export const oneResource = (scopes: Scopes): string => {
  const resources = new Set(scopes.apis.map((scope) => scope.resource));
  if (resources.size > 1) {
    const asked = [...scopes.apis.map((scope) => scope.asked), ...scopes.openid].join(' ');
    throw new EntraRefusal(
      'invalid_scope',
      28000,
      `Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${asked} is not valid.`,
    );
  }
  return [...resources][0] ?? GRAPH_ID;
};
