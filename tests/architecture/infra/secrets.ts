import { posix } from 'node:path';
import { at, type BicepFile, descendants, type Node, named } from './bicep.ts';

const SECRETS: RegExp[] = [
  /\blist(AccountSas|ServiceSas|Keys|Secrets|Credentials)?\(/i,
  /\blistKeys\b|\.listSecrets\b/i,
  /AccountKey|SharedAccess(Key|Signature)|accesskey=/i,
  /passwordCredentials|secretText|client_?secret|InstrumentationKey/i,
  /@secure\(\)/,
  /--(account-key|password|sas-token|connection-string)\b|auth-mode key|keys list|credential reset|generate-sas/,
  /\bsecrets\./,
  /publish-?profile/i,
  /[A-Za-z0-9+/]{40,}={1,2}(?![A-Za-z0-9=])/,
  /-----BEGIN/,
];

/** Whatever looks like a secret, or like a way to get one. */
export const secretFaults = (path: string, text: string): string[] =>
  text
    .split('\n')
    .flatMap((line, index) =>
      SECRETS.filter((pattern) => pattern.test(line)).map((pattern) => `${path}:${index + 1} ${String(pattern)}`),
    );

const NAMED_SECRET = /secret|password|credential|connectionString|_key\b|\bkeys?\b|sas\b/i;

/** An expression's text, and that of the variables and outputs of modules that it takes its value from. */
const textsOf = (file: BicepFile, node: Node, files: BicepFile[]): string[] => [
  node.text,
  ...descendants(node).flatMap(({ type, text }) => {
    const variable = type === 'identifier' && file.variables.get(text);
    if (variable) return textsOf(file, variable, files);
    const [, symbol, name = ''] = /^(\w+)!?\.\??outputs\.\??(\w+)/.exec(type === 'member_expression' ? text : '') ?? [];
    const call = file.modules.find((one) => one.symbol === symbol);
    const path = call && posix.join(posix.dirname(file.path), call.type);
    const target = files.find((one) => one.path === path);
    const output = target?.outputs.get(name);
    const value = output && named(output).at(-1);
    return target && value ? textsOf(target, value, files) : [];
  }),
];

/** Outputs of a deployment that are named after a secret, or come from something that is. Anybody who may read may see them. */
export const outputFaults = (files: BicepFile[]): string[] =>
  files
    .filter(({ path }) => !path.includes('/modules/'))
    .flatMap((file) =>
      [...file.outputs.values()]
        .filter((node) => textsOf(file, node, files).some((text) => NAMED_SECRET.test(text)))
        .map((node) => `${at(file.path, node)} hands out a secret`),
    );
