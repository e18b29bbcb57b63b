import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

export type { Node };

/** A resource's or a module's declaration. `type` is `Type@version`, the parent's type included, or the module's path. */
export type Declaration = { symbol: string; type: string; isExisting: boolean; body: Node; node: Node };

/** One Bicep file: what it declares, by name, and where the grammar does not understand it (`line:column`). */
export type BicepFile = {
  path: string;
  root: Node;
  faults: string[];
  params: Map<string, { node: Node; isRequired: boolean }>;
  variables: Map<string, Node>;
  resources: Declaration[];
  modules: Declaration[];
  outputs: Map<string, Node>;
};

const grammar = createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm');

await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(readFileSync(grammar)));

export const named = (node: Node): Node[] => node.namedChildren.filter((child) => child !== null);

export const descendants = (node: Node): Node[] => [
  node,
  ...node.children.flatMap((child) => (child ? descendants(child) : [])),
];

/** `file:line:column` of what is to be found. */
export const at = (path: string, node: Node): string =>
  `${path}:${node.startPosition.row + 1}:${node.startPosition.column + 1}`;

/** The text of a string without its quotes; interpolations stay as they are written. */
export const unquoted = (node: Node): string => node.text.replace(/^'|'$/g, '').replaceAll("\\'", "'");

// Two things of Bicep that the grammar does not know: `extension x`, and `param x = ...` in a parameter file.
const readable = (path: string, text: string): string => {
  const blanked = text.replace(/^extension .*$/gm, (line) => ' '.repeat(line.length));
  return path.endsWith('.bicepparam') ? blanked.replace(/^param(?= \w+ =)/gm, 'var  ') : blanked;
};

/** The object of a declaration, behind `if (...)` and `for`. */
const bodyOf = (node: Node): Node | undefined => {
  if (node.type === 'object') return node;
  const last = named(node).at(-1);
  return last && ['if_statement', 'for_statement', 'object', 'array'].includes(last.type) ? bodyOf(last) : undefined;
};

/** Keys and values of an object. A nested resource is no property. */
export const properties = (object: Node): { key: Node; name: string; value: Node }[] =>
  named(object).flatMap((property) => {
    const [key, value] = named(property).filter((child) => child.type !== 'comment');
    if (property.type !== 'object_property' || !key || !value) return [];
    return [{ key, name: unquoted(key), value }];
  });

const declarations = (node: Node, kind: string, parent?: string): Declaration[] =>
  named(node).flatMap((child): Declaration[] => {
    if (child.type !== kind) return declarations(child, kind, parent);
    const [symbol, type] = named(child);
    const body = bodyOf(child);
    if (!symbol || !type || !body) return [];
    const own = unquoted(type);
    const whole = parent === undefined ? own : `${parent.split('@')[0]}/${own}`;
    const isExisting = child.children.some((part) => part?.type === 'existing');
    return [{ symbol: symbol.text, type: whole, isExisting, body, node: child }, ...declarations(body, kind, whole)];
  });

const top = (root: Node, kind: string): Map<string, Node> =>
  new Map(
    named(root)
      .filter((node) => node.type === kind)
      .map((node) => [named(node)[0]?.text ?? '', node]),
  );

/** Reads one Bicep or parameter file with the grammar of tree-sitter-bicep: a parser, not the compiler. */
export const parseBicep = (path: string, text: string): BicepFile => {
  const tree = parser.parse(readable(path, text));
  if (!tree) throw new Error(`${path} was not parsed`);
  const root = tree.rootNode;
  const wrong = descendants(root).filter((node) => node.isError || node.isMissing);
  const params = [...top(root, 'parameter_declaration')].map(
    ([name, node]) => [name, { node, isRequired: named(node).length < 3 }] as const,
  );
  const variables = [...top(root, 'variable_declaration')].map(
    ([name, node]) => [name, named(node)[1] ?? node] as const,
  );
  return {
    path,
    root,
    faults: wrong.map((node) => at(path, node)),
    params: new Map(params),
    variables: new Map(variables),
    resources: declarations(root, 'resource_declaration'),
    modules: declarations(root, 'module_declaration'),
    outputs: top(root, 'output_declaration'),
  };
};
