import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PROJECT } from '../../support/source-files.ts';

/** What a stand-in answers: the first rule whose every word is among the arguments. `status` 0 is success. */
export type Answer = { to: string[]; says?: string; status?: number; times?: number };

export type Run = { status: number; stdout: string; stderr: string; calls: string[][] };

const STAND_IN = join(PROJECT, 'tests/contract/infra/stand-in.sh');

/** Writes the rules down as the stand-ins read them: a folder each, in their order. */
const writeAnswers = async (folder: string, answers: Answer[]): Promise<void> => {
  for (const [index, { to, says = '', status = 0, times }] of answers.entries()) {
    const rule = join(folder, 'answers', String(index).padStart(3, '0'));
    await mkdir(rule, { recursive: true });
    await writeFile(join(rule, 'to'), to.map((word) => `${word}\n`).join(''));
    await writeFile(join(rule, 'says'), says);
    await writeFile(join(rule, 'status'), String(status));
    if (times !== undefined) await writeFile(join(rule, 'times'), String(times));
  }
};

const NAMES = ['az', 'azd', 'curl', 'zip', 'npm'];

/**
 * Runs a script of `infra/scripts` on a machine whose az, azd, curl, zip and npm are stand-ins that note how they were
 * called and answer as told. Nothing of the environment but what is given gets through.
 */
export const runScript = async (
  script: string,
  args: string[],
  { answers = [], env = {}, input = '' }: { answers?: Answer[]; env?: Record<string, string>; input?: string } = {},
): Promise<Run> => {
  const folder = await mkdtemp(join(tmpdir(), 'pegasus-infra-'));
  try {
    const programs = join(folder, 'bin');
    await mkdir(programs);
    for (const name of NAMES) {
      await copyFile(STAND_IN, join(programs, name));
      await chmod(join(programs, name), 0o755);
    }
    await writeAnswers(folder, answers);
    await writeFile(join(folder, 'calls'), '');
    const child = spawn('bash', [join('infra', 'scripts', script), ...args], {
      cwd: PROJECT,
      env: {
        PATH: [programs, process.env['PATH']].join(delimiter),
        HOME: folder,
        TMPDIR: folder,
        STAND_IN_FOLDER: folder,
        RETRY_SECONDS: '0',
        RETRY_TRIES: '4',
        ...env,
      },
    });
    // A script that ends before it has read everything is judged by what it answers.
    child.stdin.on('error', () => undefined).end(input);
    const [stdout, stderr, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number]>,
    ]);
    const calls = (await readFile(join(folder, 'calls'), 'utf8')).split('\u001e').filter(Boolean);
    return { status, stdout, stderr, calls: calls.map((call) => call.split('\u001f').slice(0, -1)) };
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** What follows an option in a call. */
export const option = (call: string[], name: string): string | undefined => {
  const index = call.indexOf(name);
  return index < 0 ? undefined : call[index + 1];
};

/** The calls in which all these words stand. */
export const callsOf = ({ calls }: Run, ...words: string[]): string[][] =>
  calls.filter((call) => words.every((word) => call.includes(word)));

const OUTPUTS: Record<string, unknown> = {
  LANDING_URL: 'https://stweb1.z6.web.core.windows.net/',
  CONSOLE_URL: 'https://stweb1.z6.web.core.windows.net/console/',
  WEBHOOK_URL: 'https://func-1.azurewebsites.net/api/webhook',
  API_URL: 'https://func-1.azurewebsites.net/api',
  PUBLISHER_TENANT_ID: '11111111-1111-4111-8111-111111111111',
  PUBLISHER_CLIENT_ID: 'aaaaaaaa-0000-4000-8000-000000000003',
  LANDING_CLIENT_ID: 'aaaaaaaa-0000-4000-8000-000000000001',
  CONSOLE_CLIENT_ID: 'aaaaaaaa-0000-4000-8000-000000000002',
  IDENTITY_PRINCIPAL_ID: 'bbbbbbbb-0000-4000-8000-000000000001',
  FUNCTION_APP_NAME: 'func-1',
  DATA_ACCOUNT_NAME: 'stpeg1',
  SITE_ACCOUNT_NAME: 'stweb1',
  EMAIL_SENDER: 'DoNotReply@mail.example',
  EMAIL_DOMAIN_RECORDS: { SPF: { type: 'TXT', name: 'mail', value: 'v=spf1 -all' } },
};

/** The outputs of a deployment, their names in the odd case that Azure returns them in. */
export const deployed: Answer = {
  to: ['deployment', 'group', 'show'],
  says: JSON.stringify(
    Object.fromEntries(
      Object.entries(OUTPUTS).map(([name, value]) => [
        name.toLowerCase().replace(/.$/, (letter) => letter.toUpperCase()),
        { type: typeof value === 'string' ? 'String' : 'Object', value },
      ]),
    ),
  ),
};

/** A machine on which nothing stands in the way of a deployment. */
export const ready: Answer[] = [
  { to: ['bicep', 'version'], says: 'Bicep CLI version 0.40.2 (abc)' },
  { to: ['version', '--query'], says: '2.80.0\n' },
  { to: ['provider', 'show'], says: 'Registered' },
  { to: ['list-flexconsumption-runtimes'], says: '22\n24\n' },
  { to: ['functionapp', 'list', '--query', "[?tags.application=='pegasus'].name"], says: 'func-1\n' },
  { to: ['group', 'exists'], says: 'true' },
  { to: ['group', 'show', '--query', 'location'], says: 'westeurope' },
];
