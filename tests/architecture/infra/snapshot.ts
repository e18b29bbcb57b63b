// Writes types.json anew: what Azure's own types say of the properties that infra/ writes.
//   npm install --prefix DIR @azure/mcp-linux-x64@2.0.5
//   node tests/architecture/infra/snapshot.ts DIR/node_modules/@azure/mcp-linux-x64/dist/azmcp
// The program brings the types along and needs no network. What it does not know stands in types-by-hand.json.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../support/source-files.ts';
import { unquoted } from './bicep.ts';
import { infraFiles } from './files.ts';
import { byHand } from './known-types.ts';
import { type PropertyType, type Snapshot, written } from './types.ts';

type Property = { name: string; type: string; flags?: string };
type Described = {
  $type: string;
  name?: string;
  properties?: Property[];
  baseProperties?: Property[];
  elements?: Described[];
  additionalPropertiesType?: string;
  bodyType?: Described | string;
};

const program = process.argv[2];
if (!program) throw new Error('Name the azmcp program: see the first lines of this file.');

const describe = (type: string): Described[] => {
  const answer = execFileSync(program, ['bicepschema', 'get', '--resource-type', type], {
    encoding: 'utf8',
    maxBuffer: 1e8,
    env: { ...process.env, AZURE_MCP_COLLECT_TELEMETRY: 'false' },
  });
  return (JSON.parse(answer) as { results: { BicepSchemaResult: Described[] } }).results.BicepSchemaResult;
};

const propertiesOf = (all: Described[], type: Described | string | undefined): Property[] | string | undefined => {
  const found = typeof type === 'string' ? all.find(({ name }) => name === type) : type;
  if (!found) return undefined;
  if (found.additionalPropertiesType && !found.properties?.length) return found.additionalPropertiesType;
  return [...(found.baseProperties ?? []), ...(found.properties ?? [])];
};

const typeOf = ({ type, flags = '' }: Property): PropertyType => ({
  type,
  ...(/\bRequired\b/.test(flags) ? { isRequired: true as const } : {}),
});

/** Some resources are another type by each of their names. */
const named = ({ bodyType }: Described, name: string): Described | string | undefined => {
  if (typeof bodyType !== 'object' || !bodyType.elements) return bodyType;
  return bodyType.elements.find(({ properties = [] }) =>
    properties.some((property) => property.name === 'name' && property.type === name),
  );
};

/** The written properties of one resource, and the required ones beside each of them. */
const lookUp = (all: Described[], resource: Described, name: string, paths: string[]): Record<string, PropertyType> => {
  const found: Record<string, PropertyType> = {};
  const visit = (type: Described | string | undefined, prefix: string, at = prefix): void => {
    const known = propertiesOf(all, type);
    const own = paths.filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('.'));
    if (known === undefined || own.length === 0) return;
    if (typeof known === 'string') {
      // A dictionary: its keys are free, what lies under them is not.
      found[`${at}*`] = { type: known };
      for (const path of own) visit(known, `${path}.`, `${at}*.`);
      return;
    }
    for (const path of own) {
      const property = known.find((one) => one.name === path.slice(prefix.length));
      if (!property) throw new Error(`${resource.name} has no property ${path}`);
      if (/\bReadOnly\b/.test(property.flags ?? '')) throw new Error(`${resource.name}: ${path} is read-only`);
      const place = `${at}${property.name}`;
      const items = property.type.endsWith('[]') ? '[]' : '';
      found[place] = { ...found[place], ...typeOf(property) };
      visit(property.type.replace(/\[\]$/, ''), `${path}${items}.`, `${place}${items}.`);
    }
    for (const one of known) if (/\bRequired\b/.test(one.flags ?? '')) found[`${at}${one.name}`] ??= typeOf(one);
  };
  visit(named(resource, name), '');
  return found;
};

const writes = infraFiles().flatMap((file) =>
  file.resources
    .filter(({ isExisting, type }) => !isExisting && !byHand[type])
    .map((resource) => ({ type: resource.type, all: written(file, resource) })),
);
const snapshot: Snapshot = {};
for (const { type, all } of writes.sort((a, b) => a.type.localeCompare(b.type))) {
  const described = describe(type.replace(/@.*/, ''));
  const resources = described.filter(({ $type }) => $type === 'Resource');
  const resource = resources.find(({ name }) => name === type);
  if (!resource) throw new Error(`${type} is not known, but ${resources.map(({ name }) => name).join(', ')}`);
  const name = all.find(({ path }) => path === 'name');
  const paths = all.map(({ path }) => path);
  const before = snapshot[type];
  const found = lookUp(described, resource, name ? unquoted(name.value) : '', paths);
  const names = new Set([before?.['name']?.type, found['name']?.type].filter((one) => one !== undefined));
  snapshot[type] = { ...before, ...found, name: { type: [...names].join(' | '), isRequired: true } };
}
writeFileSync(join(PROJECT, 'tests/architecture/infra/types.json'), `${JSON.stringify(snapshot, null, 2)}\n`);
