import type { Check } from '../src/application/checks/check.ts';

/** The options of this run that the next one needs too. */
export type Run = { settings?: string | undefined; api?: string | undefined; azure: boolean };

const quoted = (text: string): string => (/^[\w./:@=-]+$/.test(text) ? text : `"${text}"`);

/** The command that looks at one check again, as this run did. Whom a test mail went to is not repeated (P7). */
export const retestOf =
  ({ settings, api, azure }: Run) =>
  ({ id, option }: Pick<Check, 'id' | 'option'>): string => {
    const words = [
      'npm run doctor --',
      ...(settings === undefined ? [] : [`--settings ${quoted(settings)}`]),
      ...(api === undefined ? [] : [`--api ${quoted(api)}`]),
      `--only ${id}`,
      ...(azure && option !== '--azure' ? ['--azure'] : []),
      ...(option === undefined ? [] : [option]),
    ];
    return words.join(' ');
  };
