import Module from 'node:module';

/** A value as the host and the worker exchange it: exactly one field is set. */
export type RpcData = {
  string?: string;
  json?: string;
  int?: number;
  double?: number;
  bytes?: Uint8Array;
  http?: RpcHttp;
};

/** An HTTP request (method, url, query, params) or response (statusCode, cookies) as worker and host exchange it. */
export type RpcHttp = {
  method?: string;
  url?: string;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  params?: Record<string, string>;
  body?: RpcData | null;
  statusCode?: string;
  cookies?: RpcCookie[];
};

/** A cookie of an HTTP response; `none` means that the handler asked for no SameSite, `explicitNone` that it did. */
export type RpcCookie = {
  name: string;
  value: string;
  domain?: { value: string };
  path?: { value: string };
  expires?: { value: { seconds: number } };
  secure?: { value: boolean };
  httpOnly?: { value: boolean };
  sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone';
  maxAge?: { value: number };
};

/** A trigger, input or output of a function; each type has its own settings beside these. */
export type Binding = { type: string; direction: 'in' | 'out' };

/** What the library registers for each `app.http`, `app.storageQueue` or `app.timer`. */
export type FunctionMetadata = { name: string; bindings: Record<string, Binding> };
export type Handler = (...inputs: unknown[]) => unknown;

export type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';
export type CoreLog = (level: LogLevel, category: 'user' | 'system' | 'customMetric', message: string) => void;

/** One call of a function, as the library is asked to make it. */
export type CoreInvocation = {
  invocationId: string;
  metadata: FunctionMetadata;
  request: {
    invocationId: string;
    inputData: { name: string; data: RpcData }[];
    triggerMetadata: Record<string, RpcData>;
  };
  log: CoreLog;
};

/** The part of the library's programming model that the real worker drives, too. */
export type ProgrammingModel = {
  getInvocationModel(invocation: CoreInvocation): {
    getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
    invokeFunction(context: unknown, inputs: unknown[], handler: Handler): Promise<unknown>;
    getResponse(context: unknown, result: unknown): Promise<{ returnValue?: RpcData | null }>;
  };
};

/** What `require('@azure/functions-core')` answers inside a worker. */
export type CoreApi = {
  version: string;
  hostVersion: string;
  registerFunction(metadata: FunctionMetadata, handler: Handler): { dispose(): void };
  setProgrammingModel(model: ProgrammingModel): void;
  registerHook(name: string): never;
  log: CoreLog;
};

/**
 * Makes `require('@azure/functions-core')` answer `api`, in this whole process and from now on.
 *
 * No such package exists: the real worker intercepts `require` in the same way (its setupCoreModule).
 */
export const provideCoreModule = (api: CoreApi) => {
  const modules: { require: (this: void, id: string) => unknown } = Module.prototype;
  modules.require = new Proxy(modules.require, {
    apply: (require, module, parameters: [string]): unknown =>
      parameters[0] === '@azure/functions-core' ? api : Reflect.apply(require, module, parameters),
  });
};
