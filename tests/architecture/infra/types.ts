import { at, type BicepFile, type Declaration, descendants, type Node, named, properties } from './bicep.ts';

/** What Azure says of one property: its type, and whether it must be written. */
export type PropertyType = { type: string; isRequired?: true };

/**
 * Per resource type and version: each property that our files write or must write, by its path (`properties.sku.name`).
 * One that may not be written cannot get in: snapshot.ts refuses it.
 */
export type Snapshot = Record<string, Record<string, PropertyType>>;

/** One written property of a resource. `[]` stands for the items of an array, `*` for a key that is free. */
export type Written = { path: string; key: Node; value: Node };

/** The objects and scalars that an expression may become, as far as they can be seen in the file. */
const alternatives = (file: BicepFile, value: Node): Node[] => {
  const parts = named(value);
  switch (value.type) {
    case 'ternary_expression':
      return parts.slice(1).flatMap((part) => alternatives(file, part));
    case 'call_expression': {
      const given = parts[1] ? named(parts[1]) : [];
      if (parts[0]?.text === 'union') return given.flatMap((part) => alternatives(file, part));
      return parts[0]?.text === 'filter' && given[0] ? alternatives(file, given[0]) : [value];
    }
    case 'identifier': {
      const variable = file.variables.get(value.text);
      return variable ? alternatives(file, variable) : [value];
    }
    default:
      return [value];
  }
};

const items = (value: Node): Node[] | undefined => {
  const only = named(value).filter(({ type }) => type !== 'comment');
  if (value.type !== 'array') return value.type === 'for_statement' ? only.slice(-1) : undefined;
  return only.flatMap((item) => (item.type === 'for_statement' ? named(item).slice(-1) : [item]));
};

const writtenIn = (file: BicepFile, object: Node, prefix: string): Written[] =>
  properties(object).flatMap(({ key, name, value }) => {
    const path = `${prefix}${name.includes('${') ? '*' : name}`;
    return [{ path, key, value }, ...alternatives(file, value).flatMap((one) => inside(file, one, path))];
  });

const inside = (file: BicepFile, value: Node, path: string): Written[] => {
  if (value.type === 'object') return writtenIn(file, value, `${path}.`);
  return (items(value) ?? []).flatMap((item) =>
    alternatives(file, item).flatMap((one) => (one.type === 'object' ? writtenIn(file, one, `${path}[].`) : [])),
  );
};

/** Properties of Bicep itself, which no type knows. */
const OF_BICEP = new Set(['parent', 'scope', 'dependsOn']);

/** Every property that a resource writes, at any depth. */
export const written = (file: BicepFile, { body }: Declaration): Written[] =>
  writtenIn(file, body, '').filter(({ path }) => !OF_BICEP.has(path));

const SCALARS: Record<string, string> = { string: 'string', boolean: 'bool', number: 'int' };

/** The type of a value, and whether it is known what is inside. */
type Kind = { type: string; hasParts: boolean };

const scalarFault = (type: string, value: Node): string | undefined => {
  const scalar = SCALARS[value.type];
  const members = type.split(' | ');
  if (!scalar || members.includes(scalar) || members.includes('any')) return undefined;
  if (scalar === 'string' && members.includes(value.text.replace(/^'|'$/g, ''))) return undefined;
  return `is ${value.text}, not ${type}`;
};

/** What is wrong with literals, as far as they can be seen; other expressions say nothing about their type here. */
const valueFaults = (file: BicepFile, { type, hasParts }: Kind, value: Node): string[] =>
  alternatives(file, value).flatMap((one) => {
    if (type === 'any' || type === 'object') return scalarFault(type, one) ?? [];
    const all = items(one);
    if (all && !type.endsWith('[]')) return [`is a list, not ${type}`];
    if (all) return all.flatMap((item) => valueFaults(file, { type: type.slice(0, -2), hasParts }, item));
    // Types of Azure's that have a name of their own, and may be empty.
    const isNamed = hasParts || /^[A-Z]\w*$/.test(type);
    if (one.type === 'object') return isNamed && !type.endsWith('[]') ? [] : [`is an object, not ${type}`];
    return scalarFault(type, one) ?? [];
  });

/** Objects of a file that say one thing twice. */
const duplicateFaults = (file: BicepFile): string[] =>
  descendants(file.root)
    .filter(({ type }) => type === 'object')
    .flatMap((object) => {
      const names = properties(object).map(({ name }) => name);
      return names
        .filter((name, index) => names.indexOf(name) !== index)
        .map((name) => `${at(file.path, object)} ${name} is there twice`);
    });

const resourceFaults = (file: BicepFile, resource: Declaration, snapshot: Snapshot): string[] => {
  const known = snapshot[resource.type];
  const where = at(file.path, resource.node);
  if (!known) return [`${where} ${resource.type} is not in the snapshot`];
  const all = written(file, resource);
  const paths = new Set(all.map(({ path }) => path));
  const has = (path: string): boolean => paths.has(path);
  const objects = new Set(['', ...all.map(({ path }) => path.slice(0, path.lastIndexOf('.') + 1))]);
  const missing = Object.entries(known).filter(
    ([path, { isRequired }]) => isRequired && objects.has(path.slice(0, path.lastIndexOf('.') + 1)) && !has(path),
  );
  return [
    ...all.flatMap(({ path, key, value }) => {
      const property =
        known[path] ?? known[path.replace(/[^.]+$/, '*')] ?? known[path.replace(/[^.]+(?=\.[^.]+$)/, '*')];
      if (!property) return [`${at(file.path, key)} ${resource.type} has no property ${path}`];
      const hasParts = Object.keys(known).some((one) => one.startsWith(`${path}.`) || one.startsWith(`${path}[].`));
      return valueFaults(file, { type: property.type, hasParts }, value).map(
        (fault) => `${at(file.path, value)} ${path} ${fault}`,
      );
    }),
    ...missing.map(([path]) => `${where} ${resource.symbol} does not set ${path}`),
  ];
};

/** Properties that the resource's type does not have or must have, literals of another type, and what is written twice. */
export const typeFaults = (file: BicepFile, snapshot: Snapshot): string[] => [
  ...file.resources.filter(({ isExisting }) => !isExisting).flatMap((one) => resourceFaults(file, one, snapshot)),
  ...duplicateFaults(file),
];
