import { at, type BicepFile, type Declaration, type Node, named, properties, unquoted } from './bicep.ts';

/** What a literal of Bicep says. An expression that is none stays as its text, in `{ code }`. */
export type Literal = string | number | boolean | Literal[] | { [name: string]: Literal };

/** Reads literals, and variables that are literals. */
export const literal = (file: BicepFile, node: Node): Literal => {
  switch (node.type) {
    case 'string':
      return unquoted(node);
    case 'number':
      return Number(node.text);
    case 'boolean':
      return node.text === 'true';
    case 'array':
      return named(node)
        .filter(({ type }) => type !== 'comment')
        .map((item) => literal(file, item));
    case 'object':
      return Object.fromEntries(properties(node).map(({ name, value }) => [name, literal(file, value)]));
    case 'identifier': {
      const variable = file.variables.get(node.text);
      return variable ? literal(file, variable) : { code: node.text };
    }
    default:
      return { code: node.text };
  }
};

/** A variable of the file, which must be there. */
export const variable = (file: BicepFile, name: string): Literal => {
  const node = file.variables.get(name);
  if (!node) throw new Error(`${file.path} has no variable ${name}`);
  return literal(file, node);
};

/** A property of a resource or module, by its path (`criteria.allOf.0.query`); undefined when it is not written. */
export const property = (body: Node, path: string): Node | undefined =>
  path.split('.').reduce<Node | undefined>((node, name) => {
    if (!node) return undefined;
    if (node.type === 'array') return named(node).filter(({ type }) => type !== 'comment')[Number(name)];
    return properties(node).find((one) => one.name === name)?.value;
  }, body);

/** What is written there, on one line. */
export const textOf = (node: Node | undefined): string | undefined => node?.text.replace(/\s+/g, ' ');

/** Properties of a resource or module that are not written exactly so. */
export const pinFaults = (
  file: BicepFile,
  { symbol, body, node }: Declaration,
  pins: Record<string, string>,
): string[] =>
  Object.entries(pins)
    .filter(([path, text]) => textOf(property(body, path)) !== text)
    .map(([path, text]) => `${at(file.path, node)} ${symbol}: ${path} is not ${text}`);

/** What a file declares under a name, which must be there. */
export const declared = (all: Declaration[], symbol: string): Declaration => {
  const found = all.find((one) => one.symbol === symbol);
  if (!found) throw new Error(`There is no ${symbol}`);
  return found;
};
