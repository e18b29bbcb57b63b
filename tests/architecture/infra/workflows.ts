/** The commands of a workflow's steps, with the line that each begins on. */
const commandsIn = (text: string): { line: number; command: string }[] => {
  const lines = text.split('\n');
  const depth = (line: string): number => line.length - line.trimStart().length;
  return lines.flatMap((line, index) => {
    const [, before = '', first = ''] = /^([ -]*)run:(.*)$/.exec(line) ?? [];
    if (!/^[ -]*run:/.test(line)) return [];
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((next) => next.trim() !== '' && depth(next) <= before.length);
    return [{ line: index + 1, command: [first, ...rest.slice(0, end < 0 ? undefined : end)].join('\n') }];
  });
};

/** What lets others run code in a workflow, or a workflow do more than it needs. */
export const workflowFaults = (path: string, text: string): string[] => [
  // It runs what a stranger proposes, with the rights of the repository.
  ...(text.includes('pull_request_target') ? [`${path} runs for strangers`] : []),
  ...(text.includes('write-all') || !/^permissions:\n {2}contents: read\n(?! )/m.test(text)
    ? [`${path} may do more than read`]
    : []),
  // A title of a pull request would become a part of the command. What a command needs comes by `env`.
  ...commandsIn(text)
    .filter(({ command }) => command.includes('${{'))
    .map(({ line }) => `${path}:${line} a command is put together from an expression`),
  ...[...text.matchAll(/uses: (\S+)/g)]
    .filter(([, action = '']) => !/@[0-9a-f]{40}$/.test(action))
    .map(([, action]) => `${path} ${action} is not pinned to a commit`),
];

/** When the deployment's job runs: for what passed CI on main, for our own pull requests, and by hand; prod from main only. */
const CONDITION = `vars.DEPLOY == 'true' && (
  (github.event_name == 'workflow_run' && github.event.workflow_run.conclusion == 'success' &&
    github.event.workflow_run.event == 'push' && github.event.workflow_run.head_branch == 'main' &&
    github.event.workflow_run.head_repository.full_name == github.repository) ||
  (github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository) ||
  (github.event_name == 'workflow_dispatch' && (inputs.environment == 'dev' || github.ref == 'refs/heads/main')))`;

const TRIGGERS = `on:
  workflow_run:
    workflows: [CI]
    types: [completed]
    branches: [main]
  pull_request:
    paths: ["infra/**"]
  workflow_dispatch:
`;

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('( ', '(');

/** What lets the deployment run for strangers, or of a commit that CI has not passed. */
export const deployFaults = (text: string, ci: string): string[] => [
  ...(text.includes(TRIGGERS) && /^on:\n(?: .*\n)+/m.exec(text)?.[0].match(/^ {2}\w+:/gm)?.length === 3
    ? []
    : ['it begins at another time']),
  ...(ci.startsWith('name: CI\n') ? [] : ['it waits for a workflow of another name']),
  ...(inOneLine(text).includes(`if: >- ${inOneLine(CONDITION)} runs-on:`) ? [] : ['its condition is another']),
  ...(/checkout@.*\n {8}with:\n(?: {10}#.*\n)* {10}ref: \$\{\{ github\.event\.workflow_run\.head_sha \|\| github\.sha \}\}\n/.test(
    text,
  )
    ? []
    : ['it checks out another commit than CI has passed']),
  ...(text
    .match(/^ *[\w-]+: write\b.*$/gm)
    ?.map((line) => line.trim())
    .join() === 'id-token: write,pull-requests: write'
    ? []
    : ['it may write something else']),
];
