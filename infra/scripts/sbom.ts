// Prints what is shipped as CycloneDX: what npm says of the lockfile, without what only builds and tests.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { importedByPages, readLock, shipped } from './shipped.ts';

type Component = { 'bom-ref': string; name: string; scope?: string; properties?: { name: string; value: string }[] };
type Bom = {
  metadata: { component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn?: string[] }[];
};

const DEVELOPMENT = 'cdx:npm:package:development';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  stdio: ['ignore', 'pipe', 'ignore'],
});
const bom = JSON.parse(text) as Bom;
const lock = readLock(root);
const refs = new Set(shipped(lock, importedByPages(root)).map(({ name, version }) => `${name}@${version}`));
const own = bom.metadata.component;
refs.add(own['bom-ref']);
const withoutOthers = (names: string[] = []): string[] => names.filter((name) => refs.has(name));

// The pages' packages are bundled, so npm takes them for tools; and it calls the whole by the folder's name.
const asShipped = ({ properties = [], ...component }: Component): Component => {
  const left = properties.filter(({ name }) => name !== DEVELOPMENT);
  return { ...component, scope: 'required', ...(left.length > 0 ? { properties: left } : {}) };
};

const printed = {
  ...bom,
  metadata: {
    ...bom.metadata,
    component: { ...own, type: 'application', name: own['bom-ref'].replace(/@[^@]*$/, '') },
  },
  components: bom.components.filter((one) => refs.has(one['bom-ref'])).map(asShipped),
  dependencies: bom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: withoutOthers(dependsOn) })),
};
process.stdout.write(`${JSON.stringify(printed, null, 2)}\n`);
