import type { RegisteredFunction } from './registry.ts';

type Segment = { kind: 'literal' | 'parameter' | 'optional' | 'rest'; text: string };
type Route = { fn: RegisteredFunction; methods: string[]; segments: Segment[] };

export type RouteMatch = { fn: RegisteredFunction; params: Record<string, string> };
export type FindRoute = (method: string, path: string) => RouteMatch | undefined;

/**
 * The way from method and path to a function.
 *
 * A route is literal segments, `{name}`, `{name?}` or `{*name}`; without one, a function is reached by its name. Case
 * does not matter, and a literal goes before a parameter. A known path with another method is found no more than an
 * unknown path: the platform answers 404 to both (Azure/azure-functions-host#10098).
 *
 * @throws Error on a route with a constraint or a default, which is not covered here
 */
export const makeRoutes = (functions: RegisteredFunction[], prefix: string): FindRoute => {
  const routes: Route[] = [];
  for (const fn of functions) {
    const { trigger, metadata } = fn;
    if (trigger.type !== 'httpTrigger') continue;
    const path = `${prefix}/${trigger.route ?? metadata.name}`;
    routes.push({
      fn,
      methods: trigger.methods.map((method) => method.toUpperCase()),
      segments: split(path).map(parse),
    });
  }
  routes.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));

  return (method, path) => {
    const parts = split(path).map(decode);
    for (const { fn, methods, segments } of routes) {
      const params = methods.includes(method) ? match(segments, parts) : undefined;
      if (params !== undefined) return { fn, params };
    }
    return undefined;
  };
};

const split = (path: string) => path.split('/').filter((part) => part !== '');

const decode = (part: string) => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const parse = (text: string): Segment => {
  const parameter = /^\{(\*?)(\w+)(\??)\}$/.exec(text);
  if (parameter === null) {
    if (/[{}]/.test(text)) throw new Error(`The one-machine host does not know the route segment "${text}".`);
    return { kind: 'literal', text: text.toLowerCase() };
  }
  const [, star, name = '', question] = parameter;
  return { kind: star ? 'rest' : question ? 'optional' : 'parameter', text: name };
};

const rank = ({ segments }: Route) =>
  segments.map(({ kind }) => ({ literal: '0', parameter: '1', optional: '1', rest: '2' })[kind]).join('');

const match = (segments: Segment[], parts: string[]) => {
  const params: Record<string, string> = {};
  for (const [position, { kind, text }] of segments.entries()) {
    const part = parts[position];
    if (kind === 'rest') {
      params[text] = parts.slice(position).join('/');
      return params;
    }
    if (kind === 'optional' && part === undefined) return params;
    if (part === undefined || (kind === 'literal' && part.toLowerCase() !== text)) return undefined;
    if (kind !== 'literal') params[text] = part;
  }
  return parts.length === segments.length ? params : undefined;
};
