import { posix } from 'node:path';
import { at, type BicepFile, type Declaration, descendants, type Node, named, properties } from './bicep.ts';
import { property } from './literal.ts';

/** Names that an expression needs, those behind its variables included. */
const namesIn = (file: BicepFile, node: Node): string[] =>
  descendants(node)
    .filter(({ type }) => type === 'identifier')
    .flatMap(({ text }) => {
      const variable = file.variables.get(text);
      return variable ? namesIn(file, variable) : [text];
    });

/** What Azure must know of a resource or module before it can say which one it is. */
const identifying = ({ body, node }: Declaration): Node[] => [
  ...['name', 'scope', 'parent'].flatMap((path) => property(body, path) ?? []),
  ...descendants(node)
    .filter(({ type }) => type === 'if_statement')
    .flatMap((statement) => named(statement)[0] ?? []),
];

/** The parameters of a file that decide which resources there are. */
const identifyingParams = (file: BicepFile): string[] =>
  [...file.resources, ...file.modules]
    .flatMap(identifying)
    .flatMap((node) => namesIn(file, node))
    .filter((name) => file.params.has(name));

/** What a module's call gives to parameters that decide which resources there are. */
const given = (file: BicepFile, call: Declaration, all: Map<string, BicepFile>): { name: string; value: Node }[] => {
  const target = all.get(posix.join(posix.dirname(file.path), call.type));
  const params = property(call.body, 'params');
  if (!target || !params) return [];
  const deciding = identifyingParams(target);
  return properties(params).filter(({ name }) => deciding.includes(name));
};

/** Properties of a resource that are known before it is made. */
const KNOWN = /^(id|name|type|apiVersion)$/;

/** Whether an expression needs what only a made resource or a run module can say. */
const isOfRuntime = (file: BicepFile, node: Node): boolean => {
  const made = [...file.resources, ...file.modules].map(({ symbol }) => symbol);
  return descendants(node).some(({ type, text }) => {
    const variable = type === 'identifier' && file.variables.get(text);
    if (variable) return isOfRuntime(file, variable);
    const [, symbol = '', first = ''] = /^(\w+)!?\.\??(\w+)/.exec(type === 'member_expression' ? text : '') ?? [];
    return made.includes(symbol) && !KNOWN.test(first);
  });
};

/**
 * Modules that what-if would leave out: what is not known before the deployment decides which resources there are. Bicep's own
 * rule for it, `what-if-short-circuiting`, runs where there is a compiler.
 */
export const previewFaults = (files: BicepFile[]): string[] => {
  const all = new Map(files.map((file) => [file.path, file]));
  return files.flatMap((file) =>
    file.modules.flatMap((call) =>
      given(file, call, all)
        .filter(({ value }) => isOfRuntime(file, value))
        .map(({ name, value }) => `${at(file.path, value)} ${call.symbol} is not previewed: ${name} names resources`),
    ),
  );
};
