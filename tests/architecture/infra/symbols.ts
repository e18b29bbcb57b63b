import { posix } from 'node:path';
import { at, type BicepFile, type Declaration, descendants, type Node, named, properties } from './bicep.ts';

/** Functions of Bicep that the files use. Another one is added here after a look into Bicep's reference. */
const FUNCTIONS = new Set(
  `deployer empty environment filter guid items join length loadJsonContent map readEnvironmentVariable resourceGroup
  split subscription subscriptionResourceId take tenant trim union uniqueString`.split(/\s+/),
);

type Use = { name: string; node: Node; isCall: boolean };

const identifiers = (node: Node): string[] =>
  descendants(node)
    .filter(({ type }) => ['identifier', 'loop_variable', 'loop_enumerator'].includes(type))
    .map(({ text }) => text);

/** Every name that an expression needs from outside of itself. */
const usesOf = (node: Node, locals: ReadonlySet<string>): Use[] => {
  const within = (nodes: Node[], more: string[] = []): Use[] => {
    const known = new Set([...locals, ...more]);
    return nodes.flatMap((child) => usesOf(child, known));
  };
  const children = named(node);
  const [first] = children;
  switch (node.type) {
    case 'identifier':
      return locals.has(node.text) ? [] : [{ name: node.text, node, isCall: false }];
    case 'call_expression':
      return first?.type === 'identifier'
        ? [{ name: first.text, node: first, isCall: true }, ...within(children.slice(1))]
        : within(children);
    case 'object_property':
      return within(first?.type === 'identifier' ? children.slice(1) : children);
    case 'lambda_expression':
      return within(children.slice(-1), children.slice(0, -1).flatMap(identifiers));
    case 'for_statement':
      return [...within(children.slice(1, 2)), ...within(children.slice(2), first ? identifiers(first) : [])];
    case 'resource_declaration':
    case 'module_declaration':
    case 'variable_declaration':
    case 'output_declaration':
    case 'parameter_declaration':
      return within(children.slice(1));
    case 'decorators':
    case 'metadata_declaration':
    case 'type':
      return [];
    default:
      return within(children);
  }
};

/** The grammar's word for everything that is declared under a name; outputs have their own names. */
const DECLARATIONS = new Set([
  'parameter_declaration',
  'variable_declaration',
  'resource_declaration',
  'module_declaration',
]);

const declaredIn = ({ root }: BicepFile): string[] =>
  descendants(root)
    .filter(({ type }) => DECLARATIONS.has(type))
    .flatMap((node) => named(node)[0]?.text ?? []);

/** Names that nobody declares, and parameters and variables that nobody uses. */
export const symbolFaults = (file: BicepFile): string[] => {
  const uses = usesOf(file.root, new Set());
  const declared = declaredIn(file);
  const used = new Set(uses.map(({ name }) => name));
  // In a parameter file the parameters are what is asked for, not what is used.
  const mustBeUsed = file.path.endsWith('.bicepparam') ? [] : [...file.params.keys(), ...file.variables.keys()];
  return [
    ...uses
      .filter(({ name, isCall }) => (isCall ? !FUNCTIONS.has(name) : !declared.includes(name)))
      .map(({ name, node, isCall }) => `${at(file.path, node)} ${isCall ? 'function' : 'symbol'} ${name} is unknown`),
    ...declared
      .filter((name, index) => declared.indexOf(name) !== index)
      .map((name) => `${file.path} declares ${name} twice`),
    ...mustBeUsed.filter((name) => !used.has(name)).map((name) => `${file.path} ${name} is not used`),
  ];
};

/** What is given to a file against the parameters it asks for. */
const parameterFaults = (where: string, given: string[], target: BicepFile): string[] => [
  ...given.filter((name) => !target.params.has(name)).map((name) => `${where} ${target.path} has no parameter ${name}`),
  ...[...target.params]
    .filter(([name, { isRequired }]) => isRequired && !given.includes(name))
    .map(([name]) => `${where} does not give ${name} to ${target.path}`),
];

const callFaults = (file: BicepFile, { type, body, node }: Declaration, all: Map<string, BicepFile>): string[] => {
  const path = posix.join(posix.dirname(file.path), type);
  const target = all.get(path);
  if (!target) return [`${at(file.path, node)} there is no ${path}`];
  const params = properties(body).find(({ name }) => name === 'params');
  return parameterFaults(at(file.path, node), params ? properties(params.value).map(({ name }) => name) : [], target);
};

/** `a.outputs.b` for a module `a` that has no output `b`. */
const outputFaults = (file: BicepFile, all: Map<string, BicepFile>): string[] =>
  descendants(file.root)
    .filter(({ type }) => type === 'member_expression')
    .flatMap((node) => {
      const [, symbol, output] = /^(\w+)!?\.\??outputs\.\??(\w+)$/.exec(node.text) ?? [];
      const called = file.modules.find((one) => one.symbol === symbol);
      const target = called && all.get(posix.join(posix.dirname(file.path), called.type));
      return target && output && !target.outputs.has(output)
        ? [`${at(file.path, node)} ${target.path} has no output ${output}`]
        : [];
    });

/** Calls of modules whose parameters or outputs do not exist, or whose required parameters are missing. */
export const moduleFaults = (files: BicepFile[]): string[] => {
  const all = new Map(files.map((file) => [file.path, file]));
  return files.flatMap((file) => [
    ...file.modules.flatMap((call) => callFaults(file, call, all)),
    ...outputFaults(file, all),
  ]);
};

/** What a parameter file gives, against the file that it is for. */
export const parameterFileFaults = (file: BicepFile, text: string, target: BicepFile): string[] => {
  const given = [...text.matchAll(/^param (\w+) =/gm)].map(([, name = '']) => name);
  return parameterFaults(file.path, given, target);
};
