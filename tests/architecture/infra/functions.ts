import { sourceFiles } from '../../support/source-files.ts';
import { type BicepFile, unquoted } from './bicep.ts';
import { fileAt } from './files.ts';
import { property, variable } from './literal.ts';

const DATA = 'infra/modules/data.bicep';
const APP = 'infra/modules/app.bicep';

const TRIGGER = /app\.(\w+)\('([\w-]+)', \{[^}]*?(?:queueName: '([\w-]+)')?[^}]*\}/gs;

/** The functions as they are registered: kind of trigger, name, and the queue if there is one. */
export const triggers = (): { kind: string; name: string; queue?: string }[] =>
  sourceFiles('functions').flatMap(({ text }) =>
    [...text.matchAll(TRIGGER)].map(([whole, kind = '', name = '']) => {
      const [, queue] = /queueName: '([\w-]+)'/.exec(whole) ?? [];
      return { kind, name, ...(queue === undefined ? {} : { queue }) };
    }),
  );

const differences = (what: string, made: unknown, needed: string[]): string[] => {
  const names = Array.isArray(made) ? made.map(String) : [];
  return [
    ...names.filter((name) => !needed.includes(name)).map((name) => `${what} ${name} is used by nobody`),
    ...needed.filter((name) => !names.includes(name)).map((name) => `${what} ${name} is not made`),
  ];
};

/** Queues and tables that are made and not used, or used and not made. */
export const storageFaults = (files: BicepFile[]): string[] => {
  const file = fileAt(files, DATA);
  const queues = triggers().flatMap(({ queue }) => (queue === undefined ? [] : [queue]));
  const tables = sourceFiles('src').flatMap(({ text }) =>
    [...text.matchAll(/\btable\(connection, '(\w+)'\)/g)].map(([, name = '']) => name),
  );
  const made = (symbol: string): string[] => {
    const resource = file.resources.find((one) => one.symbol === symbol);
    const name = resource && property(resource.body, 'name');
    const [, list] = /for \w+ in (\w+)/.exec(resource?.node.text ?? '') ?? [];
    if (!name || list === undefined) return [];
    const suffix = name.type === 'string' ? unquoted(name).replace(/^\$\{\w+\}/, '') : '';
    const names = variable(file, list);
    return Array.isArray(names) ? names.filter((one) => typeof one === 'string').map((one) => `${one}${suffix}`) : [];
  };
  return [
    ...differences('queue', [...made('queues'), ...made('poisonQueues')], [...new Set(queues)]),
    ...differences('table', made('tables'), [...new Set(tables)]),
  ];
};

/** Always-ready groups that Azure would not find among the functions. */
export const alwaysReadyFaults = (files: BicepFile[]): string[] => {
  const file = fileAt(files, APP);
  const groups = [variable(file, 'alwaysReady')].flat() as { name: string }[];
  const worker = triggers().find(({ queue }) => queue === 'marketplace-events');
  const known = triggers()
    .filter(({ kind }) => kind !== 'http')
    .map(({ name }) => `function:${name}`);
  const names = groups.map(({ name }) => name);
  return [
    ...names.filter((name) => name !== 'http' && !known.includes(name)).map((name) => `there is no ${name}`),
    ...['http', `function:${worker?.name}`]
      .filter((name) => !names.includes(name))
      .map((name) => `${name} never waits`),
  ];
};
