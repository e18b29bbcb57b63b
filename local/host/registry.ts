import { pathToFileURL } from 'node:url';
import {
  type Binding,
  type FunctionMetadata,
  type Handler,
  type ProgrammingModel,
  provideCoreModule,
} from './core-module.ts';
import { log } from './log.ts';

/** The triggers that this host knows, with the settings it reads. */
export type Trigger =
  | { type: 'httpTrigger'; methods: string[]; route?: string }
  | { type: 'queueTrigger'; queueName: string; connection: string }
  | { type: 'timerTrigger'; schedule: string; runOnStartup?: boolean };

/** A registered function and its trigger: the name and settings of its one input. */
export type RegisteredFunction = {
  metadata: FunctionMetadata;
  handler: Handler;
  triggerName: string;
  trigger: Trigger;
};

export type App = { model: ProgrammingModel; functions: RegisteredFunction[] };

const TRIGGERS: string[] = ['httpTrigger', 'queueTrigger', 'timerTrigger'] satisfies Trigger['type'][];

/**
 * Loads the app's entry file and collects what it registers, as the real worker does at its start.
 *
 * Once per process: the library keeps the first host that it finds.
 *
 * @throws whatever the entry file throws while it loads
 * @throws Error when nothing was registered, a name was registered twice, or a binding is none of those covered here
 */
export const loadApp = async (script: string): Promise<App> => {
  const functions = new Map<string, RegisteredFunction>();
  let model: ProgrammingModel | undefined;
  let loaded = false;
  provideCoreModule({
    version: 'one-machine',
    hostVersion: 'one-machine',
    setProgrammingModel: (given) => {
      model = given;
    },
    registerFunction: (metadata, handler) => {
      if (loaded) throw new Error(`Function "${metadata.name}" was registered after the app had started.`);
      if (functions.has(metadata.name)) throw new Error(`Two functions are named "${metadata.name}".`);
      functions.set(metadata.name, { metadata, handler, ...triggerOf(metadata) });
      return { dispose: () => functions.delete(metadata.name) };
    },
    registerHook: (name) => {
      throw new Error(`The one-machine host runs no hooks (${name}).`);
    },
    log: (level, _category, message) => log(level, 'worker', message),
  });

  await import(pathToFileURL(script).href);
  loaded = true;
  if (model === undefined) throw new Error('The app registered no functions.');
  return { model, functions: [...functions.values()] };
};

const isTrigger = (binding: Binding): binding is Binding & Trigger => TRIGGERS.includes(binding.type);

const triggerOf = ({ name, bindings }: FunctionMetadata) => {
  let found: { triggerName: string; trigger: Trigger } | undefined;
  for (const [key, binding] of Object.entries(bindings)) {
    if (isTrigger(binding)) found = { triggerName: key, trigger: binding };
    else if (!(key === '$return' && binding.type === 'http')) {
      throw new Error(`Function "${name}": the one-machine host has no binding "${binding.type}".`);
    }
  }
  if (found === undefined) throw new Error(`Function "${name}" has no trigger.`);
  return found;
};
